"""Reads for the pages of agencies' forms."""
