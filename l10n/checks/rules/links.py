"""The rule about links: each stands around the words that it stands around in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.model import Severity
from l10n.text.lexicon import Counterparts, is_listed, may_face
from l10n.text.markup import TOKEN

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_LINK = re.compile(r"<(/?)(a[1-9]\d*)>")
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
    links = _links(pair.source_raw), _links(pair.target_raw)
    hits = [*_exchanged_links(*links), *_astray_links(*links, context)]
    yield from {hit.start: hit for hit in reversed(hits)}.values()


class _Link(NamedTuple):
    """A link in a text that has it."""

    text: str
    start: int
    end: int
    inside: str

    @property
    def words(self) -> frozenset[str]:
        """The different words that it stands around."""
        return _words(self.inside)

    @property
    def around(self) -> frozenset[str]:
        """The other words of its text."""
        return _words(f"{self.text[: self.start]} {self.text[self.end :]}")


def _links(text: str) -> dict[str, _Link]:
    """Return the links of a text by their names, `a1`; none stands in another."""
    links: dict[str, _Link] = {}
    opened: re.Match[str] | None = None
    for tag in _LINK.finditer(text):
        if not tag[1]:
            opened = tag
        elif opened is not None and opened[2] == tag[2]:
            inside = text[opened.end() : tag.start()]
            links[tag[2]] = _Link(text, opened.start(), tag.end(), inside)
            opened = None
    return links


def _astray_links(
    sources: Mapping[str, _Link], targets: Mapping[str, _Link], context: CheckContext
) -> Iterator[Hit]:
    """Yield links of which the table of words tells that they stand around other words than in the source."""
    languages = context.source_language.code, context.target_language.code
    shared = {name: link for name, link in targets.items() if name in sources}
    # More are a list: each is compared with each other.
    if len(shared) > _MOST_LINKS:
        return
    for name, link in shared.items():
        inside, there = sources[name].words, link.words
        if may_face(inside, there, languages, 1):
            continue
        elsewhere = Counterparts(link.around, languages)
        is_outside = any(word in elsewhere for word in inside)
        if (is_outside and _face_surely(there, sources[name].around, languages[::-1])) or any(
            _face_surely(inside, other.words, languages)
            and not _face_surely(sources[key].words, other.words, languages)
            for key, other in shared.items()
            if key != name
        ):
            message = _("{link} stands around other words than in the source")
            yield Hit(message.format(link=f"<{name}>"), link.start, link.end, raw=True)


_MOST_LINKS = 20


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(TOKEN.sub(" ", text).lower()))


def _face_surely(
    words: Iterable[str], others: Iterable[str], languages: tuple[str, str]
) -> bool:
    """Whether every word of a text that the table has, one at least, has its counterpart in the other."""
    listed = [word for word in words if is_listed(word, *languages)]
    there = Counterparts(others if listed else (), languages)
    return bool(listed) and all(word in there for word in listed)


def _exchanged_links(
    sources: Mapping[str, _Link], targets: Mapping[str, _Link]
) -> Iterator[Hit]:
    """Yield links that stand around each other's words: what names and numbers of both languages share tells it."""
    source_anchors, target_anchors = (
        {name: _anchors(link.inside) for name, link in links.items()}
        for links in (sources, targets)
    )
    for name, other in _crossed(source_anchors, target_anchors):
        message = _("{one} and {other} seem to be exchanged")
        yield Hit(
            message.format(one=f"<{name}>", other=f"<{other}>"),
            targets[name].start,
            targets[name].end,
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
