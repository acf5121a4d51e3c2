"""The glossary: terms of the house, found with their inflected forms, and what breaks them."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Self

from l10n.errors import L10nError
from l10n.files import write_atomically
from l10n.glossary.tables import COLUMNS, read_table
from l10n.interface import gettext as _
from l10n.languages import language_of, primary
from l10n.languages.inflection import WORD, same_word
from l10n.text import markup

_REQUIRED = COLUMNS[:4]
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si"})
_NO = frozenset({"", "no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the glossary."""

    source_locale: str
    source_term: str
    """Empty only for a target term that is forbidden everywhere."""
    target_locale: str
    target_term: str
    note: str = ""
    forbidden: bool = False
    """True when the target term must not be used for the source term."""


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found in a text."""

    start: int
    end: int
    source_term: str
    target_terms: tuple[str, ...]
    """What it may be translated as; empty when the glossary only forbids."""
    note: str = ""
    forbidden: tuple[str, ...] = ()
    """What it must not be translated as."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A translation that does not do what the glossary says."""

    source_term: str
    """Empty for a term forbidden everywhere."""
    wanted: tuple[str, ...]
    """Accepted translations, none of which is there; or what to write instead of `found`."""
    found: str = ""
    """The forbidden term that is there, as it stands in the text."""
    span: tuple[int, int] | None = None
    """Where `found` stands in the translation as a reader reads it (`markup.plain`)."""
    hit: TermHit | None = field(default=None, compare=False)
    """The term in the source as a reader reads it; None for one that is forbidden everywhere."""


class Glossary:
    """Terms, indexed by the first letters of their words."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._entries: dict[tuple[str, str], list[_Entry]] = {}

    def __bool__(self) -> bool:
        """Whether there is any term."""
        return bool(self.terms)

    @classmethod
    def load(cls, path: Path, *, pair: tuple[str, str] | None = None) -> Self:
        """Read a glossary table; a file that is not there is an empty glossary.

        `pair` are the locales of the terms where the table names no columns, as one of OmegaT.
        """
        rows = read_table(path, lambda cells, line: _term(cells, path, line), pair=pair)
        return cls(rows or ())

    def save(self, path: Path) -> None:
        """Write a glossary CSV."""
        write_atomically(path, self.dumps().encode())

    def dumps(self) -> str:
        """Return the lines of a glossary CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for term in self.terms:
            *texts, forbidden = astuple(term)
            writer.writerow([*texts, "yes" if forbidden else ""])
        return out.getvalue()

    def merged(self, terms: Iterable[Term]) -> Self:
        """Return a glossary with further terms; what is there already is not doubled."""
        present = {astuple(term)[:4] for term in self.terms}
        new = [term for term in dict.fromkeys(terms) if astuple(term)[:4] not in present]
        return type(self)((*self.terms, *new))

    def terms_in(self, text: str, source: str, target: str) -> tuple[TermHit, ...]:
        """Return the terms found in a plain text, in order, the longest where they overlap."""
        entries = self._for_pair(source, target)
        language = primary(source)
        return tuple(
            TermHit(start, end, entry.source, entry.accepted, entry.note, entry.forbidden)
            for start, end, entry in _find_longest(text, entries, language)
        )

    def violations(
        self, msgid: str, msgstr: str, source: str, target: str
    ) -> tuple[Violation, ...]:
        """Return what a translation does against the glossary; texts may hold placeholders."""
        text = markup.plain(msgstr)
        if not self.terms or not text.strip() or msgstr.strip() == markup.OMIT:
            return ()
        hits = {
            hit.source_term: hit for hit in self.terms_in(markup.plain(msgid), source, target)
        }
        language = primary(target)
        # Where one term of the source asks for what another forbids, it may stand.
        granted = [
            span
            for hit in hits.values()
            for accepted in hit.target_terms
            for span in occurrences(accepted, text, language)
        ]
        violations: list[Violation] = []
        for hit in hits.values():
            wrong = _forbidden_in(text, hit.forbidden, granted, language)
            violations += [
                Violation(hit.source_term, hit.target_terms, text[a:b], (a, b), hit)
                for a, b in wrong
            ]
            if hit.target_terms and not wrong and not self._has_any(text, hit, language):
                violations.append(Violation(hit.source_term, hit.target_terms, hit=hit))
        everywhere = [
            term.target_term
            for term in self.terms
            if not term.source_term and _serves(term.target_locale, target)
        ]
        violations += [
            Violation("", (), text[a:b], (a, b))
            for a, b in _forbidden_in(text, everywhere, granted, language)
        ]
        return tuple(violations)

    def missing(
        self, text: str, translation: str, source: str, target: str
    ) -> tuple[TermHit, ...]:
        """Return the terms of a plain text none of whose translations stands in the plain translation."""
        language = primary(target)
        return tuple(
            hit
            for hit in self.terms_in(text, source, target)
            if hit.target_terms and not self._has_any(translation, hit, language)
        )

    def unchanging(self, source: str, target: str) -> tuple[str, ...]:
        """Return the terms that stay as they are, like names."""
        return tuple(
            entry.source
            for entry in self._for_pair(source, target)
            if entry.accepted == (entry.source,)
        )

    def _has_any(self, text: str, hit: TermHit, language: str) -> bool:
        return any(occurrences(accepted, text, language) for accepted in hit.target_terms)

    def _for_pair(self, source: str, target: str) -> list[_Entry]:
        pair = (source, target)
        if pair not in self._entries:
            grouped: dict[str, list[Term]] = defaultdict(list)
            for term in self.terms:
                if (
                    term.source_term
                    and _serves(term.source_locale, source)
                    and _serves(term.target_locale, target)
                ):
                    grouped[term.source_term].append(term)
            self._entries[pair] = [_Entry(name, terms) for name, terms in grouped.items()]
        return self._entries[pair]


