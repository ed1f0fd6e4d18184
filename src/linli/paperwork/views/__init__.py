"""Pages of agencies' forms."""
