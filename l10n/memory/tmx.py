"""TMX 1.4b: the exchange format of translation memories."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from l10n import __version__
from l10n.errors import L10nError
from l10n.interface import ngettext
from l10n.languages import primary
from l10n.memory import Translation
from l10n.text import markup
from l10n.text.xml import language_tag, local_name, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

_INLINE = {"bpt", "ept", "ph", "it"}
"""Elements that hold native codes; `hi` and `sub` hold text."""
_STANDING = {"ph", "it"}
"""Those that stand alone; a `bpt` and its `ept` begin and end something."""

_BREAKING_TYPES = frozenset({"lb", "pb", "cb"})
"""Types of codes that TMX 1.4b names for the break of a line, a page or a column."""
_BREAKING_CODE = re.compile(
    r"[\n\r\t\v\f]|\\[nrt]|</?(?:w:)?(?:br|p|lb|tab|hr|li|tr|td|div)\b|&(?:#10|#13|#x[aA]|#x[dD]);",
    re.IGNORECASE,
)
"""Native codes of other tools that part words."""
_LOOKS_CODE = re.compile(
    r"</?(?:w:)?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|r|rpr|s|samp|small|span"
    r"|strike|strong|sub|sup|tt|u|var|wbr)\b|\\[bi]\b",
    re.IGNORECASE,
)
"""Native codes that only change looks: a word may go on behind them, `un<i>believ</i>able`."""

_SHORTCUT = 2
"""Letters that OmegaT names a tag with at most: `b`, `br`."""

_OMEGAT_TAG = re.compile(
    r"&lt;(?P<close>/?)(?P<name>(?P<letters>[a-z]{1,10})[0-9]{1,4})(?P<void>/?)>"
)
"""A tag as OmegaT shows it, `<b0>`, in a text whose `<` is escaped."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One `<tu>`: a text in several languages."""

    texts: Mapping[str, str]
    """Text as a msgid by lower-case language tag."""
    at: str = ""
    """Date of the last change, `20261124T100200Z`."""
    reviewed: bool = False

    @property
    def is_pair(self) -> bool:
        """Whether it has a text in two languages, so that something can be learned from it."""
        return len(self.texts) > 1


def read(path: Path) -> list[TmxUnit]:
    """Read a TMX file of any encoding; L10nError when it is none, or none of its units is a pair."""
    root = read_xml(path, "TMX", {"tmx"})
    names_tags = _is_of_omegat(root)
    units = [
        _unit(element, names_tags=names_tags)
        for element in root.iter()
        if local_name(element) == "tu"
    ]
    if units and not any(unit.is_pair for unit in units):
        message = ngettext(
            "its {n} unit has no text in two languages (<tuv xml:lang=…><seg>)",
            "none of its {n} units has a text in two languages (<tuv xml:lang=…><seg>)",
            len(units),
        )
        raise L10nError(message.format(n=len(units)), path=path)
    return units


def languages(units: Iterable[TmxUnit]) -> tuple[str, ...]:
    """Return the language tags of the texts, in lower case, in order."""
    return tuple(sorted({tag for unit in units for tag in unit.texts}))


def translations(units: Iterable[TmxUnit], source: str, target: str) -> Iterator[Translation]:
    """Yield the pairs of two locales, regions aside where a file has others."""
    for unit in units:
        text, translated = _text_in(unit.texts, source), _text_in(unit.texts, target)
        if text and translated:
            # A source has numbers for its emphasis; without them it is that of another tool.
            text = markup.without_emphasis(text)
            yield Translation(text, translated, unit.reviewed, unit.at)


def write(
    translations: Iterable[tuple[Translation, str]],
    source: str,
    target: str,
    *,
    codes: bool = True,
) -> str:
    """Return a TMX document; tokens are written as native codes, so that other tools keep them.

    Without `codes` a text stands as a catalog writes it: a tool that reads PO sees no codes there.
    """
    made = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        (
            f'<header creationtool="l10n-workbench" creationtoolversion="{__version__}"'
            f' segtype="block" o-tmf="PO" adminlang="en" srclang={quoteattr(source)}'
            f' datatype="plaintext" creationdate="{made}"/>'
        ),
        "<body>",
    ]
    for translation, origin in translations:
        lines += _written(translation, origin, source, target, codes=codes)
    return "\n".join([*lines, "</body>", "</tmx>", ""])


def _written(
    translation: Translation, origin: str, source: str, target: str, *, codes: bool
) -> list[str]:
    seg = _seg if codes else _xml
    changed = _date(translation.at)
    attribute = f' changedate="{changed}"' if changed else ""
    state = "reviewed" if translation.reviewed else "translated"
    return [
        f"<tu{attribute}>",
        f'<prop type="x-origin">{_xml(Path(origin).name)}</prop>',
        f'<prop type="x-state">{state}</prop>',
        f"<tuv xml:lang={quoteattr(source)}><seg>{seg(translation.source)}</seg></tuv>",
        f"<tuv xml:lang={quoteattr(target)}><seg>{seg(translation.target)}</seg></tuv>",
        "</tu>",
    ]


