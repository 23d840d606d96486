"""Everything that draws, remembers, translates or caches."""
