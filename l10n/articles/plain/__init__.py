"""Plain-text articles."""
