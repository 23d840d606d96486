"""The domain: finding, measuring and keeping parenting support; no screen, no network."""
