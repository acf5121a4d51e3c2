"""HTML articles."""
