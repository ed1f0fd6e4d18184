"""Template tags of the situation's pages."""
