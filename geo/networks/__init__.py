"""Which municipalities join forces; places no services."""
