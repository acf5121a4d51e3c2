"""The glossary: terms of the house, found with their inflected forms, and what breaks them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the glossary."""

    source_locale: str
    source_term: str
    target_locale: str
    target_term: str
    """Empty only for a forbidden term that has no replacement."""
    note: str = ""
    forbidden: bool = False
    """True when the target term must not be used."""


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found in a text."""

    start: int
    end: int
    source_term: str
    target_terms: tuple[str, ...]
    """What it may be translated as."""
    note: str = ""
    forbidden: tuple[str, ...] = ()
    """What it must not be translated as."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A translation that does not do what the glossary says."""

    source_term: str
    wanted: tuple[str, ...]
    """Accepted translations, none of which is there; empty when only `found` is wrong."""
    found: str = ""
    """The forbidden term that is there."""
    span: tuple[int, int] | None = None
    """Where `found` stands in the translation (plain text)."""


class Glossary:
    """Terms, indexed by their lemmas."""

    def __init__(self, terms: tuple[Term, ...] = ()) -> None:
        self.terms = terms

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a glossary CSV; a file that is not there is an empty glossary."""
        raise NotImplementedError

    def terms_in(self, text: str, source: str, target: str) -> tuple[TermHit, ...]:
        """Give the terms found in a plain text, in order, the longest where they overlap."""
        raise NotImplementedError

    def violations(
        self, msgid: str, msgstr: str, source: str, target: str
    ) -> tuple[Violation, ...]:
        """Give what a translation does against the glossary; texts may hold placeholders."""
        raise NotImplementedError
