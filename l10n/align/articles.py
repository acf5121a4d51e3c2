"""Whole articles: which segments face which, what is odd about the pair."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from l10n.align.alignment import Alignment, Lexicon, Translate
from l10n.align.encoders import Encode
from l10n.align.evidence import readable
from l10n.align.hanging import ASIDE, hang, hung_segments, pair_hung
from l10n.align.segments import Sides, align_segments
from l10n.errors import ArticleError, UsageError
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.model import Article, Bead, Block, Segment, Unit
from l10n.text.language import can_judge, main_language
from l10n.text.sentences import split_sentences

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

    Running text is aligned by sentence; attributes and metadata are paired whole, title with title and
    `alt` with `alt`, by what they hang on and what they say.
    """
    body = _body(source), _body(target)
    locales = source.locale, target.locale
    warnings = _check_languages(body, (source, target))

    def align(group: Sequence[Segment], facing: Sequence[Segment]) -> tuple[Bead, ...]:
        return align_segments(
            group, facing, source_locale=locales[0], target_locale=locales[1],
            translate=translate, lexicon=lexicon, encode=encode,
        )  # fmt: skip

    beads = list(align(*body))
    # Attributes and metadata are no evidence: a page may keep the title and lose the article.
    unrelated = _is_unrelated(body, beads)
    if unrelated:
        warnings.append(_("these two articles do not seem to translate each other"))
    segments, facing_segments = list(body[0]), list(body[1])
    facing_blocks = _facing_blocks(body, beads)
    aside, facing_aside = hang(source), hang(target)
    for context in dict.fromkeys([*aside, *facing_aside]):
        group, facing = aside.get(context, []), facing_aside.get(context, [])
        shift = len(segments), len(facing_segments)
        beads += [
            _shifted(bead, *shift)
            for bead in pair_hung(
                (source, group), (target, facing), facing_blocks,
                locales=locales, translate=translate, lexicon=lexicon,
            )
        ]  # fmt: skip
        segments += hung_segments(source, group)
        facing_segments += hung_segments(target, facing)
    return Alignment(
        source, target, tuple(segments), tuple(facing_segments), tuple(beads), tuple(warnings), unrelated
    )  # fmt: skip


def align_lines(
    source: Article,
    target: Article,
    *,
    translate: Translate | None = None,
    encode: Encode | None = None,
) -> Alignment:
    """Align two texts read by `read_lines`: every line is one segment, blank ones too."""
    segments = _line_segments(source), _line_segments(target)
    warnings = _check_languages(segments, (source, target))
    beads = align_segments(
        *segments, source_locale=source.locale, target_locale=target.locale,
        translate=translate, encode=encode,
    )  # fmt: skip
    unrelated = _is_unrelated(segments, beads)
    if unrelated:
        warnings.append(_("these two articles do not seem to translate each other"))
    return Alignment(source, target, *segments, beads, tuple(warnings), unrelated)


def _line_segments(article: Article) -> tuple[Segment, ...]:
    units = (block.unit for block in article.blocks)
    return tuple(Segment(unit.msgid, at, unit.kind) for at, unit in enumerate(units))


def read_lines(path: Path, locale: str) -> Article:
    """Read a file whose lines are segments: one block a line, blank ones too; ArticleError when it cannot be read."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise ArticleError(error.strerror or str(error), path=path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ArticleError(_("not UTF-8"), path=path, line=line) from error
    # Not splitlines(): a line separator within a segment would shift all that follow.
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    blocks = []
    at = 0
    for number, content in enumerate(lines, 1):
        blocks.append(Block(Unit(content.rstrip("\r")), at, at + len(content), number))
        at += len(content) + 1
    return Article(path, locale, "text", text, tuple(blocks))


def _body(article: Article) -> tuple[Segment, ...]:
    return tuple(
        Segment(sentence, index, block.unit.kind)
        for index, block in enumerate(article.blocks)
        if block.unit.kind not in ASIDE
        for sentence in split_sentences(block.unit.msgid, article.locale)
    )


def _facing_blocks(sides: Sides, beads: Sequence[Bead]) -> dict[tuple[int, int], float]:
    """Return the best score of the beads between each two blocks."""
    facing: dict[tuple[int, int], float] = {}
    for bead in beads:
        for pair in {
            (sides[0][i].block, sides[1][j].block) for i in bead.source for j in bead.target
        }:
            facing[pair] = max(bead.score, facing.get(pair, 0.0))
    return facing


def _shifted(bead: Bead, by_source: int, by_target: int) -> Bead:
    return replace(
        bead,
        source=range(bead.source.start + by_source, bead.source.stop + by_source),
        target=range(bead.target.start + by_target, bead.target.stop + by_target),
    )


def _is_unrelated(sides: Sides, beads: Sequence[Bead]) -> bool:
    source, target = sides
    if not source or not target:
        return False
    sure = [0.0, 0.0]
    for bead in beads:
        sure[0] += bead.score * sum(len(source[i].text) for i in bead.source)
        sure[1] += bead.score * sum(len(target[j].text) for j in bead.target)
    shares = [
        weighed / max(1, sum(len(segment.text) for segment in side))
        for weighed, side in zip(sure, sides, strict=True)
    ]
    # The better side decides: a summary of a long article has all of itself in it.
    return max(shares) < _RELATED


def _check_languages(sides: Sides, articles: tuple[Article, Article]) -> list[str]:
    """Return what is odd about the languages of two texts.

    Raises UsageError where both are in one language, or each is in the other's: whatever would be written then is
    no translation.
    """
    locales = [article.locale for article in articles]
    unknown = [locale for locale in dict.fromkeys(locales) if not can_judge(locale)]
    if unknown:
        names = ", ".join(unknown)
        return [
            _("no words of {languages} are known here: scores say less").format(languages=names)
        ]
    spoken = [main_language(readable(segment.text) for segment in side) for side in sides]
    claimed = [primary(locale) for locale in locales]
    if None in spoken or claimed[0] == claimed[1] or spoken == claimed:
        return []
    source, target = (shlex.quote(str(article.path)) for article in articles)
    if spoken[0] == spoken[1]:
        wrong = 0 if spoken[0] == claimed[1] else 1
        files = [source, target]
        files[wrong] = (_("TRANSLATION") if wrong else _("SOURCE")) + "." + claimed[wrong]
        raise UsageError(
            _("both texts are in the same language: {locale}").format(locale=spoken[0]),
            path=articles[wrong].path,
            hint="l10n align {} {}".format(*files),
        )
    raise UsageError(
        _("the languages are swapped: {source} is written in {locale}").format(
            source=_("the source"), locale=spoken[0]
        ),
        path=articles[0].path,
        hint=f"l10n align {target} {source} --from {locales[0]} --to {locales[1]}",
    )
