"""Drafts for what is untranslated: the memory first, then an engine, in batches over all catalogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from l10n.articles.emphasis import entry_takes_emphasis
from l10n.catalog import Catalog, Entry, Stamp, save_drafts
from l10n.drafting.trust import Verdict
from l10n.drafting.units import UnitDraft, translate_units
from l10n.model import Band, Match, Origin, Severity, State
from l10n.text import markup
from l10n.text.description import kind_of
from l10n.text.numbers import Side, compare_numbers, read_numbers

if TYPE_CHECKING:
    from l10n.engines import Engine
    from l10n.engines.cache import DraftCache
    from l10n.glossary import Glossary
    from l10n.memory import Memory

MINIMUM = 75
"""Percent from which a similar match is better than a machine draft."""

_CHUNK = 40_000
"""Characters translated between two savings: some hundred units."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of one untranslated entry."""

    catalog: Catalog
    entry: Entry
    origin: Origin | None
    """TM or MT; None when it stays untranslated."""
    match: Match | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class PrefillReport:
    """What a run of prefill did, or with `dry_run` would do."""

    exact: int = 0
    """Entries drafted from an exact match."""
    fuzzy: int = 0
    """Entries drafted from a similar match."""
    machine: int = 0
    """Entries drafted by an engine; in a dry run those that would be sent to one."""
    refused: int = 0
    """Entries left empty because the engine's draft was not fit to show."""
    left: int = 0
    """Entries that stay untranslated, the refused ones too."""
    bands: Counter[Band] = field(default_factory=Counter)
    """Machine drafts by band."""
    overtaken: int = 0
    """Of the drafted entries, those that somebody else wrote meanwhile: theirs stand."""

    @property
    def drafted(self) -> int:
        """Entries that have a draft now."""
        return self.exact + self.fuzzy + self.machine - self.overtaken

    def __add__(self, other: PrefillReport) -> PrefillReport:
        """Add field by field."""
        return PrefillReport(
            self.exact + other.exact,
            self.fuzzy + other.fuzzy,
            self.machine + other.machine,
            self.refused + other.refused,
            self.left + other.left,
            self.bands + other.bands,
            self.overtaken + other.overtaken,
        )


