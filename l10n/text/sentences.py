"""Sentence boundaries of Spanish and English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from l10n.languages import language_of
from l10n.languages.traits import Abbreviations
from l10n.model import Article, Segment

_TOKEN = r"(?:</?[a-z][a-z-]*[1-9][0-9]*/?>|</?(?:em|strong)>)"  # noqa: S105
_CLOSER = r"""["'”’»›)\]}*_]|</[a-z][a-z-]*[1-9][0-9]*>|</(?:em|strong)>"""
_BREAK = r"<br[1-9][0-9]*/>"

_CANDIDATE = re.compile(
    rf"""(?<![.!?…])(?P<stop>[.!?…]++)(?P<closers>(?>(?:{_CLOSER})*))
         (?P<gap>(?>(?:\s|{_BREAK})+))
       | \n[^\S\n]*+\n\s*+""",
    re.VERBOSE,
)
"""A terminator with white space behind it, or a blank line. Possessive, and never started inside a
run of terminators: linear on any input."""

_NEXT = re.compile(
    rf"(?P<before>(?>(?:{_TOKEN}|\s)*))(?P<opener>[\"'“‘«‹(\[{{¿¡*_]*+)(?P<dash>[-–—]?)"
    rf"(?P<more>(?>(?:{_TOKEN}|[\"'“‘«‹(\[¿¡]|\s)*))(?P<word>[^\W_]*+)",
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+[ªº]?$")
_LONGEST_WORD = 24
_OPAQUE = re.compile(r"<(?!br)[a-z-]+[0-9]+/>")
_UNSEEN = "Xx"
"""Stands for what an opaque token shows, `<code1/>`: a sentence may well start with it."""
_ONLY_TOKENS_AND_SIGNS = re.compile(rf"(?>(?:{_TOKEN}|[\W_])*)")
_ENUMERATOR = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]")
_SPACED_INITIALS = re.compile(r"(?:\b(?P<letters>[^\W\d_]{1,2})\.\s)$")
_CLOCK = re.compile(r"\b[ap]\.\s?$")
_ERA = re.compile(r"\b[ad]\.\s?$")
_CURRENCY = frozenset("$£€¥")


def split_sentences(text: str, locale: str) -> tuple[str, ...]:
    """Cut text into sentences; joined again they are the text.

    White space belongs to the sentence before it. Placeholder tokens are seen through: they
    neither make nor hide a boundary, except that a line break ends a finished sentence.
    """
    if not text:
        return ()
    cuts = [
        0,
        *_boundaries(text, language_of(locale).abbreviations),
        len(text),
    ]
    return tuple(text[a:b] for a, b in pairwise(cuts))


def segments(article: Article) -> tuple[Segment, ...]:
    """Return the sentences of every block of an article, in document order."""
    return tuple(
        Segment(sentence, index, block.unit.kind)
        for index, block in enumerate(article.blocks)
        for sentence in split_sentences(block.unit.msgid, article.locale)
    )


def _boundaries(text: str, rules: Abbreviations) -> Iterator[int]:
    first_word = _first_word(text, 0)
    for candidate in _CANDIDATE.finditer(text):
        end = candidate.end()
        if end < len(text) and _ends_sentence(text, first_word, candidate, rules):
            yield end
            first_word = _first_word(text, end)


def _first_word(text: str, start: int) -> int:
    """Return where the first word of a sentence begins."""
    signs = _ONLY_TOKENS_AND_SIGNS.match(text, start)
    return signs.end() if signs else start


def _ends_sentence(
    text: str, start: int, candidate: re.Match[str], rules: Abbreviations
) -> bool:
    """Judge one candidate; `start` is where the first word of the sentence begins."""
    at = candidate.start()
    if at <= start:
        return False
    stop = candidate["stop"]
    # A blank line.
    if stop is None:
        return True
    following = _NEXT.match(text, candidate.end())
    if following is None:
        return False
    word, lead = following["word"], following["opener"] + following["more"].strip()
    # A sentence may begin with code.
    if _OPAQUE.search(following["before"] + following["more"]):
        word = _UNSEEN
    if not word:
        return text[following.end() : following.end() + 1] in _CURRENCY
    first = word[0]
    if following["dash"] and first.islower():
        return False
    # Small letters go on, except in a question: `Dijo que sí. ¿y ahora?`
    if first.islower() and not any(sign in lead for sign in "¿¡"):
        return False
    if stop != "." or (candidate["closers"].strip("*_'’") and not _inside_token(candidate)):
        return True
    return _full_stop_ends(text, start, at, word, opened=bool(lead), rules=rules)


def _inside_token(candidate: re.Match[str]) -> bool:
    """Whether the closers are placeholder tokens alone: `<a1>Sr.</a1> Pérez`."""
    return not re.sub(_TOKEN, "", candidate["closers"])


def _full_stop_ends(
    text: str, start: int, at: int, word: str, *, opened: bool, rules: Abbreviations
) -> bool:
    """Judge one full stop before a capital letter or a digit by the word it stands behind."""
    before = text[max(start, at - _LONGEST_WORD) : at]
    last = _LAST_WORD.search(before)
    if last is None or before[: last.start()][-1:].isdigit():
        return not _ENUMERATOR.fullmatch(text, start, at)
    abbreviation = last.group()
    name = abbreviation.lower()
    starts = opened or word.lower() in rules.begins
    if len(abbreviation) == 1:
        return _initial_ends(before[: last.start()], abbreviation, word, starts, rules)
    # `1.` and `a.` at the beginning number what follows.
    if _ENUMERATOR.fullmatch(text, start, at):
        return False
    if name in rules.capital:
        return word.lower() not in rules.clock
    if name in rules.never:
        return False
    if name in rules.number:
        return opened or not (word[0].isdigit() or _is_roman(word))
    if name in rules.starter or _is_dotted(abbreviation):
        return starts
    return True


def _initial_ends(
    before: str, letter: str, word: str, starts: bool, rules: Abbreviations
) -> bool:
    """Judge the full stop of one letter: `J. Smith`, `p. 45`, `10 a. m.`, `vitamin C`."""
    name = letter.lower()
    # `a las 10 a. m. Los demás …` against `10 a. m. EST`.
    if name == "m" and _CLOCK.search(before):
        return word.lower() not in rules.clock
    # `en 44 a. C. Luego …`
    if name == "c" and _ERA.search(before):
        return True
    if letter.islower():
        # The first half of `a. C.`
        if word == "C" and name in "ad":
            return False
        numbered = name in rules.number and (word[0].isdigit() or _is_roman(word))
        return not (numbered or name in rules.never)
    if word[0].isdigit():
        return not (name in rules.number or _SPACED_INITIALS.search(before))
    return starts and len(word) > 1


def _is_dotted(word: str) -> bool:
    """Whether a word is letters with full stops between them: `U.S`, `D.C`, `EE.UU`."""
    return "." in word and all(len(part) <= 2 for part in word.split("."))


def _is_roman(word: str) -> bool:
    return word.isupper() and not word.strip("IVXLCDM")
