"""The words of the translation desk as values: articles, units, beads, states, findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

Key = tuple[str | None, str]
"""(msgctxt, msgid): what makes an entry of a catalog unique."""


class Kind(StrEnum):
    """What a block is; kinds inform translators, aligners and templates, they never drop text."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    QUESTION = "question"
    TERM = "term"
    LABEL = "label"
    FIELD = "field"
    """What a control shows bare, without any markup: an option, the text in a text area."""
    AUTHOR = "author"
    BOILERPLATE = "boilerplate"
    ATTRIBUTE = "attribute"
    METADATA = "metadata"
    OTHER = "other"


# Placeholder, Unit and Block are values like the others, and nobody changes them. A page is thousands of them,
# and a dataclass that freezes itself takes four times as long to make (406 ns, not 103).


@dataclass(slots=True, unsafe_hash=True)
class Placeholder:
    """Inline markup of a unit that its msgid shows as `<a1>…</a1>` or `<br1/>`."""

    tag: str
    """Source tag in lower case; `x` for custom elements."""
    number: int
    """From 1, counted among the unit's placeholders of that tag."""
    paired: bool
    opening: str
    """Source markup of `<a1>`, or of the whole `<br1/>`, exactly as the article has it."""
    closing: str = ""
    """Source markup of `</a1>`; empty when not paired."""
    stands_for: str = ""
    """What makes it itself across edits: the URL of a link, the text of a code span; may be empty."""
    offset: int = field(default=-1, compare=False)
    """Offset of `opening` in `Article.text`; -1 when unknown."""

    @property
    def name(self) -> str:
        """`a1`, `br2`."""
        return f"{self.tag}{self.number}"


@dataclass(slots=True, unsafe_hash=True)
class Unit:
    """One translatable piece of an article: one entry of a catalog."""

    msgid: str
    """Text with placeholder tokens; a literal `<` or `&` is `&lt;`, `&amp;`; NFC; never empty."""
    context: str | None = None
    """msgctxt: `attr:alt`, `meta:description`, or what the author set; never a position."""
    kind: Kind = Kind.PARAGRAPH
    placeholders: tuple[Placeholder, ...] = ()
    notes: tuple[str, ...] = ()
    """What the author tells translators about it."""

    @property
    def key(self) -> Key:
        """(msgctxt, msgid)."""
        return (self.context, self.msgid)


@dataclass(slots=True, unsafe_hash=True)
class Block:
    """One occurrence of a unit in an article."""

    unit: Unit
    start: int
    """Offset in `Article.text` of the first character that a translation replaces."""
    end: int
    line: int
    """1-based line of `start`."""
    level: int = 0
    """1-6 for headings, nesting depth for items, otherwise 0."""
    role: str = "text"
    """How the format writes it back: `text`, `attribute`, …; meaningful to its reader/writer only."""
    container: tuple[int, int] | None = None
    """Offsets of the opening tag of the element that holds it and no other text: export marks it."""
    whole: tuple[int, int] | None = None
    """Offsets of that element, where the article stays well formed without it: `<omit/>` removes it."""


