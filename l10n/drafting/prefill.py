"""Drafts for what is untranslated: the memory first, then an engine, in batches over all catalogs."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from l10n.articles.emphasis import entry_takes_emphasis
from l10n.catalog import Catalog, Entry, save_drafts
from l10n.drafting.batches import Batch, BatchDrafter, BatchDrafts
from l10n.drafting.matches import (
    Finished,
    Sought,
    best_match,
    finished_in,
    least_percent,
    match_fields,
)
from l10n.drafting.provenance import Writer, provenance
from l10n.drafting.report import Drafted, DraftRequest, PrefillReport
from l10n.drafting.surroundings import surroundings
from l10n.drafting.units import UnitDraft
from l10n.engines import Context, ContextEngine, Engine, EngineRecipe, Pair, engine_of
from l10n.errors import EngineError
from l10n.model import Band, Match, Origin, State
from l10n.text import markup
from l10n.text.description import kind_of
from l10n.workers import ALONE, Workers

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Lessons
    from l10n.engines.cache import DraftCache
    from l10n.glossary import Glossary
    from l10n.memory import Memory

_CHUNK = 40_000
"""Characters translated between two savings: some hundred units."""

_MOST = 2_000
"""Entries between two savings where the memory has most of them."""


@dataclass(slots=True)
class _Task:
    catalog: Catalog
    entry: Entry
    before: str
    after: str
    pair: Pair
    match: Match | None = None
    """What was translated before."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The msgid, and the plural if there is one."""
        plural = self.entry.msgid_plural
        return (self.entry.msgid,) if plural is None else (self.entry.msgid, plural)


@dataclass(frozen=True, slots=True)
class Tools:
    """What drafts are made with; None: without it."""

    engine: Engine | EngineRecipe | None = None
    """A recipe where others than this process draft."""
    memory: Memory | None = None
    glossary: Glossary | None = None
    second: Engine | EngineRecipe | None = None
    """An engine to compare with."""
    drafts: DraftCache | None = None
    """Notes what was written, and what the engine of a recipe answered."""
    workers: Workers = ALONE
    """Who drafts the batches."""
    lessons: Lessons | None = None
    """Corrects what the engine drafts, as the house has before."""
    domain_of: Callable[[Catalog], str] = lambda _catalog: ""
    """Tells what a catalog is about, for lessons."""


def prefill(
    catalogs: Iterable[Catalog],
    tools: Tools,
    request: DraftRequest | None = None,
    *,
    finished: Finished | None = None,
    total: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_entry: Callable[[Drafted], None] | None = None,
    on_saved: Callable[[Catalog], None] = lambda _catalog: None,
    on_failure: Callable[[PrefillReport], None] = lambda _report: None,
) -> PrefillReport:
    """Draft every untranslated entry; what is finished is saved, where it has a path, batch by batch.

    `finished` are translations beside those of the memory; None: those of the catalogs, which are all read for it
    first. With it they are read one after the other, and none is kept longer than it is worked at. `total` is how many
    entries there are, where that is known. `on_entry` hears of every entry, `on_progress` of (entries done, all), `on_saved` of each catalog that got drafts,
    once for each batch, `on_failure` of what was drafted until an engine failed, whose EngineError is raised.
    """
    request = request or DraftRequest()
    if finished is None or total is None:
        catalogs = list(catalogs)
        finished = finished_in(catalogs) if finished is None else finished
        total = sum(len(_untranslated(catalog, request)) for catalog in catalogs)
    run = _Run(
        tools,
        request,
        on_progress,
        on_entry,
        on_saved,
        {} if request.only == "mt" else finished,
    )
    run.total = total
    tasks = (task for catalog in catalogs for task in _untranslated(catalog, request))
    try:
        run.draft(tasks)
    except EngineError:
        # What is left is counted by who takes it on.
        on_failure(replace(run.report, left=0, refused=0))
        raise
    return run.report