def _seg(text: str) -> str:
    """Write a msgid: pairs as bpt and ept, voids as ph, each with its token inside."""
    parts, end, numbers = [], 0, dict[str, int]()
    for token in markup.marks(text):
        parts.append(_xml(markup.decode(text[end : token.start])))
        end = token.end
        number = numbers.setdefault(token.name, len(numbers) + 1)
        name = {"open": "bpt", "close": "ept", "void": "ph"}[token.form]
        attribute = "x" if name == "ph" else "i"
        parts.append(f'<{name} {attribute}="{number}">{_xml(token.text)}</{name}>')
    parts.append(_xml(markup.decode(text[end:])))
    return "".join(parts)


def _xml(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text))


def _date(at: str) -> str:
    """Turn `2026-11-24T10:02Z` or a PO date into `20261124T100200Z`; "" for anything else."""
    date = re.match(r"(\d{4})-?(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d)", at)
    return "{}{}{}T{}{}00Z".format(*date.groups()) if date else ""


def _is_of_omegat(root: Element) -> bool:
    header = next((child for child in root if local_name(child) == "header"), None)
    if header is None:
        return False
    makers = (header.get("creationtool", ""), header.get("o-tmf", ""))
    return any("omegat" in maker.lower() for maker in makers)


def _unit(element: Element, *, names_tags: bool) -> TmxUnit:
    """Read a `<tu>`; with `names_tags` its texts hold tags of OmegaT, which are one numbering on both sides."""
    texts = {}
    names: dict[str, str] = {}
    dates = [element.get("changedate") or element.get("creationdate") or ""]
    for version in element:
        if local_name(version) != "tuv":
            continue
        tag = language_tag(version)
        seg = next((child for child in version if local_name(child) == "seg"), None)
        if tag and seg is not None:
            text = unicodedata.normalize("NFC", _text(seg, keeps_codes=names_tags)).strip()
            text = _with_placeholders(text, names) if names_tags else text
            texts[tag] = text
            dates.append(version.get("changedate") or "")
    states = [child.text for child in element if child.get("type") == "x-state"]
    return TmxUnit(texts, max(dates), "reviewed" in states)


def _with_placeholders(text: str, names: dict[str, str]) -> str:
    """Return a text with placeholders for the tags of OmegaT: letters of the tag and a number from 0, over all tags.

    `names` are placeholders by tag as far as they were given. Half of a pair goes.
    """
    matches = list(_OMEGAT_TAG.finditer(text))
    forms = Counter(
        (match["name"], match["close"] + match["void"])
        for match in matches
        if not (match["close"] and match["void"])
    )
    parts, end = [], 0
    for match in matches:
        name = match["name"]
        paired = forms[name, ""] == forms[name, "/"] == 1 and not match["void"]
        lone = forms[name, ""] == 0 and match["void"] and not match["close"]
        if paired or lone:
            if name not in names:
                letters = match["letters"]
                number = 1 + sum(
                    given.rstrip("0123456789") == letters for given in names.values()
                )
                names[name] = f"{letters}{number}"
            parts += [
                text[end : match.start()],
                f"<{match['close']}{names[name]}{match['void']}>",
            ]
            end = match.end()
        elif len(match["letters"]) <= _SHORTCUT:
            # Half of a pair, whose other half is in another sentence.
            parts.append(text[end : match.start()])
            end = match.end()
    return "".join([*parts, text[end:]])


def _text(seg: Element, *, keeps_codes: bool = False) -> str:
    """Read a seg as a msgid: codes that are our tokens stay, those of others go, their text stays.

    Where the code of another tool parts two words, a space does. With `keeps_codes` every code stays, as text.
    """
    parts = [markup.escape(seg.text or "")]
    for child in seg:
        name = local_name(child)
        tail = markup.escape(child.tail or "")
        if name in _INLINE:
            code = "".join(child.itertext())
            if keeps_codes:
                parts.append(markup.escape(code))
            elif markup.is_mark(code):
                parts.append(code)
            elif name in _STANDING and _parts_words(child, code, "".join(parts), tail):
                parts.append(" ")
        else:
            parts.append(_text(child, keeps_codes=keeps_codes))
        parts.append(tail)
    return " ".join("".join(parts).split())


def _parts_words(element: Element, code: str, before: str, after: str) -> bool:
    """Whether a code that stands for itself keeps what is before it from what is behind it."""
    if element.get("type") in _BREAKING_TYPES or _BREAKING_CODE.search(code):
        return True
    if _LOOKS_CODE.search(code):
        return False
    # What the code is nobody can tell: two words, or two numbers, are never made into one.
    return before[-1:].isalnum() and after[:1].isalnum()


def _text_in(texts: Mapping[str, str], locale: str) -> str:
    exact = texts.get(locale.lower())
    if exact is not None:
        return exact
    language = primary(locale)
    return next((text for tag, text in texts.items() if primary(tag) == language), "")