@dataclass(slots=True)
class _Task:
    catalog: Catalog
    entry: Entry
    before: str
    after: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The msgid, and the plural if there is one."""
        plural = self.entry.msgid_plural
        return (self.entry.msgid,) if plural is None else (self.entry.msgid, plural)


@dataclass(frozen=True, slots=True)
class Tools:
    """What drafts are made with; None: without it."""

    engine: Engine | None = None
    memory: Memory | None = None
    glossary: Glossary | None = None
    second: Engine | None = None
    """An engine to compare with."""
    drafts: DraftCache | None = None
    """Notes what was written."""


@dataclass(frozen=True)
class DraftRequest:
    """Which drafts are asked for."""

    only: Literal["tm", "mt"] | None = None
    """Only from the memory, or only from an engine."""
    minimum: int = MINIMUM
    """Percent from which a similar match is taken."""
    source: str | None = None
    """Source locale of catalogs that do not say it; None: such a catalog is left alone."""
    dry_run: bool = False
    """Change nothing."""


def prefill(
    catalogs: Sequence[Catalog],
    tools: Tools,
    request: DraftRequest | None = None,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    on_entry: Callable[[Drafted], None] | None = None,
) -> PrefillReport:
    """Draft every untranslated entry; what is finished is saved, where it has a path, before the next batch begins.

    `on_entry` hears of every entry, `on_progress` of (entries done, all).
    """
    request = request or DraftRequest()
    run = _Run(tools, request, on_progress, on_entry)
    by_pair: dict[tuple[str, str], list[_Task]] = {}
    for catalog in catalogs:
        locale = catalog.source_locale or request.source
        if locale:
            pair = (locale, catalog.target_locale)
            by_pair.setdefault(pair, []).extend(_untranslated(catalog))
    run.total = sum(map(len, by_pair.values()))
    finished = _finished(catalogs) if request.only != "mt" else {}
    for pair, tasks in by_pair.items():
        waiting = tasks if request.only == "mt" else run.recall(tasks, pair, finished)
        if tools.engine and request.only != "tm":
            run.translate(waiting, pair, tools.engine)
        else:
            run.leave(waiting)
    return run.report


@dataclass(slots=True)
class _Run:
    """One run, and what it has counted so far."""

    tools: Tools
    request: DraftRequest
    on_progress: Callable[[int, int], None] | None
    on_entry: Callable[[Drafted], None] | None
    total: int = 0
    done: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    """Entries by what became of them, under the names of the report."""
    bands: Counter[Band] = field(default_factory=Counter)

    @property
    def report(self) -> PrefillReport:
        """What was done so far."""
        return PrefillReport(**self.tally, bands=self.bands)

    def recall(
        self,
        tasks: Sequence[_Task],
        pair: tuple[str, str],
        finished: dict[tuple[str, str], Match],
    ) -> list[_Task]:
        """Draft what was translated before; gives the tasks that are left."""
        left = []
        drafted = []
        for task in tasks:
            match = self._match(task, pair, finished)
            if match is None:
                left.append(task)
                continue
            drafted.append(task)
            if not self.request.dry_run:
                target = _fitting(task.entry, match.target)
                task.entry.fill(
                    target, origin=Origin.TM, translates=match.source, tm=str(match.percent)
                )
            self.tally["exact" if match.percent >= 100 else "fuzzy"] += 1
            self._tell(Drafted(task.catalog, task.entry, Origin.TM, match))
        self._save(drafted)
        return left

    def translate(
        self,
        tasks: Sequence[_Task],
        pair: tuple[str, str],
        engine: Engine,
    ) -> None:
        """Draft by machine, batch by batch."""
        if self.request.dry_run:
            self.tally["machine"] += len(tasks)
            return
        for chunk in _chunks(tasks):
            texts = list(dict.fromkeys(text for task in chunk for text in task.texts))
            answers = translate_units(
                texts,
                engine,
                *pair,
                glossary=self.tools.glossary,
                recall=self._recaller(pair),
                second=self.tools.second,
            )
            label = f"{engine.name}:{engine.version(*pair)}"
            by_text = dict(zip(texts, answers, strict=True))
            for task in chunk:
                self._fill(task, [by_text[text] for text in task.texts], label)
            self._save([task for task in chunk if any(task.entry.msgstrs)])
            if self.tools.drafts:
                written = [(text, by_text[text].text) for text in texts if by_text[text].text]
                self.tools.drafts.note_written(pair[1], label, written)

    def leave(self, tasks: Sequence[_Task]) -> None:
        """Leave entries untranslated."""
        self.tally["left"] += len(tasks)
        for task in tasks:
            self._tell(Drafted(task.catalog, task.entry, None))

    def _match(
        self,
        task: _Task,
        pair: tuple[str, str],
        finished: dict[tuple[str, str], Match],
    ) -> Match | None:
        entry = task.entry
        if entry.msgid_plural is not None:
            return None
        finished_before = finished.get((pair[1], entry.msgid))
        if self.tools.memory is None:
            return finished_before
        exact = self.tools.memory.exact(
            entry.msgid, *pair, before=task.before, after=task.after
        )
        exact = max(
            (m for m in (exact, finished_before) if m), key=lambda m: m.percent, default=None
        )
        if exact and _fits(entry.msgid, exact.target):
            return exact
        similar = self.tools.memory.search(entry.msgid, *pair, minimum=self.request.minimum)
        return next((match for match in similar if _serves(entry.msgid, match, pair)), None)

    def _recaller(self, pair: tuple[str, str]) -> Callable[[str], str | None] | None:
        if self.tools.memory is None:
            return None
        memory = self.tools.memory

        def recall(sentence: str) -> str | None:
            match = memory.exact(markup.escape(sentence), *pair)
            return None if match is None else markup.plain(match.target)

        return recall

    def _fill(self, task: _Task, answers: Sequence[UnitDraft], label: str) -> None:
        first = answers[0]
        if not all(answer.text for answer in answers):
            self.tally.update(("refused", "left"))
            failed = next(answer for answer in answers if not answer.text)
            self._tell(Drafted(task.catalog, task.entry, None, verdict=failed.verdict))
            return
        fields = _provenance(label, answers)
        forms = len(task.entry.msgstrs)
        # Engines know no plural forms: the singular is one draft, all others are another.
        texts = [answers[0].text, *[answers[-1].text] * (forms - 1)]
        task.entry.fill(tuple(texts), origin=Origin.MT, **fields)
        self.bands[first.verdict.band] += 1
        self.tally["machine"] += 1
        self._tell(Drafted(task.catalog, task.entry, Origin.MT, verdict=first.verdict))

    def _tell(self, drafted: Drafted) -> None:
        self.done += 1
        if self.on_entry:
            self.on_entry(drafted)
        if self.on_progress:
            self.on_progress(self.done, self.total)

    def _save(self, tasks: Iterable[_Task]) -> None:
        """Save what was drafted, beside what others may have written into the catalogs meanwhile."""
        if self.request.dry_run:
            return
        by_catalog: dict[int, tuple[Catalog, list[Entry]]] = {}
        for task in tasks:
            by_catalog.setdefault(id(task.catalog), (task.catalog, []))[1].append(task.entry)
        for catalog, entries in by_catalog.values():
            if catalog.path is not None:
                self.tally["overtaken"] += len(entries) - save_drafts(catalog, entries)


def _provenance(label: str, answers: Sequence[UnitDraft]) -> dict[str, str]:
    """Return the fields of a machine draft's stamp: what guesses and terms it holds as far as the line has room."""
    fields = {"mt": label, "band": str(answers[0].verdict.band)}
    enforced = sum(
        reason.startswith("enforced:")
        for answer in answers
        for reason in answer.verdict.reasons
    )
    more = [("tags", "guessed")] if any(answer.is_guessed for answer in answers) else []
    more += [("terms", str(enforced))] if enforced else []
    for name, value in more:
        # A stamp is one line: what has no room beside the engine is left out.
        longer = Stamp("0" * 10, tuple({**fields, name: value}.items()))
        if longer.format().endswith(f" {name}={value}") and f"mt={label}" in longer.format():
            fields[name] = value
    return fields


