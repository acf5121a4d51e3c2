"""The bilingual preview: source and translation side by side, state and changes shown, for reading and printing."""

from __future__ import annotations

import difflib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from l10n.articles.emphasis import entry_takes_emphasis
from l10n.catalog import Catalog, Entry
from l10n.export.choices import last_review
from l10n.export.languages import autonym, text_direction
from l10n.export.pages.list_marks import list_marks
from l10n.export.pages.maker import page_maker
from l10n.export.previews.field_names import field_name
from l10n.export.templates import read_template, render_template
from l10n.interface import gettext as _
from l10n.interface import language, ngettext
from l10n.model import Article, Block, Counts, Kind, Origin, Severity, State, Unit
from l10n.text import markup

MachineDraft = Callable[[str, str], str | None]
"""Returns what an engine drafted for (target locale, msgid) before a person changed it; None when unknown."""

_Drafted = Callable[[str], str | None]

SYMBOLS: Mapping[State, str] = {
    State.REVIEWED: "✔",
    State.TRANSLATED: "●",
    State.DRAFT: "◐",
    State.UNTRANSLATED: "○",
}
"""A shape for each state: nothing is told by colour alone."""

_COMPARED = 4_000_000
"""Pairs of words up to which two texts are compared word by word: 2,000 words against 2,000."""

