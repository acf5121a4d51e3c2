"""A translation desk for Spanish and English articles."""

__version__ = "0.1.0"
