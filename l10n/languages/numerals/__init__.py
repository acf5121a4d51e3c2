"""How languages say and write numbers: one value of `Numerals` in each language, English and Spanish here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Speaker = Callable[[int, str], str | None]
"""Gives a value in words, of the gender that an earlier word for a number shows; None where it cannot be told."""


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """Numbers in words, around digits, and how they are written; all words in small letters."""

    cardinals: Mapping[str, int] = field(default_factory=dict)
    """Words for one to some hundred: what stands before or between scales."""
    indefinite: frozenset[str] = frozenset()
    """Those of them that are mostly articles or pronouns: one, un."""
    counts_before_scale: tuple[str, ...] = ()
    """Words that are numbers before a scale only: a million."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Words that multiply what stands before them, collectives too: thousand, dozen."""
    bare_scales: frozenset[str] = frozenset()
    """Those that are numbers alone: mil."""
    joiner: str = ""
    """Stands between parts of a number: and, y."""
    joins_tens: bool = False
    """Whether it stands between tens and units: treinta y uno."""
    halves: frozenset[str] = frozenset()
    """Half of a scale or of one: half a million, medio millón, y medio."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """Without those that have other meanings too: second, cuarto."""
    doubtful_ordinals: Mapping[str, int] = field(default_factory=dict)
    """Those: they say something only where an ordinal without other meanings stands in their place."""
    vague: frozenset[str] = frozenset()
    """Words that may stand for a number in words: several, both, each."""
    fractions: Mapping[str, float] = field(default_factory=dict)
    """Parts of a whole, regular expressions with the count as group 1 where there is one → one part."""
    decades: Mapping[str, int] = field(default_factory=dict)
    """Words for ten years: seventies."""

    decade_before: str = ""
    """What makes the number behind it a decade, a regular expression: años."""
    century_before: str = ""
    """What makes the numeral behind it a century: siglo."""
    century_after: str = ""
    """What makes the ordinal before it a century: century."""
    half_days: Mapping[str, str] = field(default_factory=dict)
    """What stands behind an hour, regular expressions → `am`, `pm` or `night`."""
    second_half: str = ""
    """Words for a part of the day that say of the hours near them that they are of its second half, a regular expression."""
    below_zero: str = ""
    """What makes the number before it negative, a regular expression."""
    minus: str = ""
    """A word before a number that may make it negative, a regular expression."""
    minus_tells: bool = False
    """Whether it always does, but behind another number; else surely before degrees only."""
    degrees: str = ""
    """What degrees are called, a regular expression."""
    compounds: str = ""
    """What stands behind digits and is one word with them, a regular expression: `-dimensional`."""
    range_words: tuple[str, ...] = ()
    """Between two numbers that share a scale: 3 to 4 million."""
    scale_signs: Mapping[str, int] = field(default_factory=dict)
    """Letters right behind digits: 15k, $4bn."""
    money_scale_signs: Mapping[str, int] = field(default_factory=dict)
    """Letters that are a scale only in amounts of money: $4m is four millions, 4m four metres."""

    group: str = ""
    """What stands between groups of three digits where the text itself shows no other."""
    least_grouped: int = 4
    """Digits from which a number is grouped."""
    minus_sign: str = "-"
    suffix: Callable[[int, str], str] | None = None
    """Returns what stands behind the digits of an ordinal, for a value and the suffix of another ordinal there."""
    speak: Speaker | None = None
