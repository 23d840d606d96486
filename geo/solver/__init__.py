"""Integer programs that can be stopped; not what they model."""
