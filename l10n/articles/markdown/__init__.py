"""Markdown articles."""
