"""Keeping agencies' forms, and filling them."""
