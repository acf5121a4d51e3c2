"""What a text without markup of its own is: prose such as a poem or a sentence, code, or something nobody can tell."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from l10n.languages import known_languages, language_of
from l10n.model import Reason
from l10n.text.references import decode_references


class Preformatted(Enum):
    """What a preformatted text is to a translator."""

    PROSE = "prose"
    CODE = "code"
    UNKNOWN = "unknown"


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
_CODE_LINE = re.compile(r"(?m)[;{}][ \t\r]*$|^[ \t]*(?:[$#>%]|//|/\*|--)\s|:\s*\n[ \t]+\S")
"""How lines of programs and of terminals end and begin."""
LONG = 20_000
"""Characters of a text that are looked at to tell what it is."""
_SAYING = 4
"""Words from which a text with a small one among them is prose: *if a then b* is rarer than prose in such places."""
_PROSE_SHARE = 0.9
_CODE_SHARE = 0.75
"""Shares of words among what stands between blanks, above and below which a text is prose or code; between them, and
where no small word or mark of a sentence tells, nobody knows (of 120 real `<pre>`s of five projects two were taken wrong)."""


def classify(tags: str, content: str) -> Preformatted:
    """Return what the content of a preformatted element is; `tags` are its opening tag and those around it."""
    if _CODE_CHILD.search(content) or _CODE_CLASS.search(tags):
        return Preformatted.CODE
    text = without_markup(content)
    share = _share_of_words(text)
    if share < _CODE_SHARE or _CODE_LINE.search(text):
        return Preformatted.CODE
    first = _LETTER.search(text)
    # A poem or a letter begins with a capital; `for item in items` has small words, too.
    if share < _PROSE_SHARE or first is None or first.group().islower():
        return Preformatted.UNKNOWN
    if _small_words(text) > 1 or (_MARK.search(text) and not _CAPITALS.search(text)):
        return Preformatted.PROSE
    return Preformatted.UNKNOWN


def reason_of_code(content: str) -> Reason:
    """Return why code in a sentence is not offered: where it reads as a sentence, the desk cannot tell."""
    is_prose = classify("", without_markup(content)) is Preformatted.PROSE
    return Reason.UNREAD if is_prose else Reason.CODE


def without_markup(content: str) -> str:
    """Return the text of a piece of HTML, of the beginning of one that is long."""
    content = content[:LONG]
    # Behind the last `>` no tag ends: none is looked for from every `<` there.
    end = content.rfind(">") + 1
    return decode_references(_TAG.sub("", content[:end]) + content[end:])


def reads_as_prose(text: str) -> bool:
    """Whether a short text, of an element or a field that may hold code or data, is one that people say: *Nothing was found today*."""
    text = text[:LONG]
    is_worded = _share_of_words(text) >= _PROSE_SHARE and not _CODE_LINE.search(text)
    return is_worded and len(text.split()) >= _SAYING and _small_words(text) > 0


def _share_of_words(text: str) -> float:
    """Return the share of words among what stands between blanks."""
    pieces = text.split()
    words = sum(
        _WORD.fullmatch(piece) is not None or _DASH.fullmatch(piece) is not None
        for piece in pieces
    )
    return words / len(pieces) if pieces else 0.0


def _small_words(text: str) -> int:
    """Return how many small words of one language stand in a text: `que`, `te`."""
    words = set(re.findall(r"[^\W\d_]{2,}", text.lower()))
    return max(len(words & small) for small in _function_words())


@cache
def _function_words() -> tuple[frozenset[str], ...]:
    return tuple(language_of(code).function_words for code in known_languages())
