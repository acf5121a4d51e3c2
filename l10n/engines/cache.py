"""Drafts kept on disk by engine, version and text: a second run, or one after a kill, asks nothing twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from l10n.databases import advice, delete, is_damaged, open_derived, write_ahead
from l10n.engines import (
    Context,
    ContextEngine,
    Engine,
    Marked,
    MarkedDraft,
    Pair,
    Span,
    SpanEngine,
)
from l10n.errors import StorageError
from l10n.foreign import ForeignError, foreign_data
from l10n.interface import gettext as _
from l10n.model import Draft

FILE = "drafts.sqlite"
"""Its name in a project's folder of derived state."""

_PATIENCE = 10.0
"""Seconds that another process may write it."""

AT_ONCE = 512
"""Texts an engine gets in one go: what a kill can lose."""

_SCHEMA = """
create table if not exists draft (key blob primary key, answer text not null) without rowid;
create table if not exists written (
    target text, msgid text, engine text, text text, primary key (target, msgid, engine)
) without rowid;
"""

Result = TypeVar("Result")


class DraftCache:
    """A file of drafts; a context manager. One that cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = self._opened()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def answers(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the answers known for some keys."""
        answers: dict[bytes, Any] = {}
        for first in range(0, len(keys), AT_ONCE):
            batch = keys[first : first + AT_ONCE]
            places = ",".join("?" * len(batch))
            query = f"select key, answer from draft where key in ({places})"  # noqa: S608 - marks only
            answers |= dict(self._rows(query, batch))
        # SQLite keeps values of any kind in any column.
        return {key: answer for key, answer in answers.items() if isinstance(answer, str)}

    def keep(self, answers: Mapping[bytes, str]) -> None:
        """Keep answers."""
        self._write("insert or replace into draft values (?, ?)", list(answers.items()))

    def note_written(self, target: str, engine: str, drafts: Iterable[tuple[str, str]]) -> None:
        """Note which engine's drafts (msgid, msgstr) went into catalogs, to compare with what became of them."""
        rows = [(target, msgid, engine, text) for msgid, text in drafts]
        self._write("insert or replace into written values (?, ?, ?, ?)", rows)

    def written(self, target: str, msgid: str) -> list[tuple[str, str]]:
        """Return the drafts (engine, msgstr) that were written for a unit."""
        query = "select engine, text from written where target = ? and msgid = ?"
        rows = self._rows(query, (target, msgid))
        return [
            (engine, text)
            for engine, text in rows
            if isinstance(engine, str) and isinstance(text, str)
        ]

    def _rows(self, query: str, values: Sequence[object]) -> list[Any]:
        return self._tried(lambda: self._base.execute(query, values).fetchall())

    def _write(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        def write() -> None:
            with self._base:
                self._base.executemany(statement, rows)

        self._tried(write)

    def _tried(self, use: Callable[[], Result]) -> Result:
        """Return what a use of the file gives; one that turns out to be damaged is begun anew."""
        try:
            try:
                return use()
            except sqlite3.Error as error:
                if not is_damaged(error):
                    raise
                self._base.close()
                delete(self.path)
                self._base = self._opened()
                return use()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _opened(self) -> sqlite3.Connection:
        base = open_derived(self.path, _SCHEMA, timeout=_PATIENCE)
        try:
            write_ahead(base, timeout=_PATIENCE)
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _unusable(self, error: Exception) -> StorageError:
        return StorageError(
            _("drafts cannot be kept: {reason}").format(reason=error),
            path=self.path,
            hint=advice(error, self.path, mend="l10n prefill"),
        )


_NO_CONTEXTS: Mapping[str, Context] = {}


class AnswerStore(Protocol):
    """Keeps what engines answered."""

    def answers(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the answers known for some keys."""
        ...

    def keep(self, answers: Mapping[bytes, str]) -> None:
        """Keep answers."""
        ...


def question_keys(
    engine: Engine,
    questions: Sequence[str | Marked],
    source: str,
    target: str,
    contexts: Mapping[str, Context] = _NO_CONTEXTS,
) -> list[bytes]:
    """Return the keys under which the answers of an engine are kept; `contexts` are those that it looks at."""
    head = f"{engine.name}\0{engine.version(source, target)}\0{source}\0{target}\0"
    return [
        hashlib.sha256((head + _name_of(question, contexts)).encode()).digest()[:16]
        for question in questions
    ]


def _name_of(question: str | Marked, contexts: Mapping[str, Context]) -> str:
    """Return a text that tells a question from the others."""
    if isinstance(question, str):
        context = contexts.get(question)
        return question if context is None else f"{question}\0{context!r}"
    return f"{[(span.start, span.end) for span in question.spans]}{question.text}"


def cached(
    engine: Engine, cache: AnswerStore, contexts: Mapping[str, Context] = _NO_CONTEXTS
) -> Engine:
    """Return an engine that looks into the cache first, and asks for equal texts once, in their contexts."""
    if isinstance(engine, SpanEngine):
        return _CachedSpans(engine, cache)
    if contexts and isinstance(engine, ContextEngine):
        return _Cached(engine.within(contexts), cache, contexts)
    return _Cached(engine, cache)


class _Cached:
    def __init__(
        self,
        engine: Engine,
        cache: AnswerStore,
        contexts: Mapping[str, Context] = _NO_CONTEXTS,
    ) -> None:
        self.name = engine.name
        self._engine = engine
        self._cache = cache
        self._contexts = contexts

    def pairs(self) -> frozenset[Pair]:
        return self._engine.pairs()

    def version(self, source: str, target: str) -> str:
        return self._engine.version(source, target)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        def ask(missing: Sequence[str]) -> Iterator[str]:
            for draft in self._engine.translate(missing, source, target):
                yield _packed(draft)

        return self._answers(list(texts), (source, target), ask, _draft)

    def _answers(
        self,
        questions: Sequence[Any],
        pair: Pair,
        ask: Callable[[Sequence[Any]], Iterable[str]],
        read: Callable[[Any, str], Result],
    ) -> list[Result]:
        """Return an answer to each question."""
        if not questions:
            return []
        keys = question_keys(self, questions, *pair, self._contexts)
        by_key = dict(zip(keys, questions, strict=True))
        answers_by_key: dict[bytes, Result] = {}
        for key, answer in self._cache.answers(list(by_key)).items():
            # What another program wrote there is asked for again.
            with suppress(ForeignError), foreign_data():
                answers_by_key[key] = read(by_key[key], answer)
        waiting = [item for item in by_key.items() if item[0] not in answers_by_key]
        for first in range(0, len(waiting), AT_ONCE):
            batch = waiting[first : first + AT_ONCE]
            answers = ask([question for _key, question in batch])
            fresh = dict(zip((key for key, _question in batch), answers, strict=True))
            # Kept batch by batch: a kill loses one of them at most.
            self._cache.keep(fresh)
            for key, answer in fresh.items():
                answers_by_key[key] = read(by_key[key], answer)
        return [answers_by_key[key] for key in keys]


class _CachedSpans(_Cached):
    def __init__(self, engine: Engine, cache: AnswerStore) -> None:
        super().__init__(engine, cache)
        self._spans: Any = engine

    def translate_marked(
        self, texts: Sequence[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        def ask(missing: Sequence[Marked]) -> Iterator[str]:
            for answer in self._spans.translate_marked(missing, source, target):
                spans = [span and (span.start, span.end) for span in answer.spans]
                yield json.dumps([_packed(answer.draft), spans])

        return self._answers(list(texts), (source, target), ask, _marked)


def _packed(draft: Draft) -> str:
    return json.dumps([draft.text, draft.logprob, draft.notes], ensure_ascii=False)


def _draft(_text: object, answer: str) -> Draft:
    """Read a draft; raises whatever for what is none."""
    text, logprob, notes = json.loads(answer)
    if not isinstance(text, str) or not all(isinstance(note, str) for note in notes):
        raise ForeignError
    return Draft(text, None if logprob is None else float(logprob), tuple(notes))


def _marked(question: Marked, answer: str) -> MarkedDraft:
    packed, pairs = json.loads(answer)
    draft = _draft(question, packed)
    spans = tuple(Span(*map(int, pair)) if pair else None for pair in pairs)
    length = len(draft.text)
    if len(spans) != len(question.spans) or not all(
        0 <= span.start <= span.end <= length for span in spans if span
    ):
        raise ForeignError
    return MarkedDraft(draft, spans)
