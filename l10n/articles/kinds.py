"""What the words of a short text tell about its kind, in any language whose words the desk knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from l10n.languages import known_languages, language_of
from l10n.languages.traits import PageWords
from l10n.model import Kind

SENTENCE_ENDS = ".!…"
"""What a label, a title or a byline does not end in."""
_LABEL_WORDS = 5
_BOILERPLATE_WORDS = 9
_CAPTION_WORDS = 40
_PARAGRAPH_LENGTH = 80
"""Characters beyond which a text is a paragraph whatever its words."""
_QUESTION_LENGTH = 200
_AGENCIES = r"/ ?(?:efe|afp|ap|reuters|getty|europa press)\b|\((?:efe|afp|ap|reuters|getty(?: images)?|ap photo)\b"
"""Makers of pictures, behind a name or in brackets: the same in every language."""


def is_question(text: str) -> bool:
    """Whether the text is one short question."""
    return (
        text.rstrip(" »”\"'").endswith("?")
        and len(text) < _QUESTION_LENGTH
        and not re.search(r"[.!?…] ", text)
    )


def is_faq_title(text: str) -> bool:
    """Whether the text is the heading of a section of questions and answers."""
    return _faq_title().fullmatch(text) is not None


def begins_author_box(text: str) -> bool:
    """Whether the text stands before an author's box at the end of an article."""
    return _author_box().match(text) is not None


def begins_byline(text: str) -> bool:
    """Whether the text begins like a line that names the author; a byline is short, too."""
    return _byline().match(text) is not None


def is_label(text: str) -> bool:
    """Whether the text is a few words ending in a colon."""
    return text.endswith(":") and len(text.split()) <= _LABEL_WORDS


def is_boilerplate(text: str) -> bool:
    """Whether the text is site furniture such as “Related articles”."""
    return _furniture().match(text) is not None and len(text.split()) <= _BOILERPLATE_WORDS


def is_credit(text: str) -> bool:
    """Whether the text is a short one that carries a photo credit, as captions do."""
    return _credit().search(text) is not None and len(text.split()) <= _CAPTION_WORDS


@lru_cache(maxsize=4096)
def of_paragraph(text: str) -> Kind:
    """Return the kind of a text that its surroundings call a paragraph."""
    # Remembered, for menus and footers say the same on every page of a site.
    if len(text) > _PARAGRAPH_LENGTH or text[-1:] in SENTENCE_ENDS:
        return Kind.PARAGRAPH
    if is_label(text):
        return Kind.LABEL
    if is_boilerplate(text):
        return Kind.BOILERPLATE
    if begins_byline(text) and len(text.split()) <= _BOILERPLATE_WORDS:
        return Kind.AUTHOR
    return Kind.PARAGRAPH


@cache
def _faq_title() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(lambda words: words.questions)})\W*", re.IGNORECASE)


@cache
def _author_box() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(lambda words: words.author_box)})\b", re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    # In capitals throughout it may be any line: POR FAVOR.
    begins = _any(lambda words: "|".join((*words.byline, *map(str.capitalize, words.byline))))
    return re.compile(rf"(?:{begins})[ \xa0]+[A-ZÀ-ÖØ-Þ]")


@cache
def _credit() -> re.Pattern[str]:
    pictures = _any(lambda words: words.pictures)
    return re.compile(
        rf"©|\(c\)|\b(?:{pictures})\b ?[:/(]|{_AGENCIES}|\bgetty images\b", re.IGNORECASE
    )


@cache
def _furniture() -> re.Pattern[str]:
    words = _any(lambda words: words.furniture)
    rights = "(?:copyright )?© ?(?:19|20)[0-9]{2}|copyright"
    return re.compile(rf"(?:{words}|{rights})\b", re.IGNORECASE)


def _any(field: Callable[[PageWords], str]) -> str:
    """Return an expression for the words of every language: a page may quote the furniture of another."""
    by_language = (language_of(code).page_words for code in known_languages())
    return "|".join(field(words) for words in by_language if words is not None) or r"(?!)"
