"""The rule about links: each stands around the words that it stands around in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.model import Severity
from l10n.text.lexicon import has_counterpart, is_listed, may_face
from l10n.text.markup import TOKEN

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_LINK = re.compile(r"<(a[1-9]\d*)>(.*?)</\1>", re.DOTALL)
_ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{5,}")


@rule(
    "placeholder-swapped",
    Severity.WARNING,
    N_("a link stands around other words"),
    N_(
        "A link of the translation stands around other words than in the source: around a name or number that another link "
        "encloses there, or, by a table of several thousand words, around words that are outside of it there, while its own "
        "are outside here. The page would be valid, and readers would land in the wrong place."
    ),
    Example(
        "Read <a1>the 2024 report</a1> and <a2>the 2025 budget</a2>.",
        "Lea <a2>el informe de 2024</a2> y <a1>el presupuesto de 2025</a1>.",
        "Lea <a1>el informe de 2024</a1> y <a2>el presupuesto de 2025</a2>.",
    ),
    Example(
        "Vea <a1>el plano de Sevilla</a1> y <a2>los horarios</a2>.",
        "See <a1>the timetables</a1> and <a2>the map of Seville</a2>.",
        "See <a2>the timetables</a2> and <a1>the map of Seville</a1>.",
        "en",
        "es",
    ),
)
def find_swapped(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find links that stand around each other's words, or around others than theirs."""
    if "<a" not in pair.source_raw or "<a" not in pair.target_raw:
        return
    hits = [*_exchanged_links(pair), *_astray_links(pair, context)]
    yield from {hit.start: hit for hit in reversed(hits)}.values()


def _astray_links(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Yield links of which the table of words tells that they stand around other words than in the source."""
    languages = context.source_language.code, context.target_language.code
    sources = {match[1]: match for match in _LINK.finditer(pair.source_raw)}
    targets = {
        match[1]: match for match in _LINK.finditer(pair.target_raw) if match[1] in sources
    }
    # More are a list: each is compared with each other.
    if len(targets) > _MOST_LINKS:
        return
    for name, match in targets.items():
        inside, there = _words(sources[name][2]), _words(match[2])
        if may_face(inside, there, languages, 1):
            continue
        elsewhere, outside = _around(match), _around(sources[name])
        is_outside = any(has_counterpart(word, elsewhere, languages) for word in inside)
        if (is_outside and _face_surely(there, outside, languages[::-1])) or any(
            _face_surely(inside, _words(other[2]), languages)
            and not _face_surely(_words(sources[key][2]), _words(other[2]), languages)
            for key, other in targets.items()
            if key != name
        ):
            message = _("{link} stands around other words than in the source")
            yield Hit(message.format(link=f"<{name}>"), *match.span(), raw=True)


_MOST_LINKS = 20


def _words(text: str) -> list[str]:
    return WORD.findall(TOKEN.sub(" ", text).lower())


def _around(link: re.Match[str]) -> list[str]:
    return _words(f"{link.string[: link.start()]} {link.string[link.end() :]}")


def _face_surely(
    words: Iterable[str], others: Sequence[str], languages: tuple[str, str]
) -> bool:
    """Whether every word of a text that the table has, one at least, has its counterpart in the other."""
    listed = [word for word in words if is_listed(word, *languages)]
    return bool(listed) and all(has_counterpart(word, others, languages) for word in listed)


def _exchanged_links(pair: Pair) -> Iterator[Hit]:
    """Yield links that stand around each other's words: what names and numbers of both languages share tells it."""
    source_anchors = {match[1]: _anchors(match[2]) for match in _LINK.finditer(pair.source_raw)}
    places = {match[1]: match for match in _LINK.finditer(pair.target_raw)}
    target_anchors = {name: _anchors(match[2]) for name, match in places.items()}
    for name, other in _crossed(source_anchors, target_anchors):
        message = _("{one} and {other} seem to be exchanged")
        yield Hit(
            message.format(one=f"<{name}>", other=f"<{other}>"),
            *places[name].span(),
            raw=True,
        )


def _crossed(
    source: Mapping[str, frozenset[str]], target: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Return the pairs of links of which one stands around words of the other, in order."""
    # One shared word on the right side is enough to believe the translator.
    doubtful = [
        name for name in source.keys() & target.keys() if not source[name] & target[name]
    ]
    # By word, for a page may have thousands of links: each with every other took seconds.
    standing: dict[str, list[str]] = {}
    for name in doubtful:
        for word in target[name]:
            standing.setdefault(word, []).append(name)
    pairs = {
        (min(name, other), max(name, other))
        for name in doubtful
        for word in source[name]
        for other in standing.get(word, ())
    }
    return sorted(pairs)


def _anchors(text: str) -> frozenset[str]:
    """Return the numbers of a text, and the beginnings of its longer words, which names and cognates share."""
    # Five letters are what names and cognates keep in the other language: Sevilla, Seville.
    bare = fold_for_search(TOKEN.sub(" ", text))
    return frozenset(word[:5] for word in _ANCHOR.findall(bare))