class _Entry:
    """All lines about one source term."""

    __slots__ = ("accepted", "forbidden", "is_verb", "note", "source", "words")

    def __init__(self, source: str, terms: Sequence[Term]) -> None:
        self.source = source
        self.words = tuple(WORD.findall(source))
        self.accepted = tuple(term.target_term for term in terms if not term.forbidden)
        self.forbidden = tuple(term.target_term for term in terms if term.forbidden)
        # A glossary has no parts of speech; but `to state` is `declarar`, and a `state` is none.
        self.is_verb = any(
            re.fullmatch(verbs, term.target_term, re.IGNORECASE)
            for term in terms
            if (verbs := language_of(term.target_locale).instructs)
        )
        self.note = "; ".join(dict.fromkeys(term.note for term in terms if term.note))


def occurrences(term: str, text: str, language: str) -> list[tuple[int, int]]:
    """Return where a term stands in a plain text, in any of its forms."""
    words = tuple(WORD.findall(term))
    if not words:
        return []
    forms = list(WORD.finditer(text))
    runs = (forms[first : first + len(words)] for first in range(len(forms) - len(words) + 1))
    return [
        (run[0].start(), run[-1].end())
        for run in runs
        if _matches(words, [form[0] for form in run], language)
    ]


def _matches(words: Sequence[str], forms: Sequence[str], language: str) -> bool:
    return len(words) == len(forms) and all(
        same_word(form, word, language) for form, word in zip(forms, words, strict=True)
    )


def _stands_for(entry: _Entry, forms: Sequence[str], language: str) -> bool:
    """Whether words of a source are a term, not a common word or a verb that looks like it.

    `Shift`, `May` and `Apple` are a key, a month and a company with their capital only; `stated` is no `state`.
    """
    if not _matches(entry.words, forms, language):
        return False
    verbs = language_of(language).verb_forms
    for word, form in zip(entry.words, forms, strict=True):
        if word[0].isupper() and form[0].islower():
            return False
        is_verb = re.fullmatch(verbs, form, re.IGNORECASE)
        if is_verb and not entry.is_verb and not re.fullmatch(verbs, word, re.IGNORECASE):
            return False
    return True


def _find_longest(
    text: str, entries: Sequence[_Entry], language: str
) -> list[tuple[int, int, _Entry]]:
    if not entries:
        return []
    starts: dict[str, list[_Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: -len(entry.words)):
        if entry.words:
            starts[entry.words[0][:2].lower()].append(entry)
    forms = list(WORD.finditer(text))
    hits, place = [], 0
    while place < len(forms):
        step = 1
        # Two letters are shared by a word and nearly all its forms.
        for entry in starts.get(forms[place][0][:2].lower(), ()):
            run = forms[place : place + len(entry.words)]
            if _stands_for(entry, [form[0] for form in run], language):
                hits.append((run[0].start(), run[-1].end(), entry))
                step = len(run)
                break
        place += step
    return hits


def _forbidden_in(
    text: str, terms: Iterable[str], granted: Sequence[tuple[int, int]], language: str
) -> list[tuple[int, int]]:
    """Return where forbidden terms stand, apart from what another term of the text asks for."""
    return [
        (a, b)
        for term in terms
        for a, b in occurrences(term, text, language)
        if not any(start <= a and b <= end for start, end in granted)
    ]


def _serves(tag: str, locale: str) -> bool:
    """Whether a term for `tag` holds in a locale: `es` holds in `es-MX`."""
    term_tag, locale_tag = tag.lower().replace("_", "-"), locale.lower().replace("_", "-")
    return term_tag == locale_tag or locale_tag.startswith(f"{term_tag}-")


def _term(row: dict[str, str], path: Path, line: int) -> Term:
    cells = {name: " ".join(row.get(name, "").split()) for name in COLUMNS}
    answer = cells["forbidden"].lower()
    if answer not in _YES | _NO:
        raise L10nError(
            _("forbidden is “{answer}”; write yes or nothing").format(answer=answer),
            path=path,
            line=line,
        )
    forbidden = answer in _YES
    optional = {"source_term", "source_locale"} if forbidden else set()
    for name in _REQUIRED:
        if not cells[name] and name not in optional:
            raise L10nError(_("{name} is empty").format(name=name), path=path, line=line)
    return Term(
        source_locale=cells["source_locale"],
        source_term=cells["source_term"],
        target_locale=cells["target_locale"],
        target_term=cells["target_term"],
        note=cells["note"],
        forbidden=forbidden,
    )
