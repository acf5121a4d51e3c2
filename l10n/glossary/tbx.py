"""TBX: the exchange format of term bases, version 3 written, versions 2 and 3 read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from l10n.glossary import Term
from l10n.languages import primary
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
    note_element = f"<note>{escape(note)}</note>" if note else ""
    return f"<termSec><term>{escape(name)}</term>{status if forbidden else ''}{note_element}</termSec>"


class _Name(NamedTuple):
    """A term in one language."""

    text: str
    note: str
    forbidden: bool


def _terms(concept: Element, source: str, target: str) -> Iterator[Term]:
    names: dict[str, list[_Name]] = {}
    for section in concept:
        if local_name(section) in _SECTIONS:
            names.setdefault(language_tag(section), []).extend(
                name
                for child in section
                if local_name(child) in _TERMS and (name := _name(child))
            )
    for name in _names_in(names, source):
        if name.forbidden:
            continue
        for translation in _names_in(names, target):
            yield Term(source, name.text, target, *translation)


def _names_in(names: dict[str, list[_Name]], locale: str) -> list[_Name]:
    """Return the terms of a locale; those of its language where the file has no such region."""
    if locale.lower() in names:
        return names[locale.lower()]
    language = primary(locale)
    return [name for tag, group in names.items() if primary(tag) == language for name in group]


def _name(section: Element) -> _Name | None:
    name, note, forbidden = "", "", False
    for element in section.iter():
        text = " ".join("".join(element.itertext()).split())
        tag, kind = local_name(element), element.get("type", "")
        if tag == "term":
            name = text
        elif tag == "note":
            note = text
        # Version 3 has an element for it, version 2 a note of that type.
        elif tag == "administrativeStatus" or kind.startswith("administrativeStatus"):
            forbidden = text in _FORBIDDEN
    return _Name(name, note, forbidden) if name else None
