"""What a language tells of itself, by subject: its abbreviations, denials, dates, genders, the words of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What a full stop means behind which word, and what words start sentences; all in small letters."""

    never: frozenset[str] = frozenset()
    """A name follows: never the end of a sentence."""
    number: frozenset[str] = frozenset()
    """A number follows: the end of a sentence only when something else does."""
    starter: frozenset[str] = frozenset()
    """Ends a sentence when the next word starts one."""
    capital: frozenset[str] = frozenset()
    """Ends a sentence before any capital letter."""
    begins: frozenset[str] = frozenset()
    """Words that often start a sentence and seldom stand capitalised inside one."""
    clock: frozenset[str] = frozenset()
    """Behind a time of day these go on."""
    spelled: Mapping[str, str] = field(default_factory=dict)
    """What some stand for; in a table `p.ej=por_ejemplo`."""


@dataclass(frozen=True, slots=True, eq=False)
class Negation:
    """How a language denies, and what may stand for a denial."""

    denies: str
    """What denies a sentence, a regular expression; idioms that others say without denying are left out.

    A set of letters comes first in it, then the look back for a word's beginning: texts without any are read fast.
    """
    words: frozenset[str]
    """Words that may stand for a denial: lack, exception, contrast."""
    stems: tuple[str, ...]
    """Beginnings of such words, negative prefixes too. Many more words begin so; they get the benefit of the doubt."""
    endings: tuple[str, ...]
    plain: frozenset[str]
    """The words of denial themselves, whatever stands around them."""
    plain_endings: tuple[str, ...]
    """Ends of such words: of don’t, wasn’t."""
    undoes: str
    """What turns a denial beside it into its contrary: `no descarta`, `never fails`."""
    predicate: str = "(?!)"
    """What stands behind a denial that denies a word and no sentence: `no válido`, `no es posible`."""


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """What a region says otherwise than others that speak its language."""

    message: str
    """What to tell whoever writes otherwise: a text of the interface with {word}, {region} or neither."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Word of another region → word of this one, both in small letters."""
    endings: tuple[str, ...] = ()
    """With which the words are found, too."""
    leaves_copied: bool = False
    """Whether a word that the source has as well is left alone."""
    forms: str = ""
    """Forms of other regions that no word of this one replaces, a regular expression."""
    not_forms: frozenset[str] = frozenset()
    """What looks like such a form."""


class DateOrder(NamedTuple):
    """A date in the order of another language, and how it is written in this one."""

    pattern: str
    """A regular expression with the groups `day`, `month` and `year`, as far as there are; see `Dates`."""
    right: str
    """With {day}, {month} and {year}."""
    year: str
    """What {year} stands for where there is one, with {year} for its digits."""
    is_certain: bool = False
    """Whether `right` is the one way to write it."""


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """How a language writes dates and hours; MONTH in an expression stands for the names of its months."""

    capitals: bool
    """Whether months and weekdays have a capital."""
    dated: tuple[str, ...]
    """A day with its month: expressions with the groups `day` and `month`."""
    misordered: tuple[DateOrder, ...] = ()
    day_first: Mapping[str, bool] = field(default_factory=dict)
    """Whether the day comes first in digits, by region; an empty one stands for all others."""
    foreign_hour: str = r"(?!)"
    """What stands behind an hour in other languages only."""
    hour_message: str = ""
    """What to tell whoever writes it: a text of the interface."""
    hour: str = ""
    """What is right instead, with {half} for a or p; empty where that is not certain."""

    ambiguous: tuple[str, ...] = ()
    """Months that are other words too, even with their capital."""
    cues: tuple[str, ...] = ()
    """Words before these that make them months."""
    ambiguous_small: tuple[str, ...] = ()
    """Months that are other words in small letters."""
    sure_cues: tuple[str, ...] = ()
    """Words before these that make them months."""

    before: str = r"(?!)"
    """Without capitals: what stands before a month or weekday that is one, not the name of a street."""
    after: str = r"(?!)"
    names_before: str = r"(?!)"
    """What makes it a name all the same: `Plaza de`."""
    feasts: str = r"(?!)"
    given_names: frozenset[str] = frozenset()
    """Months that people are called, with a capital."""


@dataclass(frozen=True, slots=True)
class Gender:
    """How words around a noun show its gender."""

    determiners: tuple[tuple[str, str], ...]
    """Words before a noun, masculine and feminine."""
    followers: frozenset[str]
    """Words behind a noun that do not agree with it."""
    feminine: str
    """How feminine nouns end, a regular expression."""
    masculine: frozenset[str]
    """Masculine nouns that end so."""


class FalseFriend(NamedTuple):
    """Two words of two languages that look alike and mean different things; all are regular expressions."""

    other: str
    """The word of the other language."""
    word: str
    """The word of this language."""
    means: str
    """Beginnings of words of the other language that this language's word does translate."""
    right: str
    """Beginnings of words of this language that do translate the other's."""


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """By what words a short text of a page shows what it is; all are regular expressions without regard to case."""

    questions: str
    """The whole heading of a section of questions and answers."""
    author_box: str
    """What stands before an author’s box at the end of an article."""
    byline: tuple[str, ...]
    """What a line that names the author begins with, in small letters; no expressions."""
    pictures: str
    """What names the maker of a picture stand behind, or the picture itself."""
    furniture: str
    """How texts of a site begin that belong to no article."""
