"""TBX: the exchange format of term bases, version 3 written, versions 2 and 3 read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from l10n.glossary import Term
from l10n.text.xml import language_tag, local_name, read_xml

_CONCEPTS = {"conceptEntry", "termEntry"}
_SECTIONS = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
_ROOTS = {"tbx", "martif"}

_FORBIDDEN = {"deprecatedTerm-admn-sts", "supersededTerm-admn-sts", "forbidden", "obsolete"}
"""Administrative statuses of a term that must not be used."""


def read(path: Path, source: str, target: str) -> list[Term]:
    """Read the terms of two locales; L10nError when the file is no TBX.

    Each preferred source term of a concept is paired with each target term.
    """
    root = read_xml(path, "TBX", _ROOTS)
    return [
        term
        for concept in root.iter()
        if local_name(concept) in _CONCEPTS
        for term in _terms(concept, source, target)
    ]


def write(terms: Iterable[Term]) -> str:
    """Return a TBX-Basic document, one concept for each source term."""
    concepts: dict[tuple[str, str], list[Term]] = {}
    for term in terms:
        if term.source_term:
            concepts.setdefault((term.source_locale, term.source_term), []).append(term)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
        "<tbxHeader><fileDesc><sourceDesc><p>l10n-workbench</p></sourceDesc></fileDesc></tbxHeader>",
        "<text><body>",
    ]
    for number, ((locale, name), group) in enumerate(concepts.items(), 1):
        lines += [f'<conceptEntry id="c{number}">', *_section(locale, [_section_term(name)])]
        by_locale: dict[str, list[str]] = {}
        for term in group:
            written = _section_term(term.target_term, term.note, forbidden=term.forbidden)
            by_locale.setdefault(term.target_locale, []).append(written)
        for target, written_terms in by_locale.items():
            lines += _section(target, written_terms)
        lines.append("</conceptEntry>")
    return "\n".join([*lines, "</body></text>", "</tbx>", ""])


def _section(locale: str, terms: list[str]) -> list[str]:
    return [f"<langSec xml:lang={quoteattr(locale)}>", *terms, "</langSec>"]


def _section_term(name: str, note: str = "", *, forbidden: bool = False) -> str:
    status = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
    told = f"<note>{escape(note)}</note>" if note else ""
    return f"<termSec><term>{escape(name)}</term>{status if forbidden else ''}{told}</termSec>"


def _terms(concept: Element, source: str, target: str) -> Iterator[Term]:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for section in concept:
        if local_name(section) in _SECTIONS:
            found.setdefault(language_tag(section), []).extend(
                entry
                for child in section
                if local_name(child) in _TERMS and (entry := _entry(child))
            )
    for name, _note, is_forbidden in _of(found, source):
        if is_forbidden:
            continue
        for translation, note, forbidden in _of(found, target):
            yield Term(source, name, target, translation, note, forbidden)


def _of(
    found: dict[str, list[tuple[str, str, bool]]], locale: str
) -> list[tuple[str, str, bool]]:
    """Return the terms of a locale; those of its language where the file has no such region."""
    wanted = locale.lower()
    if wanted in found:
        return found[wanted]
    language = wanted.partition("-")[0]
    return [
        entry
        for tag, entries in found.items()
        if tag.partition("-")[0] == language
        for entry in entries
    ]


def _entry(section: Element) -> tuple[str, str, bool] | None:
    name, note, forbidden = "", "", False
    for element in section.iter():
        text = " ".join("".join(element.itertext()).split())
        kind = element.get("type", "")
        if local_name(element) == "term":
            name = text
        elif local_name(element) == "note":
            note = text
        elif local_name(element) == "administrativeStatus" or kind.startswith(
            "administrativeStatus"
        ):
            forbidden = text in _FORBIDDEN
    return (name, note, forbidden) if name else None
