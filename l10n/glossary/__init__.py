"""The glossary: terms of the house, found with their inflected forms, and what breaks them."""

from __future__ import annotations

from l10n.glossary.tables import COLUMNS
from l10n.glossary.terms import Glossary, Term, TermHit, Violation, occurrences

__all__ = ["COLUMNS", "Glossary", "Term", "TermHit", "Violation", "occurrences"]
