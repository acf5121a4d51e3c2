"""What stands in a `<pre>`: prose such as a poem or an address, code, or something nobody can tell."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from l10n.articles.html.open_elements import OpenElement
from l10n.articles.html.tag_meaning import TagMeaning
from l10n.articles.html.tokens import TokenTuple
from l10n.languages import known_languages, language_of
from l10n.text.references import decode_references


class Preformatted(Enum):
    """What a preformatted text is to a translator."""

    PROSE = "prose"
    CODE = "code"
    UNKNOWN = "unknown"


_LONG = 20_000
"""Characters of a preformatted text that are looked at to tell what it is."""
_TAG = re.compile(r"<[^>]*>")
_CODE_CHILD = re.compile(r"<(?:code|kbd|samp|tt)\b", re.IGNORECASE)
_CODE_CLASS = re.compile(
    r"""\b(?:class|id|data-lang|data-language)\s*=\s*["']?[^"'>]*?"""
    r"(?:code|highlight|hljs|prettyprint|brush|lang-|language|syntax|programlisting|listing|literal|screen|console"
    r"|terminal|shell|verbatim|\bsrc|sourcecode|doctest|prism|crayon|diff|computeroutput|signature)",
    re.IGNORECASE,
)
"""What generators call the boxes of code: Sphinx, Pandoc, Jekyll, Hugo, DocBook, Org, Doxygen, Docusaurus."""
_WORD = re.compile(
    r"""[¿¡"'«“‘(\[*_–—-]*(?:[^\W\d_]+(?:['’.·-][^\W\d_]+)*|[0-9]+(?:[.,:/-][0-9]+)*[ºª%€$]?)[.,;:!?…"'»”’)\]*_–—-]*"""
)
"""A word or a number with the marks of a sentence around it; nothing that only programs write."""
_DASH = re.compile(r"[–—-]{1,2}|[*•·]")
_CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿ]{2,}\b")
_MARK = re.compile(r"[^\W\d_]{2,}[.,!?…](?=\s|$)")
_LETTER = re.compile(r"[^\W\d_]")
_CODE_LINE = re.compile(r"(?m)[;{}]\s*$|^\s*(?:[$#>%]|//|/\*|--)\s|:\s*\n[ \t]+\S")
"""How lines of programs and of terminals end and begin."""
_PROSE_SHARE = 0.9
_CODE_SHARE = 0.75
"""Shares of words among what stands between blanks, above and below which a text is prose or code; between them, and
where no small word or mark of a sentence tells, nobody knows (of 120 real `<pre>`s of five projects two were taken wrong)."""


def meaning_of_preformatted(
    source: str, token: TokenTuple, meaning: TagMeaning, around: OpenElement
) -> TagMeaning:
    """Return the meaning of a tag whose content keeps its lines: prose is translated, code is not."""
    _kind, name, start, end = token
    close = source.find(f"</{name}", end)
    content = source[end : close if close >= 0 else None][:_LONG]
    tags = [source[start:end]]
    # Generators put their boxes of code into one or two elements that say so.
    outer: OpenElement | None = around
    for _step in range(2):
        if outer is not None:
            tags.append(source[outer.start : outer.content_start])
            outer = outer.outer
    match classify(" ".join(tags), content):
        case Preformatted.PROSE:
            return meaning._replace(translate=True)
        case Preformatted.UNKNOWN:
            return meaning._replace(unsure=True)
    return meaning


def classify(tags: str, content: str) -> Preformatted:
    """Return what the content of a preformatted element is; `tags` are its opening tag and those around it."""
    if _CODE_CHILD.search(content) or _CODE_CLASS.search(tags):
        return Preformatted.CODE
    text = decode_references(_TAG.sub("", content))
    pieces = text.split()
    words = sum(
        _WORD.fullmatch(piece) is not None or _DASH.fullmatch(piece) is not None
        for piece in pieces
    )
    share = words / len(pieces) if pieces else 0.0
    if share < _CODE_SHARE or _CODE_LINE.search(text):
        return Preformatted.CODE
    first = _LETTER.search(text)
    # A poem or a letter begins with a capital; `for item in items` has small words, too.
    if share < _PROSE_SHARE or first is None or first.group().islower():
        return Preformatted.UNKNOWN
    if _small_words(text) or (_MARK.search(text) and not _CAPITALS.search(text)):
        return Preformatted.PROSE
    return Preformatted.UNKNOWN


def _small_words(text: str) -> bool:
    """Whether two small words of one language stand in a text: `que`, `te`."""
    words = set(re.findall(r"[^\W\d_]{2,}", text.lower()))
    return any(len(words & small) > 1 for small in _function_words())


@cache
def _function_words() -> tuple[frozenset[str], ...]:
    return tuple(language_of(code).function_words for code in known_languages())
