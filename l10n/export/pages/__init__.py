"""Pages: an article and its choices become the text that is published."""