class Reason(StrEnum):
    """Why a text that readers see is in no unit."""

    UNREAD = "unread"
    """The desk does not read this kind of text, or cannot tell what it is: it counts as missing."""
    CODE = "code"
    """Code, formulas and the like, which stay as they are."""
    AUTHOR = "author"
    """The author says so: `translate="no"`, `<!-- l10n:off -->`."""
    LANGUAGE = "language"
    """It is in another language than the article."""
    KEY = "key"
    """A sentence of front matter under a key that nobody has called text: it counts as missing, too."""

    @property
    def is_missing(self) -> bool:
        """Whether somebody should have been offered the text, as far as the desk can tell."""
        return self in (Reason.UNREAD, Reason.KEY)


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A stretch of an article that readers see and no unit holds."""

    start: int
    """Offset in `Article.text`."""
    line: int
    """1-based line of `start`."""
    text: str
    """What stands there, on one line, shortened."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """How the articles of a place are read, beyond their format."""

    dialect: str = ""
    """`hugo`, `mkdocs`, `mdx`, …; empty where the site, the suffix and the page itself tell."""
    math: bool = True
    """Whether what stands between dollar signs is a formula."""
    code: str = "keep"
    """What of fenced code is units: `keep` (nothing), `comments`, or `strings` (both)."""
    attributes: tuple[str, ...] = ()
    """Names of attributes of directives that hold text for readers, beside those that are known."""
    is_mdx: bool = False
    """Whether a page has JSX and modules, as its dialect, its suffix or its own statements tell."""


READ_AS_USUAL = Reading()


@dataclass(frozen=True)
class Article:
    """One source document."""

    path: Path
    locale: str
    format: str
    """`html`, `markdown`, `text`."""
    text: str
    """The whole source, newlines and byte order mark as in the file."""
    blocks: tuple[Block, ...]
    """In document order; equal units stand here as often as they occur."""
    encoding: str = "utf-8"
    reading: Reading = READ_AS_USUAL

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit once, in the order of its first occurrence, placeholder variants kept per block."""
        by_key: dict[Key, Unit] = {}
        for block in self.blocks:
            by_key.setdefault(block.unit.key, block.unit)
        return tuple(by_key.values())


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of one block, the smallest piece that is aligned or translated."""

    text: str
    """Placeholder tokens kept; white space belongs to the end of the segment before it."""
    block: int
    """0-based index into `Article.blocks`."""
    kind: Kind = Kind.PARAGRAPH
    """Kind of its block."""


class Doubt(StrEnum):
    """Why a bead, or what was taken from it, may be wrong."""

    NUMBER = "number"
    """A number of one side is not on the other."""
    NAME = "name"
    """Somebody is named on one side only."""
    WORDS = "words"
    """Few words of one side say what words of the other say."""
    LENGTH = "length"
    """One side is too long for the other."""
    BORDER = "border"
    """A sentence at its end may belong to a neighbour, or one of a neighbour to it."""
    RIVAL = "rival"
    """A sentence close by would fit nearly as well."""
    MERGED = "merged"
    """Several sentences face each other."""
    MOVED = "moved"
    """It stands elsewhere in the translation."""
    AROUND = "around"
    """What stands before and after it is doubtful too."""
    BESIDE = "beside"
    """A sentence beside it faces nothing."""
    SHORT = "short"
    """Too short to tell."""
    FACT = "fact"
    """A figure, an acronym or a piece of code stands on one side only."""
    MEANING = "meaning"
    """Sentence vectors say that it does not mean the same."""
    PART = "part"
    """A part of the source faces nothing."""
    MORE = "more"
    """The translation says something that the source does not."""
    SENSE = "sense"
    """It was made for a text that has other words in some places: said of similar matches."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target segments that translate each other."""

    source: range
    """Indices into the source segments; may be empty."""
    target: range
    """Indices into the target segments; may be empty."""
    score: float
    """0 (chance) to 1 (certain); 0 for left-overs."""
    moved: bool = False
    """True when the bead stands out of order: a block that moved."""
    doubts: tuple[Doubt, ...] = ()
    """What lowers the score most, first; empty for left-overs and where nothing is to be said against it."""


class State(StrEnum):
    """State of an entry, derived from the catalog and never stored twice."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Origin(StrEnum):
    """Where a draft came from."""

    MT = "mt"
    TM = "tm"
    ALIGNED = "aligned"
    SOURCE_CHANGED = "source-changed"


class Band(StrEnum):
    """How far a machine draft can be trusted."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine answers for one segment."""

    text: str
    """Empty when the engine had no usable answer."""
    logprob: float | None = None
    """Mean log-probability per token, for engines that know it."""
    notes: tuple[str, ...] = ()
    """Facts for judging it: `unknown:xylophonist`, `truncated`; machine-readable, `name` or `name:value`."""

    def __post_init__(self) -> None:
        # JSON can spell half a character, which no file can hold: `�` is debris to whoever judges drafts.
        if not self.text.isascii() and _HALF.search(self.text):
            whole = self.text.encode("utf-16-le", "surrogatepass").decode(
                "utf-16-le", "replace"
            )
            object.__setattr__(self, "text", whole)


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a catalog, an article or a locale is."""

    translated: int = 0
    """Not fuzzy and complete, every plural form too; reviewed ones included."""
    reviewed: int = 0
    """Of the translated ones, those with a valid review stamp."""
    draft: int = 0
    untranslated: int = 0
    obsolete: int = 0
    words: int = 0
    """White-space separated words of the msgids, placeholder tokens aside."""
    not_offered: int = 0
    """Texts of the article that its readers see and nobody was offered."""

    @property
    def shown(self) -> int:
        """Texts that readers of the page see: live entries, and what is in none of them."""
        return self.total + self.not_offered

    @property
    def total(self) -> int:
        """Live entries."""
        return self.translated + self.draft + self.untranslated

    def __add__(self, other: Counts) -> Counts:
        """Add field by field."""
        return Counts(
            self.translated + other.translated,
            self.reviewed + other.reviewed,
            self.draft + other.draft,
            self.untranslated + other.untranslated,
            self.obsolete + other.obsolete,
            self.words + other.words,
            self.not_offered + other.not_offered,
        )


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info to 2 for error, to compare severities."""
        return _RANKS[self]


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement that removes a finding."""

    msgstr: str
    """The whole new msgstr (of the plural form the finding is about)."""
    is_safe: bool = True
    """Whether `check --fix` may make it unseen; otherwise it is offered to a person who reads the text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports."""

    rule: str
    severity: Severity
    message: str
    """One sentence in the interface language."""
    path: Path | None = None
    line: int | None = None
    """1-based line in `path`."""
    msgctxt: str | None = None
    msgid: str | None = None
    msgstr: str | None = None
    span: tuple[int, int] | None = None
    """Offending characters of msgstr, start and end; None when the whole entry is meant."""
    fix: Fix | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier translation that the memory offers for a text."""

    source: str
    target: str
    percent: int
    """0-100 similarity; 100 exact; 101 exact with equal neighbours."""
    reviewed: bool
    origin: str = ""
    """Where it comes from: catalog path or TMX name."""
