"""Whole articles: which segments face which, what is odd about the pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from l10n.align.alignment import Alignment, Lexicon, Translate
from l10n.align.encoders import Encode
from l10n.align.evidence import readable
from l10n.align.lexicon import word_table
from l10n.align.segments import align_segments
from l10n.errors import ArticleError
from l10n.interface import gettext as _
from l10n.languages import language_of, primary
from l10n.languages.folding import fold_for_search
from l10n.model import Article, Bead, Block, Kind, Segment, Unit
from l10n.text.sentences import split_sentences

_ASIDE = frozenset({Kind.ATTRIBUTE, Kind.METADATA})
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = 4000
"""Words of a text by which its language is told."""
_RELATED = 0.35
"""Share of the shorter text, weighed by scores, below which two articles are called unrelated."""


def align_articles(
    source: Article,
    target: Article,
    *,
    translate: Translate | None = None,
    lexicon: Lexicon | None = None,
    encode: Encode | None = None,
) -> Alignment:
    """Align an article with its existing translation.

    Running text is aligned by sentence; attributes and metadata are aligned whole, each kind with its
    own: title with title, `alt` with `alt` in order.
    """
    ours, theirs = _body(source), _body(target)
    locales, warnings = _locales(ours, theirs, source.locale, target.locale)

    def align(one: Sequence[Segment], two: Sequence[Segment]) -> tuple[Bead, ...]:
        return align_segments(
            one, two, source_locale=locales[0], target_locale=locales[1],
            translate=translate, lexicon=lexicon, encode=encode,
        )  # fmt: skip

    beads = list(align(ours, theirs))
    unrelated = _is_unrelated(ours, theirs, beads)
    if unrelated:
        warnings.append(_("these two articles do not seem to translate each other"))
    one, two = _aside(source), _aside(target)
    for context in dict.fromkeys([*one, *two]):
        group, facing = one.get(context, []), two.get(context, [])
        found = (
            [Bead(range(i, i + 1), range(i, i + 1), 0.9) for i in range(len(group))]
            if len(group) == len(facing)
            else align(group, facing)
        )
        beads += [_shift(bead, len(ours), len(theirs)) for bead in found]
        ours, theirs = (*ours, *group), (*theirs, *facing)
    return Alignment(
        source, target, tuple(ours), tuple(theirs), tuple(beads), tuple(warnings), unrelated
    )


def align_lines(
    source: Article,
    target: Article,
    *,
    translate: Translate | None = None,
    encode: Encode | None = None,
) -> Alignment:
    """Align two texts read by `read_lines`: every line is one segment, blank ones too."""
    ours, theirs = (
        tuple(
            Segment(block.unit.msgid, at, block.unit.kind)
            for at, block in enumerate(side.blocks)
        )
        for side in (source, target)
    )
    locales, warnings = _locales(ours, theirs, source.locale, target.locale)
    beads = align_segments(
        ours, theirs, source_locale=locales[0], target_locale=locales[1],
        translate=translate, encode=encode,
    )  # fmt: skip
    unrelated = _is_unrelated(ours, theirs, beads)
    if unrelated:
        warnings.append(_("these two articles do not seem to translate each other"))
    return Alignment(source, target, ours, theirs, beads, tuple(warnings), unrelated)


def read_lines(path: Path, locale: str) -> Article:
    """Read a file whose lines are segments: one block a line, blank ones too; ArticleError when it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ArticleError(error.strerror or str(error), path=path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ArticleError(_("not UTF-8"), path=path, line=line) from error
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    blocks = []
    at = 0
    for number, each in enumerate(lines, 1):
        blocks.append(Block(Unit(each.rstrip("\r")), at, at + len(each), number))
        at += len(each) + 1
    return Article(path, locale, "text", text, tuple(blocks))


def _body(article: Article) -> tuple[Segment, ...]:
    return tuple(
        Segment(sentence, index, block.unit.kind)
        for index, block in enumerate(article.blocks)
        if block.unit.kind not in _ASIDE
        for sentence in split_sentences(block.unit.msgid, article.locale)
    )


def _aside(article: Article) -> dict[str, list[Segment]]:
    """Return attributes and metadata as whole segments, by what they are."""
    found: dict[str, list[Segment]] = defaultdict(list)
    for index, block in enumerate(article.blocks):
        if block.unit.kind in _ASIDE:
            found[block.unit.context or block.unit.kind.value].append(
                Segment(block.unit.msgid, index, block.unit.kind)
            )
    return found


def _shift(bead: Bead, by_source: int, by_target: int) -> Bead:
    return Bead(
        range(bead.source.start + by_source, bead.source.stop + by_source),
        range(bead.target.start + by_target, bead.target.stop + by_target),
        bead.score,
        bead.moved,
    )


def _is_unrelated(
    source: Sequence[Segment], target: Sequence[Segment], beads: Sequence[Bead]
) -> bool:
    if not source or not target:
        return False
    sure = [0.0, 0.0]
    for bead in beads:
        sure[0] += bead.score * sum(len(source[i].text) for i in bead.source)
        sure[1] += bead.score * sum(len(target[j].text) for j in bead.target)
    shares = [
        weighed / max(1, sum(len(segment.text) for segment in side))
        for weighed, side in zip(sure, (source, target), strict=True)
    ]
    return max(shares) < _RELATED


def guess_language(texts: Sequence[str]) -> str | None:
    """Return the language of the built-in word table whose commonest words stand in some texts.

    None where no language is clearly ahead.
    """
    matches = (match for text in texts for match in _WORD.findall(readable(text)))
    words = [fold_for_search(word) for word in islice(matches, _WORDS)]
    function_words = word_table().function_words
    counts = dict.fromkeys(function_words, 0)
    for language, stems in function_words.items():
        # `a`, `no`, `me` say nothing: the other language has them, too.
        shared = (other for code, other in function_words.items() if code != language)
        own = stems.difference(*shared)
        cut = language_of(language).stem
        counts[language] = sum(cut(word) in own for word in words)
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    is_clear = counts[best] >= 5 and counts[best] > 2 * counts[second]
    return best if is_clear else None


def _locales(
    source: Sequence[Segment], target: Sequence[Segment], source_locale: str, target_locale: str
) -> tuple[tuple[str, str], list[str]]:
    """Return the locales the texts are really in, and what is odd about them."""
    said = (source_locale, target_locale)
    seen = [guess_language([segment.text for segment in side]) for side in (source, target)]
    claimed = [primary(locale) for locale in said]
    if None not in seen and seen[0] == seen[1] and claimed[0] != claimed[1]:
        return (str(seen[0]), str(seen[0])), [
            _("both texts seem to be in the same language: {locale}").format(locale=seen[0])
        ]
    if seen[0] == claimed[1] and seen[1] == claimed[0] and claimed[0] != claimed[1]:
        return (target_locale, source_locale), [
            _("the languages seem to be swapped: {source} is written in {locale}").format(
                source=_("the source"), locale=seen[0]
            )
        ]
    return said, []
