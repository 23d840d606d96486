"""The command line: one module a command, its text beside it; nothing is computed here."""