@dataclass(slots=True)
class _Run:
    """One run, and what it has counted so far."""

    tools: Tools
    request: DraftRequest
    on_progress: Callable[[int, int], None] | None
    on_entry: Callable[[Drafted], None] | None
    on_saved: Callable[[Catalog], None]
    finished: Finished
    total: int = 0
    done: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    """Entries by what became of them, under the names of the report."""
    bands: Counter[Band] = field(default_factory=Counter)

    @property
    def report(self) -> PrefillReport:
        """What was done so far."""
        return PrefillReport(**self.tally, bands=self.bands)

    def draft(self, tasks: Iterable[_Task]) -> None:
        """Draft what was translated before, and the rest by machine, batch by batch of one pair of locales."""
        for pair, of_pair in groupby(tasks, key=lambda task: task.pair):
            chunks = _chunks(self._recalled(of_pair), self._domain)
            engine = None if self.request.only == "tm" else self.tools.engine
            if engine is None or self.request.dry_run:
                for chunk in chunks:
                    self._leave(chunk, to_engine=engine is not None)
            else:
                self._translate(chunks, pair, engine)

    def _domain(self, task: _Task) -> str:
        """Return what the catalog of a task is about, where lessons ask for it."""
        return self.tools.domain_of(task.catalog) if self.tools.lessons else ""

    def _recalled(self, tasks: Iterable[_Task]) -> Iterator[_Task]:
        """Yield tasks with what was translated before."""
        for task in tasks:
            if self.request.only != "mt":
                task.match = self._match(task)
            yield task

    def _translate(
        self, chunks: Iterable[list[_Task]], pair: Pair, engine: Engine | EngineRecipe
    ) -> None:
        """Draft by machine what is left of each chunk, and save it."""
        tools = self.tools
        drafter = BatchDrafter(engine, *pair, tools.glossary, tools.second, tools.lessons)
        cache = tools.drafts if isinstance(engine, EngineRecipe) else None
        recall = self._recaller(pair)
        sent: deque[tuple[list[_Task], Batch]] = deque()

        def batches() -> Iterator[Batch]:
            for chunk in chunks:
                left = [task for task in chunk if task.match is None]
                texts = dict.fromkeys(text for task in left for text in task.texts)
                batch = drafter.batch(
                    tuple(texts), recall, cache, self._context(left, pair, engine)
                )
                if tools.lessons:
                    batch = replace(batch, domain=self._domain(chunk[0]))
                sent.append((chunk, batch))
                yield batch

        for answer in tools.workers.map(drafter, batches(), heavy=True):
            chunk, batch = sent.popleft()
            if cache is not None:
                # Also those of a batch that the engine could not finish: it is not asked again.
                cache.keep(answer.answers)
            if answer.failure is not None:
                raise answer.failure
            version = engine_of(engine).version(*pair)
            self._finish(chunk, batch, answer, Writer(engine.name, version))

    def _context(
        self, tasks: Iterable[_Task], pair: Pair, engine: Engine | EngineRecipe
    ) -> Callable[[str], Context] | None:
        """Return what tells the context of the sentences of tasks; None for an engine that looks at none."""
        if not isinstance(engine_of(engine), ContextEngine):
            return None
        catalogs = {id(task.catalog): task.catalog for task in tasks}.values()
        return surroundings(catalogs, pair, self.tools.glossary, self.tools.memory)

    def _finish(
        self, chunk: Sequence[_Task], batch: Batch, answer: BatchDrafts, writer: Writer
    ) -> None:
        by_text = dict(zip(batch.texts, answer.drafts, strict=True))
        for task in chunk:
            if task.match is not None:
                self._take(task, task.match)
            else:
                answers = [by_text[text] for text in task.texts]
                self._fill(task, answers, writer.label(answers))
        self._save([task for task in chunk if any(task.entry.msgstrs)])
        if self.tools.drafts:
            written: dict[str, list[tuple[str, str]]] = {}
            for text, draft in by_text.items():
                if draft.text:
                    written.setdefault(writer.label([draft]), []).append((text, draft.text))
            for label, drafts in written.items():
                self.tools.drafts.note_written(chunk[0].pair[1], label, drafts)

    def _take(self, task: _Task, match: Match) -> None:
        """Draft an entry with what was translated before."""
        if not self.request.dry_run:
            target = _fitting(task.entry, match.target)
            fields = match_fields(match, task.entry.msgid, task.pair[0])
            task.entry.fill(target, origin=Origin.TM, translates=match.source, **fields)
        self.tally["exact" if match.percent >= 100 else "fuzzy"] += 1
        self._tell(Drafted(task.catalog, task.entry, Origin.TM, match))

    def _leave(self, chunk: Sequence[_Task], *, to_engine: bool) -> None:
        """Draft what was translated before, and leave the rest: in a dry run to an engine."""
        for task in chunk:
            if task.match is not None:
                self._take(task, task.match)
            elif to_engine:
                self.tally["machine"] += 1
            else:
                self.tally["left"] += 1
                self._tell(Drafted(task.catalog, task.entry, None))
        self._save([task for task in chunk if task.match is not None])

    def _match(self, task: _Task) -> Match | None:
        entry, tools = task.entry, self.tools
        if entry.msgid_plural is not None:
            return None
        minimum = self.request.minimum
        if minimum is None:
            is_drafted = self.request.only != "tm" and tools.engine is not None
            engine = tools.engine.name if is_drafted and tools.engine else None
            minimum = least_percent(engine, learns=tools.lessons is not None)
        return best_match(
            Sought(entry.msgid, task.before, task.after, task.pair),
            tools.memory,
            self.finished.get((task.pair[1], entry.msgid)),
            minimum,
        )

    def _recaller(self, pair: tuple[str, str]) -> Callable[[str], str | None] | None:
        if self.tools.memory is None or not len(self.tools.memory):
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
        fields = provenance(label, answers)
        forms = len(task.entry.msgstrs)
        # Engines know no plural forms: the singular is one draft, all others are another.
        texts = [answers[0].text, *[answers[-1].text] * (forms - 1)]
        task.entry.fill(tuple(texts), origin=Origin.MT, **fields)
        self.bands[first.verdict.band] += 1
        self.tally["machine"] += 1
        self._tell(
            Drafted(
                task.catalog,
                task.entry,
                Origin.MT,
                verdict=first.verdict,
                corrections=tuple(
                    change for answer in answers for change in answer.corrections
                ),
            )
        )

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
                self.on_saved(catalog)


