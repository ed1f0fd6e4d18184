"""Template tags of every page (`linli`) and of the pictures (`pictures`)."""
