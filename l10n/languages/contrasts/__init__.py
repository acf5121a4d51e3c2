"""Small words on which the sense of a sentence hangs: with and without, more and less, only; Spanish and English here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    """Small words that say the contrary of each other, and what joins two things in their order; all expressions.

    They match texts in small letters. Idioms that other languages say otherwise are left out.
    """

    company: str
    """What says that something is there: with, con."""
    lack: str
    """What says that it is not: without, sin."""
    lacking: str
    """What else may say so: free of, unsalted; sugarless."""
    only: str
    """What leaves everything else out."""
    excluding: str
    """What else may do so: except, not until, alone."""
    more: str
    less: str
    comparing: str
    """What else may compare: larger, mejor, doble."""
    words: Mapping[str, frozenset[str]]
    """Words of `company`, `lack`, `more` and `less`: texts without them are done at once."""
    over: str
    """What stands before a number that is passed."""
    under: str
    """What stands before one that is not reached."""
    reaching: str
    """What stands between the first and the last of two numbers, or two sides of a score."""
    between: tuple[str, str]
    """What stands before the first of two ends, and between them: between, and."""
    leaving: frozenset[str]
    """What stands before the first of two things that reach from one to the other: from, desde."""
    passive: str
    """What makes a doer of what stands behind the verb: by, por."""
    marks: str = "(?!)"
    """What a translator leaves who will come back: the whole of a text."""
    answers: str = "(?!)"
    """What a program says about a translation or instead of one, at the beginning of a text."""
