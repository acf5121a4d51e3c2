"""TBX: the exchange format of term bases, version 3 written, versions 2 and 3 read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from l10n.errors import L10nError
from l10n.glossary import Term
from l10n.interface import gettext as _

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
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
    try:
        root = defusedxml.ElementTree.parse(path).getroot()
    except FileNotFoundError as error:
        raise L10nError(_("there is no such file"), path=path) from error
    except OSError as error:
        raise L10nError(
            _("cannot be read: {reason}").format(reason=error.strerror), path=path
        ) from error
    except ParseError as error:
        raise L10nError(_("the file is no XML"), path=path, line=error.position[0]) from error
    except (DefusedXmlException, UnicodeDecodeError, LookupError, ValueError) as error:
        raise L10nError(_("the file declares what no TBX needs"), path=path) from error
    if root is None or _name(root) not in _ROOTS:
        raise L10nError(_("the file is no TBX"), path=path)
    return [
        term
        for concept in root.iter()
        if _name(concept) in _CONCEPTS
        for term in _terms(concept, source, target)
    ]


def write(terms: Iterable[Term]) -> str:
    """Give a TBX-Basic document, one concept for each source term."""
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
        if _name(section) in _SECTIONS:
            tag = (section.get(_LANG) or "").replace("_", "-").lower()
            found.setdefault(tag, []).extend(
                entry
                for child in section
                if _name(child) in _TERMS and (entry := _entry(child))
            )
    for name, _note, is_forbidden in _of(found, source):
        if is_forbidden:
            continue
        for translation, note, forbidden in _of(found, target):
            yield Term(source, name, target, translation, note, forbidden)


def _of(
    found: dict[str, list[tuple[str, str, bool]]], locale: str
) -> list[tuple[str, str, bool]]:
    """Give the terms of a locale; those of its language where the file has no such region."""
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
        if _name(element) == "term":
            name = text
        elif _name(element) == "note":
            note = text
        elif _name(element) == "administrativeStatus" or kind.startswith(
            "administrativeStatus"
        ):
            forbidden = text in _FORBIDDEN
    return (name, note, forbidden) if name else None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
