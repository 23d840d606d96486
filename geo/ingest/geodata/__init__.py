"""Raw boundaries, names, children and need to committed tables."""
