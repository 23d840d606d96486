"""Children, doors and distances as arrays; no areas, no words."""