def _untranslated(catalog: Catalog, request: DraftRequest) -> list[_Task]:
    source = catalog.source_locale or request.source
    if not source:
        return []
    entries = [entry for entry in catalog.entries if entry.msgid]
    texts = ["", *(entry.msgid for entry in entries), ""]
    return [
        _Task(catalog, entry, texts[n], texts[n + 2], (source, catalog.target_locale))
        for n, entry in enumerate(entries)
        if entry.state is State.UNTRANSLATED
    ]


def _chunks(tasks: Iterable[_Task], domain_of: Callable[[_Task], str]) -> Iterator[list[_Task]]:
    """Cut tasks where what an engine gets of them is long enough, or another domain begins: alike, whoever does the work."""
    chunk: list[_Task] = []
    size = 0
    for task in tasks:
        if chunk and domain_of(chunk[-1]) != domain_of(task):
            yield chunk
            chunk, size = [], 0
        chunk.append(task)
        size += len(task.entry.msgid) if task.match is None else 0
        if size >= _CHUNK or len(chunk) >= _MOST:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _fitting(entry: Entry, msgstr: str) -> str:
    """Return a translation of before without the emphasis that an entry cannot have: a title, a value."""
    if entry_takes_emphasis(kind_of(entry.extracted), entry.references):
        return msgstr
    return markup.without_emphasis(msgstr)
