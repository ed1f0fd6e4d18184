"""What the pages of the situation read, put together from the selectors of the apps below."""
