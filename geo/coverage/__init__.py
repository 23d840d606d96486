"""Which children are reached; proposes nothing."""
