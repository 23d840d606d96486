"""Measures the budgets beside what one would write otherwise."""
