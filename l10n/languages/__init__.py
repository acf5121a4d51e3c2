"""What the desk knows of languages: one value of `Language` each, in a file named like its tag (`es.py`).

A language of its own is one new file with a `LANGUAGE`; nothing else lists it. Code asks an attribute and
never compares tags: an empty one means that the desk does not know, and whoever asks stays silent.

Where what is: numbers in words `number_words` and `scales`, signs in digits `decimal` and `group` with
`point_regions`, the clock `clock_words` and `hour_marks`, the calendar `months` and `weekdays`, units and money
`units`, `currencies` and `percent_words`, sentences `abbreviations`, small words `function_words`.
Tables load with their language; regular expressions are text here, compiled by whoever needs them.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import import_module

from l10n.languages.concord import Address, Agreement
from l10n.languages.contrasts import Contrasts
from l10n.languages.numerals import Numerals
from l10n.languages.statistics import weights_of, words_of
from l10n.languages.traits import (
    Abbreviations,
    Dates,
    FalseFriend,
    Gender,
    Negation,
    PageWords,
    Usage,
)

_CODE = re.compile("[a-z]{2,3}")
"""A primary subtag; no other module of this package has so short a name."""


def first_letters(word: str) -> str:
    """Return the first seven letters of a word: its stem in a language nothing is known of."""
    return word[:7]


def without_ending(word: str, endings: frozenset[str]) -> str:
    """Cut off the longest of some endings, of seven letters at most, that leaves a word three letters."""
    for length in range(min(7, len(word) - 3), 0, -1):
        if word[-length:] in endings:
            return word[:-length]
    return word


@dataclass(frozen=True, eq=False)
class Language:
    """What the desk knows of one language; what is empty or None is not known."""

    code: str
    """Primary subtag, `es`; empty for a language that has no file."""
    name: str = ""
    """Its English name, a text of the interface."""

    months: tuple[str, ...] = ()
    """January to December, as they stand within a sentence."""
    month_variants: Mapping[str, int] = field(default_factory=dict)
    """Other spellings of months, in small letters → 1 to 12."""
    weekdays: tuple[str, ...] = ()
    """Monday to Sunday, as they stand within a sentence."""
    weekday_variants: Mapping[str, int] = field(default_factory=dict)
    """Other spellings of weekdays, in small letters → 1 to 7."""
    dates: Dates | None = None

    number_words: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Value → what may stand for it in running text, in small letters: ordinals and collectives too."""
    scales: Mapping[str, float] = field(default_factory=dict)
    """What a word after a number multiplies it by: an English billion is a thousand million."""
    numerals: Numerals = field(default_factory=Numerals)
    """Numbers in words, around digits, and how they are written."""
    decimal: str | None = None
    """The sign before decimals, `,`; see `decimal_in`."""
    group: str | None = None
    """The sign between groups of three digits, `.`."""
    point_regions: frozenset[str] = frozenset()
    """Regions that write 3.5 and 12,500, where the language as such does not (Unicode CLDR)."""
    noon: tuple[str, ...] = ()
    """What people say for twelve o’clock, by day and by night."""
    clock_words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Minutes past the hour → how people say them without a number."""
    hour_marks: str = ""
    """What stands behind an hour, a regular expression: `h`, `p.m.`."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Sign of a unit → its names, a regular expression."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Sign of a currency → its names, a regular expression."""
    percent_words: str = ""
    """What may stand for a percent sign, a regular expression."""
    percent_space: str | None = None
    """What stands between a number and its percent sign; empty for nothing."""
    quantities: str = ""
    """What numbers count beside units and money, a regular expression: `people`."""
    ordinal: str = ""
    """How the first is written in digits."""
    foreign_ordinal: str = ""
    """What stands behind the digits of an ordinal in other languages only, a regular expression."""
    long_scale: bool | None = None
    """Whether a billion is a million millions."""
    billions: str = ""
    """Billions and trillions, a regular expression; its group is `b` or `tr`."""
    billion_message: str = ""
    """What to tell whoever takes those of the other scale: a text of the interface."""

    opens_marks: bool | None = None
    """Whether questions and exclamations are opened: `¿`, `¡`."""
    quotes: tuple[tuple[str, str], ...] | None = None
    """Pairs of quotation marks: the usual first, then those inside them."""
    quote_space: str | None = None
    """What stands between quotation marks and the words inside; empty for nothing."""
    spaced_marks: str | None = None
    """Marks with a space before them, such as `?`; empty where no mark has one."""
    clause_words: tuple[str, ...] = ()
    """Words behind which a question may begin in the middle of a sentence."""
    home: str = ""
    """The region whose use a locale without region follows, where others differ."""
    quotes_abroad: tuple[str, str] | None = None
    """The usual pair of the other regions, where it is another."""
    stops_after_quotes: bool | None = None
    """Whether stop and comma stand after the closing quotation mark."""
    capitalises_names_of_languages: bool | None = None
    """Whether `Spanish` has a capital."""
    language_cues: tuple[str, ...] = ()
    """Words before the name of a language, where such names have no capital."""
    language_idioms: str = ""
    """What such a name begins without being one, a regular expression: `french fries`."""
    always_capital: tuple[str, ...] = ()
    """Other words that have a capital wherever they stand."""
    small_words: frozenset[str] = frozenset()
    """Small words, with a capital, that no name has in capitals within it."""
    capitalises_headings: bool | None = None
    """Whether headings may have a capital on every word."""
    capital_behind_colon: bool | None = None
    """Whether a sentence may begin with a capital behind a colon, where no quotation begins."""

    negation: Negation | None = None
    contrasts: Contrasts | None = None
    doubled_words: frozenset[str] | None = None
    """Words that may stand twice in a row."""
    usage: Mapping[str, Usage] = field(default_factory=dict)
    """By region."""
    capitals_mark_names: bool | None = None
    """Whether a word with a capital within a sentence is a name, as it is not in German."""
    word_endings: str = "(?!)"
    """Of words that other languages have nearly alike, in the singular: an expression."""
    verbosity: float | None = None
    """Length of a text per length of the same text in English."""
    false_friends: Mapping[str, tuple[FalseFriend, ...]] = field(default_factory=dict)
    """By the code of the other language; each pair stands with one of the two."""
    gender: Gender | None = None
    weakening_words: frozenset[str] = frozenset()
    """What makes the contrary of the word behind it, or a form of it, or asks for it: `poco`, `hardly`, `too`."""
    agreement: Agreement | None = None
    address: Address | None = None
    article_before_vowel: tuple[str, str] | None = None
    """An article, and its form before a vowel: a, an."""
    vowel_sound: str = ""
    """How words begin that need that form, a regular expression."""
    plural_determiners: tuple[str, ...] = ()
    """Words before a noun that say it is plural, as that of a weekday in Spanish: los lunes."""

    subjects: frozenset[str] = frozenset()
    """Pronouns that are the subject of a sentence, in small letters."""
    drops_subjects: bool | None = None
    """Whether a sentence needs no subject beside its verb: `Vino`."""
    auxiliaries: frozenset[str] = frozenset()
    """Verbs one of which stands before the subject of every question, in small letters."""
    asked_subjects: frozenset[str] = frozenset()
    """Words that are the subject of a question themselves: `Who came?`"""
    instruction: str = ""
    """How a sentence begins that tells its reader what to do, a regular expression; empty: not to be seen."""
    instructs: str = ""
    """What verbs look like that nobody takes for a statement, a regular expression: `Abrir la puerta`."""
    polite_order: str = ""
    """How a sentence begins that may be an order to `usted`, a regular expression: `Abra la puerta`."""
    familiar_order: str = ""
    """How a sentence is that gives an order to `tú`, a regular expression: `Abre la puerta de tu casa`; `sure`: no statement."""
    forbidding: tuple[tuple[str, str], ...] = ()
    """How a sentence begins that forbids `tú` something, its verb in brackets, if the infinitive ends in the second."""
    stative_verbs: frozenset[str] = frozenset()
    """Bare forms of verbs that say how things are, which nobody orders: `It depends on your age`."""
    stated_order: str = ""
    """How an engine states what is ordered so; without `verb` where it is forbidden."""
    order_with_subject: str = ""
    """How a draft of such an order begins in which an engine has given the verb a subject, a regular expression."""
    slips: tuple[tuple[str, str], ...] = ()
    """What engines write that nobody would, regular expressions, and what takes its place."""

    please: str = "(?!)"
    """How an instruction begins that asks politely, a regular expression."""
    denied_instruction: str = "(?!)"
    """How one begins that says what not to do, a regular expression: `Do not `."""
    purpose: str = ""
    """What stands before a verb that says what something is done for: `to open`, `para abrir`."""
    denied_purpose: str = ""
    """The same, where it is not to be done: `not to open`; without what stands there anyway: `no (para) abrir`."""
    verb_forms: str = "(?!)"
    """Forms that verbs have and no nouns, a regular expression."""
    head_first: bool | None = None
    """Whether the noun of a term stands before what describes it: `casa de campo`, `country house`."""
    stop_words: frozenset[str] = frozenset()
    """Words at which no term starts or ends, in small letters."""
    linking_words: frozenset[str] = frozenset()
    """Those of them that may stand inside of a term."""
    function_words: frozenset[str] = frozenset()
    """Words of running text that (nearly) never stand in that of another language."""
    telltale_words: frozenset[str] = frozenset()
    """Function words that are neither words of another language, nor part of loans, nor names in programs."""
    gendered_words: frozenset[str] = frozenset()
    """The only words that show a person's sex; empty where others do too, as adjectives in Spanish."""
    dictionary_lacks_names: bool = False
    """Whether simplemma's dictionary of it has words and hardly a name, so that what it lacks may be one."""
    place_words: frozenset[str] = frozenset()
    """Prepositions: with what stands behind them nothing else in the sentence agrees."""
    articles: frozenset[str] = frozenset()
    """With a capital, as titles of works begin."""
    letters: str | None = None
    """Letters beside a to z, small ones."""
    plural_forms: str = ""
    """As GNU gettext's own tools write them; those of a language without come from Babel."""
    singulars: Callable[[str], Iterable[str]] = lambda _word: ()
    """Returns what a word in small letters may be the plural of."""
    plural: Callable[[str], str | None] = lambda _word: None
    """Returns the regular plural of a noun in small letters."""
    stem: Callable[[str], str] = first_letters
    """Cuts the inflection off a folded word: crude, and the same for every form of most words."""
    language_names: tuple[str, ...] = ()
    """Languages, and in English nationalities too, in small letters."""

    page_words: PageWords | None = None

    abbreviation_table: str = ""
    """As the files in `abbreviations/` are written: a line `[never]` or the like, then words."""
    opposite_table: str = ""
    """As the files in `opposites/` are written: `concept: words | words of the contrary`."""
    contrary_prefixes: tuple[str, ...] = ()
    """What turns a word into its contrary: un, dis."""

    @cached_property
    def abbreviations(self) -> Abbreviations:
        """The language's own table, else `abbreviations/CODE.txt`, else the English one."""
        from importlib.resources import files  # noqa: PLC0415 - brings archives along, and a warm check needs no table

        folder = files("l10n.languages").joinpath("abbreviations")
        names = (f"{code}.txt" for code in (self.code, "en"))
        file = next(file for file in map(folder.joinpath, names) if file.is_file())
        table = self.abbreviation_table or file.read_text(encoding="utf-8")
        kinds: dict[str, list[str]] = {}
        kind = ""
        for line in table.splitlines():
            if line.startswith("["):
                kind = line.strip("[] ")
            elif kind and not line.startswith("#"):
                kinds.setdefault(kind, []).extend(line.split())
        pairs = (word.replace("_", " ").split("=", 1) for word in kinds.pop("spelled", ()))
        sets = {kind: frozenset(words) for kind, words in kinds.items()}
        return Abbreviations(**sets, spelled=dict(pairs))

    @cached_property
    def opposites(self) -> Mapping[str, tuple[tuple[str, bool], ...]]:
        """Every form of the words that have a contrary → concepts, and whether it says their contrary.

        The language's own table, else `opposites/CODE.txt`, else nothing. A concept has one name in all languages.
        """
        from importlib.resources import files  # noqa: PLC0415 - as above

        file = files(__package__).joinpath("opposites", f"{self.code}.txt")
        table = self.opposite_table or (
            file.read_text(encoding="utf-8") if file.is_file() else ""
        )
        forms: dict[str, tuple[tuple[str, bool], ...]] = {}
        for line in table.splitlines():
            concept, colon, words = line.partition(":")
            if colon and not line.startswith("#"):
                for contrary, side in enumerate(words.split("|")):
                    for form in side.split():
                        forms[form] = (*forms.get(form, ()), (concept, bool(contrary)))
        return forms

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Common words in small letters that are no names and that no other known language has as often."""
        return words_of(self.code)

    @cached_property
    def letter_weights(self) -> Mapping[str, int]:
        """Runs of letters that speak for this language, a space at the ends of words → how much, see `text.language`."""
        return weights_of(self.code)

    @cached_property
    def neighbour_weights(self) -> Mapping[str, int]:
        """Runs of letters → how much they speak for this language, or below nought for one of its neighbours."""
        return weights_of(f"{self.code}-neighbours")

    def usual_quotes(self, region: str) -> tuple[str, str]:
        """Return the usual pair of quotation marks of a region; straight ones where nothing is known."""
        if self.quotes_abroad and region and region != self.home:
            return self.quotes_abroad
        return self.quotes[0] if self.quotes else ('"', '"')

    def decimal_in(self, region: str) -> str | None:
        """Return the sign before decimals in a region such as `MX`; empty stands for no region."""
        return "." if region in self.point_regions else self.decimal


def primary(tag: str) -> str:
    """Return the language of a locale in small letters: `es` for `es-MX` and `es_MX`."""
    return re.split("[-_.@]", tag, maxsplit=1)[0].lower()


def region_of(tag: str) -> str:
    """Return the region of a locale in capitals: `MX` for `es-MX`; empty when it has none."""
    return tag.replace("_", "-").partition("-")[2].upper()


@lru_cache(maxsize=64)
def language_of(tag: str) -> Language:
    """Return what is known of the language of a locale; of one without a file, nothing."""
    return _load(primary(tag))


@cache
def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file here, in alphabetical order."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if _CODE.fullmatch(name)))


@cache
def _load(code: str) -> Language:
    if _CODE.fullmatch(code):
        try:
            module = import_module(f"l10n.languages.{code}")
        except ModuleNotFoundError as error:
            if error.name != f"l10n.languages.{code}":
                raise
        else:
            language: Language = module.LANGUAGE
            return language
    return import_module("l10n.languages.generic").LANGUAGE  # type: ignore[no-any-return]
