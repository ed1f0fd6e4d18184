"""Template tags of pages about rounds."""