_WORD = re.compile(r"\s+|[\w’'-]+|[^\w\s]")
_ELEMENTS = frozenset({
    "b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "mark", "q", "cite", "code", "kbd", "del", "ins",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the preview."""

    number: int
    """Its place on the page, from 1; 0 while that is open."""
    kind: str
    """What it is on the page; of list items the mark tells more."""
    mark: str
    """Bullet, number or box of a list item, as the page has it."""
    context: str
    field: str
    """The context in words of the interface language; empty where an author chose it."""
    source: Markup
    target: Markup
    """Empty when there is nothing to show."""
    state: str
    """`reviewed`, `translated`, `draft`, `untranslated`."""
    symbol: str
    label: str
    """The state in words, with where a draft comes from or who else than the main reviewer reviewed it."""
    problems: tuple[str, ...] = ()
    machine: Markup = Markup()  # noqa: RUF009 - immutable
    """Word by word, what a person made of the machine draft."""
    was: Markup = Markup()  # noqa: RUF009 - immutable
    """Word by word, how the source changed since it was translated."""
    notes: tuple[str, ...] = ()
    repeats: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it still."""
        return self.state != str(State.REVIEWED) or bool(self.problems)


def render_bilingual(
    article: Article,
    catalog: Catalog,
    *,
    target: str,
    name: str = "",
    machine: MachineDraft | None = None,
    index: str = "",
) -> str:
    """Return the preview of an article as one HTML file that loads nothing and runs nothing.

    `index` is the address of the page that leads to all of them; one that goes on its own has none.
    """
    drafted = partial(machine, target) if machine is not None else _nothing
    reviewer = _main_reviewer(catalog)
    rows = tuple(_rows(article, catalog, drafted, reviewer))
    # Numbered as they are shown: what is not in the body comes after it.
    body = [row for row in rows if not row.context]
    extra = [row for row in rows if row.context]
    body, extra = (
        [replace(row, number=number) for number, row in enumerate(side, start)]
        for side, start in ((body, 1), (extra, len(body) + 1))
    )
    style = read_template("bilingual.css")
    return render_template(
        "bilingual.html",
        title=article_title(article),
        name=name or article.path.name,
        lang=language(),
        source=_side(article.locale),
        target=_side(target),
        body=body,
        extra=extra,
        reviewed=_reviewed_by(reviewer, catalog),
        is_open=any(row.is_open for row in rows),
        counts=state_counts(catalog.counts()),
        words=_labels(),
        index=index,
        stylesheet=Markup(style),  # noqa: S704 - ours
        policy=content_policy(style),
    )


def content_policy(style: str) -> str:
    """Return the Content-Security-Policy of a page with one inline style and nothing else."""
    digest = b64encode(sha256(f"\n{style}".encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _side(tag: str) -> dict[str, str]:
    return {"lang": tag, "dir": text_direction(tag), "name": autonym(tag)}


def article_title(article: Article) -> str:
    """Return the headline of an article in its own language, or the next best thing it has."""
    # Where front matter has the title, the first heading of the text is that of a section.
    kinds = (
        lambda unit: unit.kind is Kind.HEADLINE,
        lambda unit: unit.context == "meta:title",
        lambda unit: unit.kind is Kind.HEADING,
        lambda unit: unit.kind is Kind.METADATA,
    )
    for fits in kinds:
        for block in article.blocks:
            if fits(block.unit):
                return _HEADING_ID.sub("", markup.plain(block.unit.msgid))
    return article.path.stem


_HEADING_ID = re.compile(r"\s*\{:?\s*#[^{}]*\}\s*$")
"""What MkDocs and kramdown write behind a heading that has a name to link to."""


def state_counts(counts: Counts) -> list[dict[str, object]]:
    """Return each state with its symbol, number, share and words such as “4 drafts”, in the order of a bar."""
    numbers = {
        State.REVIEWED: counts.reviewed,
        State.TRANSLATED: counts.translated - counts.reviewed,
        State.DRAFT: counts.draft,
        State.UNTRANSLATED: counts.untranslated,
    }
    total = max(counts.total, 1)
    bars: list[dict[str, object]] = []
    place = 0.0
    for state, number in numbers.items():
        width = round(100 * number / total, 3)
        bars.append(
            {
                "state": str(state),
                "symbol": SYMBOLS[state],
                "label": _counted(state, number),
                "number": number,
                "start": round(place, 3),
                "width": width,
            }
        )
        place += width
    return bars


def state_name(state: State) -> str:
    """Return a state in the interface language."""
    names = {
        State.REVIEWED: _("reviewed"),
        State.TRANSLATED: _("translated"),
        State.DRAFT: _("draft"),
        State.UNTRANSLATED: _("untranslated"),
    }
    return names[state]


def _counted(state: State, number: int) -> str:
    """Return how many passages have a state, in the interface language."""
    texts = {
        State.REVIEWED: ngettext("{n} reviewed", "{n} reviewed", number),
        State.TRANSLATED: ngettext("{n} translated", "{n} translated", number),
        State.DRAFT: ngettext("{n} draft", "{n} drafts", number),
        State.UNTRANSLATED: ngettext("{n} untranslated", "{n} untranslated", number),
    }
    return texts[state].format(n=format_decimal(number, locale=language()))


def _labels() -> dict[str, str]:
    return {
        "metadata": _("Title, description and other texts not in the body"),
        "machine": _("changed from the machine draft"),
        "was": _("the source has changed"),
        "omitted": _("left out on purpose"),
        "preview": _("Side by side"),
        "index": _("All articles"),
        "state": _("State"),
        "legend": _("States"),
        "open": _("only what is open"),
    }


def _main_reviewer(catalog: Catalog) -> str:
    """Return who reviewed most of a catalog; empty when nobody did."""
    names = Counter(
        entry.stamp.reviewer
        for entry in catalog.entries
        if entry.state is State.REVIEWED and entry.stamp is not None and entry.stamp.reviewer
    )
    return max(names, key=lambda name: (names[name], name), default="")


def _reviewed_by(reviewer: str, catalog: Catalog) -> str:
    """Return who reviewed a catalog, and when last; the rows name only those who did otherwise."""
    if not reviewer:
        return ""
    text = _("reviewed by {name}").format(name=reviewer)
    day = last_review(catalog)
    return f"{text} · {format_date(day, 'medium', locale=language())}" if day else text


def _rows(
    article: Article, catalog: Catalog, drafted: _Drafted, reviewer: str
) -> Iterator[Row]:
    occurrences: dict[tuple[str | None, str], int] = {}
    for block in article.blocks:
        occurrences[block.unit.key] = occurrences.get(block.unit.key, 0) + 1
    kinds = page_maker(article).block_kinds(article)
    marks = list_marks(article, kinds)
    keys = set()
    for place, block in enumerate(article.blocks):
        if block.unit.key in keys:
            continue
        keys.add(block.unit.key)
        row = _row(block, catalog, drafted, reviewer)
        repeats = occurrences[block.unit.key]
        yield replace(row, kind=kinds[place], mark=marks.get(place, ""), repeats=repeats)


def _row(block: Block, catalog: Catalog, drafted: _Drafted, reviewer: str) -> Row:
    unit = block.unit
    entry = catalog.find(unit.msgid, unit.context)
    state = entry.state if entry is not None else State.UNTRANSLATED
    return Row(
        number=0,
        kind=str(unit.kind),
        mark="",
        context=unit.context or "",
        field=field_name(unit.context or ""),
        source=_html(unit, unit.msgid),
        target=_target(unit, entry),
        state=str(state),
        symbol=SYMBOLS[state],
        label=_label(state, entry, reviewer),
        problems=_problems(unit, entry),
        machine=_machine_diff(entry, drafted),
        was=_source_diff(entry),
        notes=(*unit.notes, *(entry.notes if entry is not None else ())),
    )


def _target(unit: Unit, entry: Entry | None) -> Markup:
    if entry is None or not entry.msgstr:
        return Markup()
    if entry.msgstr == markup.OMIT:
        return Markup('<i class="omitted">{}</i>').format(_("left out on purpose"))
    return _html(unit, entry.msgstr)


def _problems(unit: Unit, entry: Entry | None) -> tuple[str, ...]:
    if entry is None or not entry.msgstr:
        return ()
    return tuple(
        problem.message
        for problem in markup.validate(
            unit.msgid,
            entry.msgstr,
            emphasis=entry_takes_emphasis(unit.kind, entry.references),
        )
        if problem.severity is not Severity.INFO
    )


def _label(state: State, entry: Entry | None, reviewer: str) -> str:
    """Return a state in words; of a reviewed passage its reviewer, where that is not the one in the head."""
    stamp = entry.stamp if entry is not None else None
    if (
        state is State.REVIEWED
        and stamp is not None
        and stamp.reviewer
        and stamp.reviewer != reviewer
    ):
        return _("reviewed by {name}").format(name=stamp.reviewer)
    if state is not State.DRAFT or entry is None:
        return state_name(state)
    match entry.origin:
        case Origin.MT:
            return _("machine draft")
        case Origin.TM if stamp is not None and stamp.percent is not None:
            return _("draft from memory, {percent} %").format(percent=stamp.percent)
        case Origin.TM:
            return _("draft from memory")
        case Origin.ALIGNED:
            return _("draft from an earlier translation")
        case Origin.SOURCE_CHANGED:
            return _("draft, the source has changed")
    return state_name(state)


def _machine_diff(entry: Entry | None, drafted: _Drafted) -> Markup:
    if entry is None or entry.state is State.DRAFT or not entry.msgstr:
        return Markup()
    draft = drafted(entry.msgid)
    if draft is None or draft == entry.msgstr:
        return Markup()
    return word_diff(markup.plain(draft), markup.plain(entry.msgstr))


def _nothing(_msgid: str) -> None:
    """Know no draft."""


def _source_diff(entry: Entry | None) -> Markup:
    # What a memory translated before is no earlier state of this source.
    if entry is None or not entry.previous_msgid or entry.origin is Origin.TM:
        return Markup()
    return word_diff(markup.plain(entry.previous_msgid), markup.plain(entry.msgid))


def word_diff(old: str, new: str) -> Markup:
    """Return how a text changed, word by word, as `<del>` and `<ins>`."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    # Comparing takes as long as the product of both lengths.
    if len(before) * len(after) > _COMPARED:
        return Markup("<del>{}</del><ins>{}</ins>").format(old, new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pieces = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(escape("".join(before[i:j])))
            continue
        if i < j:
            pieces.append(Markup("<del>{}</del>").format("".join(before[i:j])))
        if k < m:
            pieces.append(Markup("<ins>{}</ins>").format("".join(after[k:m])))
    return Markup().join(pieces)


def _html(unit: Unit, text: str) -> Markup:
    """Return a msgid or msgstr as a reader sees it: formatting as formatting, links underlined, the rest as chips.

    Only elements named here are written, without any attribute of the source.
    """
    stands = {placeholder.name: placeholder.stands_for for placeholder in unit.placeholders}
    pieces: list[Markup] = []
    opened: list[tuple[str, str]] = []
    place = 0
    for token in markup.marks(text):
        pieces.append(_text(text[place : token.start]))
        place = token.end
        if token.form == "void":
            pieces.append(_chip(token.tag, token.name, stands.get(token.name, "")))
        elif token.form == "open":
            pieces.append(_open(token.tag, stands.get(token.name, "")))
            opened.append((token.name, _element(token.tag)))
        elif opened and opened[-1][0] == token.name:
            pieces.append(Markup(f"</{opened.pop()[1]}>"))  # noqa: S704 - a name of ours
        else:
            pieces.append(_chip(token.tag, token.text, ""))
    pieces.append(_text(text[place:]))
    pieces += [Markup(f"</{element}>") for _name, element in reversed(opened)]  # noqa: S704
    return Markup().join(pieces)


def _text(text: str) -> Markup:
    return escape(markup.decode(text))


def _element(tag: str) -> str:
    return tag if tag in _ELEMENTS else "span"


def _open(tag: str, stands_for: str) -> Markup:
    if tag in _ELEMENTS:
        return Markup(f"<{tag}>")  # noqa: S704 - a name of ours
    name = "link" if tag == "a" else "inline"
    return Markup('<span class="{}" title="{}">').format(name, stands_for or tag)


def _chip(tag: str, name: str, stands_for: str) -> Markup:
    if tag == "br":
        return Markup("<br>")
    if tag in {"code", "kbd", "samp", "var"} and stands_for:
        return Markup("<code>{}</code>").format(stands_for)
    return Markup('<span class="chip">{}</span>').format(stands_for or name)
