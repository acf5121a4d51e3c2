"""Texts: their placeholders, sentences, numbers and names, each read in one place."""
