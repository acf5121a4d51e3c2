"""One text of a catalog on its way out to another tool, and what came back for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from l10n.catalog import Catalog, Entry
from l10n.catalog.stamp import digest
from l10n.exchange.inline import Parts, split, words
from l10n.model import Match, State
from l10n.text.description import kind_of

FindMatches = Callable[[Entry], Sequence[Match]]
"""Gives what the memory knows of an entry, the best match first."""

_FORM = re.compile(r"u[0-9a-f]{10}-([0-9])")
_LENGTH = re.compile(r"\bmax-length:\s*([0-9]{1,6})\b")
"""How the author of an article, or a flag of a program's catalog, says how long a translation may be."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text of an entry, and its translation: a plural has one for each form."""

    entry: Entry
    form: int = 0
    """Index into the msgstrs of the entry."""
    matches: tuple[Match, ...] = ()

    @property
    def source(self) -> str:
        """What is to be translated, as a msgid."""
        plural = self.entry.msgid_plural
        return self.entry.msgid if plural is None or self.form == 0 else plural

    @property
    def target(self) -> str:
        """Its translation as a msgstr; empty where there is none."""
        return self.entry.msgstrs[self.form]

    @property
    def verbatim(self) -> bool:
        """Whether it is a text of a program, in which entities are text; those of articles tell their kind."""
        return is_verbatim(self.entry)

    @property
    def identifier(self) -> str:
        """Its name in an exchange file: the hash of its source, so that it is the same in every export."""
        return identify(self.entry, self.form)

    @property
    def basis(self) -> str:
        """What it said when it left: the hash of its texts and its state, `3f2a9c1b4d reviewed`."""
        return f"{hash_of(self.entry)} {self.entry.state}"

    @property
    def kind(self) -> str:
        """What it is in its article: `paragraph`; empty where nobody says."""
        return kind_of(self.entry.extracted)

    @property
    def longest(self) -> int | None:
        """How many characters its translation may have; None where nobody says."""
        lines = (*self.entry.extracted, *sorted(self.entry.flags))
        return next((int(match[1]) for line in lines if (match := _LENGTH.search(line))), None)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a message said when it left, as far as the answer still tells."""

    hash: str
    state: State


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one message."""

    identifier: str
    line: int
    """1-based, in the file of the answer."""
    source: Parts
    target: Parts
    """Empty where it has no translation."""
    state: State | None
    """What the answer says it is; None where it says nothing. REVIEWED is the claim of another tool."""
    form: int = 0
    context: str | None = None
    notes: tuple[str, ...] = ()
    """What people wrote beside it, of whom- and whenever."""
    basis: Basis | None = None
    has_gap: bool = False
    """Whether a sentence of it came back empty beside others that did not."""


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """What came back for one catalog."""

    original: str
    """The article, as the exchange file names it."""
    source_locale: str
    target_locale: str
    line: int
    answers: tuple[Answer, ...]


def messages_of(catalog: Catalog, find_matches: FindMatches | None = None) -> Iterator[Message]:
    """Yield the texts of a catalog in its order, a plural form by form."""
    for entry in catalog.entries:
        is_open = entry.state in {State.UNTRANSLATED, State.DRAFT}
        matches = tuple(find_matches(entry)) if find_matches and is_open else ()
        for form in range(len(entry.msgstrs)):
            yield Message(entry, form, matches if form == 0 else ())


def texts_of(catalog: Catalog) -> frozenset[str]:
    """Return the words of every text of a catalog that is to be translated."""
    return frozenset(
        words(split(message.source, verbatim=message.verbatim))
        for message in messages_of(catalog)
    )


def identify(entry: Entry, form: int = 0) -> str:
    """Return the name of a text in an exchange file: `u` and ten digits, `-1` for the second form of a plural."""
    text = "\0".join((entry.msgctxt or "", entry.msgid))
    name = f"u{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
    return name if entry.msgid_plural is None else f"{name}-{form}"


def form_of(identifier: str) -> int:
    """Return which form of a plural a name of ours is of; 0 for any other name."""
    match = _FORM.fullmatch(identifier)
    return int(match[1]) if match else 0


def is_verbatim(entry: Entry) -> bool:
    """Whether an entry is of a program's catalog: readers of articles say of each text what kind it is."""
    return not kind_of(entry.extracted)


def hash_of(entry: Entry) -> str:
    """Return the hash that a stamp of what an entry says now would have."""
    return digest(entry.msgctxt, entry.msgid, entry.msgid_plural, entry.msgstrs)


def read_basis(text: str) -> Basis | None:
    """Return what `Message.basis` says; None where it says nothing."""
    hash_, _space, state = text.strip().partition(" ")
    return Basis(hash_, State(state)) if state in set(State) else None


def is_free(entry: Entry, basis: Basis | None) -> bool:
    """Whether nobody here has written anything into an entry since it left, as far as its answer tells."""
    return entry.is_open or (basis is not None and basis.hash == hash_of(entry))
