"""Codes and numbers as sentences of a language; no screen, no markup."""