def _untranslated(catalog: Catalog) -> list[_Task]:
    entries = [entry for entry in catalog.entries if entry.msgid]
    texts = ["", *(entry.msgid for entry in entries), ""]
    return [
        _Task(catalog, entry, texts[n], texts[n + 2])
        for n, entry in enumerate(entries)
        if entry.state is State.UNTRANSLATED
    ]


def _finished(catalogs: Iterable[Catalog]) -> dict[tuple[str, str], Match]:
    """Return the finished translations of the catalogs by target locale and msgid, reviewed ones first."""
    matches: dict[tuple[str, str], Match] = {}
    for catalog in catalogs:
        for entry in catalog.entries:
            state = entry.state
            if (
                state not in (State.TRANSLATED, State.REVIEWED)
                or entry.msgid_plural is not None
            ):
                continue
            key = (catalog.target_locale, entry.msgid)
            reviewed = state is State.REVIEWED
            if entry.msgstr != markup.OMIT and (
                key not in matches or reviewed > matches[key].reviewed
            ):
                matches[key] = Match(
                    entry.msgid, entry.msgstr, 100, reviewed, str(catalog.path or "")
                )
    return matches


def _chunks(tasks: Sequence[_Task]) -> Iterator[list[_Task]]:
    chunk: list[_Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task.entry.msgid)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _fits(msgid: str, msgstr: str) -> bool:
    return not any(p.severity is Severity.ERROR for p in markup.validate(msgid, msgstr))


def _serves(msgid: str, match: Match, pair: tuple[str, str]) -> bool:
    """Whether a similar match can be a draft: its tokens are right and no number is left of its old source."""
    if not _fits(msgid, match.target):
        return False
    # Kept as a second guard: the memory itself lets no number of the old source stand at a high percentage.
    sides = [
        Side(text, locale, read_numbers(text, locale))
        for text, locale in (
            (markup.plain(msgid), pair[0]),
            (markup.plain(match.target), pair[1]),
        )
    ]
    left = [new for _lost, new in compare_numbers(*sides).pairs if new is not None]
    old = read_numbers(markup.plain(match.source), pair[0])
    return not any(number.agrees(former) for number in left for former in old)


def _fitting(entry: Entry, msgstr: str) -> str:
    """Return a translation of before without the emphasis that an entry cannot have: a title, a value."""
    if entry_takes_emphasis(kind_of(entry.extracted), entry.references):
        return msgstr
    return markup.without_emphasis(msgstr)
