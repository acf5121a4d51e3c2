"""What the panes say about a unit, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Origin, State
from l10n.text.doubts import in_words
from l10n.text.markup import plain
from l10n.text.percent import share
from tui.advice import SourceTerm
from tui.figures import figure
from tui.marks import Mark, content, difference, one_line, placeholder_marks, visible
from tui.names import STATE_NAMES, describe_kind, describe_origin, describe_remark
from tui.widgets.panes import ADDED, DIM, MARK_STYLES, REMOVED
from tui.widgets.segment_list import GLYPHS

if TYPE_CHECKING:
    from l10n.catalog import Entry
    from l10n.review.session import Session

_NEIGHBOURS = 2
_LONG = 20_000


def source(session: Session, terms: Sequence[Mark]) -> tuple[Content, str]:
    """Return the source with placeholders and terms marked, and the pane's title."""
    entry, text = session.entry, session.source
    marks = [*placeholder_marks(text), *terms]
    parts = [
        session.judge.source_locale,
        describe_kind(entry.extracted),
        entry.msgctxt or "",
        _size(text),
    ]
    title = _("Source") + " " + " · ".join(part for part in parts if part)
    painted = content(text, marks if len(text) < _LONG else [], MARK_STYLES)
    return (painted.stylize_before("bold") if entry.msgid_plural else painted), title


def other_source(session: Session) -> list[Content]:
    """Return the plural while one edits the singular, and the other way round; maybe nothing."""
    entry = session.entry
    if not entry.msgid_plural:
        return []
    is_plural = session.form > 0
    label = _("singular: ") if is_plural else _("plural: ")
    other = entry.msgid if is_plural else entry.msgid_plural
    return [Content.styled(label + visible(other), DIM)]


def previous_source(entry: Entry) -> list[Content]:
    """Return what the source said when it was translated, against what it says now; maybe nothing."""
    if entry.previous_msgid is None or entry.previous_msgid == entry.msgid:
        return []
    changed = difference(entry.previous_msgid, entry.msgid, REMOVED, ADDED)
    label = _("in the memory: ") if entry.origin is Origin.TM else _("changed: ")
    return [Content.assemble((label, DIM), changed)]


def terms(source_terms: Iterable[SourceTerm]) -> list[Content]:
    """Return the glossary's terms of a source on one line; maybe none."""
    unique: dict[str, str] = {}
    for source_term in source_terms:
        unique.setdefault(source_term.term, " / ".join(source_term.translations))
    if not unique:
        return []
    parts: list[str | tuple[str, str]] = [(_("glossary: "), DIM)]
    for number, (term, translations) in enumerate(unique.items()):
        parts += ["  " if number else "", (term, MARK_STYLES["term"]), f" → {translations}"]
    return [Content.assemble(*parts)]


def target_title(session: Session) -> str:
    """Return the editor's title: locale, state, where the draft came from, lengths of translation and source."""
    entry = session.entry
    is_changed = session.text != entry.msgstrs[session.form]
    state = State.DRAFT if is_changed else entry.state
    # What is typed over a reviewed text is reviewed by nobody.
    name = _("changed") if is_changed else _(STATE_NAMES[state])
    parts = [session.judge.target_locale, f"{GLYPHS[state]} {name}"]
    forms = len(entry.msgstrs)
    if forms > 1:  # first of what may be cut
        parts.append(_("form {number} of {total}").format(number=session.form + 1, total=forms))
    stamp = entry.stamp
    if entry.origin is not None:
        parts.append(describe_origin(entry.origin, dict(stamp.fields) if stamp else {}))
    elif stamp is not None and stamp.reviewer:
        name = stamp.reviewer
        if entry.waits_for_second and not is_changed:
            name = _("{name}, 1 of 2").format(name=name)
        parts.append(name)
        if stamp.has_two_reviewers:
            parts.append(stamp.second or "")
    if session.read_only:
        parts.append(_("read only"))
    parts.append(f"{figure(len(plain(session.text)))}/{figure(len(plain(session.source)))}")
    return _("Translation") + " " + " · ".join(parts)


def context(session: Session, width: int) -> list[Content]:
    """Return notes, what the article says of the unit, and its neighbours: one line each."""
    entry, row = session.entry, session.position
    lines: list[Content] = []
    lines += [Content.styled(visible(f"✎ {note}"), "bold") for note in entry.notes]
    if entry.origin is not None and entry.stamp is not None and entry.stamp.doubts:
        lines.append(Content.styled(f"≈ {in_words(entry.stamp.doubts)}", DIM))
    lines += [
        Content.styled(visible(f"# {describe_remark(line)}"), DIM)
        for line in session.remarks
        if not line.startswith("kind: ")
    ]
    repeats = len(session.repeats(row))
    if repeats:
        lines.append(
            Content.styled(
                ngettext(
                    "{number} more unit has this source (e fills it)",
                    "{number} more units have this source (e fills them)",
                    repeats,
                ).format(number=repeats),
                DIM,
            )
        )
    lines.append(Content.styled("─" * width, "$border-blurred"))
    for other in session.neighbours(row, _NEIGHBOURS):
        neighbour = session.entries[other]
        sign = "▸" if other == row else " "
        number = f"{sign} {other + 1} "
        room = max(10, width - len(number) - 1)
        text = session.text_of(neighbour)
        source = Content.assemble((number, DIM), one_line(neighbour.msgid, 400))
        lines.append(source.truncate(width, ellipsis=True))
        if other != row:
            target = Content.styled(one_line(text, 400) or "—", DIM).truncate(
                room, ellipsis=True
            )
            lines.append(Content.assemble(" " * len(number), target))
    return lines


def status(session: Session, safety: Content, width: int = 0) -> tuple[Content, Content]:
    """Return the status line: what and how far; filter and safety."""
    total = len(session.entries)
    place = session.position + 1 if total else 0
    pair = f"{session.judge.source_locale}→{session.judge.target_locale}"
    left: list[str | tuple[str, str]] = [
        (f" {visible(session.name)} ", "bold"),
        (f"{visible(session.reviewer)} ", DIM),
        f"{pair}  {figure(place)}/{figure(total)}  ",
    ]
    counts = session.index.counts
    if session.index.is_prepared and total:
        for state, glyph in reversed(GLYPHS.items()):
            if counts[state]:
                style = f"$l10n-{state.value}"
                left.append((f"{glyph}{share(counts[state], total)} ", style))
        words = session.index.words_open
        text = ngettext("{number} word left", "{number} words left", words)
        whole = Content.assemble(*left, " " + text.format(number=figure(words)))
        # Half a number would be another number.
        if not width or whole.cell_length + safety.cell_length < width:
            left.append(whole.plain[len(Content.assemble(*left).plain) :])
    right: list[str | tuple[str, str] | Content] = []
    if session.query.problem:
        right.append((f"{visible(session.query.problem)}  ", "$l10n-warning"))
    elif session.query.terms:
        number = len(session.visible)
        right.append(
            (
                ngettext("{number} shown", "{number} shown", number).format(
                    number=figure(number)
                )
                + "  ",
                "$l10n-warning",
            )
        )
    right.append(safety)
    return Content.assemble(*left), Content.assemble(*right)


def _size(text: str) -> str:
    length = len(plain(text))
    return ngettext("{number} character", "{number} characters", length).format(
        number=figure(length)
    )
