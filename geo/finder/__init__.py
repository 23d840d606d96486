"""Who helps this family here; coverage of areas is measured elsewhere."""
