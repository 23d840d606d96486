"""Choices of sites on arrays, exactly or with a bound; no places, no words."""
