"""Reading an XML file of someone else's: what is wrong with it is told, and nothing in it is resolved."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from l10n.errors import L10nError
from l10n.files import open_file
from l10n.foreign import foreign_data
from l10n.interface import gettext as _

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _LinedElement(Element):
    """An element that knows where it stands."""

    line = 0


def line_of(element: Element) -> int | None:
    """Return the 1-based line on which the tag of an element ends; None of one that was not read from a file."""
    return element.line if isinstance(element, _LinedElement) else None


def _stream(path: Path, content: bytes | None) -> BinaryIO:
    return open_file(path) if content is None else io.BytesIO(content)


def _parse(stream: BinaryIO) -> Element | None:
    def make(tag: str, attributes: dict[str, str]) -> _LinedElement:
        element = _LinedElement(tag, attributes)
        element.line = parser.parser.CurrentLineNumber
        return element

    parser: Any = defusedxml.ElementTree.DefusedXMLParser(
        target=TreeBuilder(element_factory=make)
    )
    root: Element | None = defusedxml.ElementTree.parse(stream, parser).getroot()
    return root


def read_xml(
    path: Path, vocabulary: str, roots: Collection[str], content: bytes | None = None
) -> Element:
    """Return the root of a file in any encoding; L10nError when it is no such file.

    `content` is what stands in it, where it is no file of its own; `vocabulary` is its name for people (`TMX`), `roots` the local names that its root may have.
    """
    try:
        with _stream(path, content) as stream, foreign_data(passing=(ParseError,)):
            root = _parse(stream)
    except FileNotFoundError as error:
        raise L10nError(_("there is no such file"), path=path) from error
    except OSError as error:
        reason = _("cannot be read: {reason}").format(reason=error.strerror)
        raise L10nError(reason, path=path) from error
    except ParseError as error:
        message = _("the file is no {format}").format(format="XML")
        # The parser of an unknown encoding fails without a position.
        line = error.position[0] if hasattr(error, "position") else None
        raise L10nError(message, path=path, line=line) from error
    # Besides what defusedxml refuses, expat and the codecs raise what nobody listed.
    except (DefusedXmlException, LookupError, ValueError) as error:
        message = _("the file declares what no {format} needs").format(format=vocabulary)
        raise L10nError(message, path=path) from error
    if root is None or local_name(root) not in roots:
        raise L10nError(_("the file is no {format}").format(format=vocabulary), path=path)
    if _is_deeper(root, _DEEPEST):
        raise L10nError(_("it is nested too deeply"), path=path)
    return root


_DEEPEST = 200
"""Elements within each other; those of TMX and TBX go to ten, and who reads them goes down one call for each."""


def _is_deeper(root: Element, depth: int) -> bool:
    level = [root]
    for _step in range(depth):
        level = [child for element in level for child in element]
    return bool(level)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def language_tag(element: Element) -> str:
    """Return the language of an element in lower case (`es-mx`); "" where it has none."""
    tag = element.get(_LANGUAGE) or element.get("lang") or ""
    return tag.replace("_", "-").lower()
