"""Drafts kept on disk by engine, version and text: a second run, or one after a kill, asks nothing twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

from l10n.databases import advice, connect, is_damaged
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
from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft

FILE = "drafts.sqlite"
"""Its name in a project's folder of derived state."""

AT_ONCE = 512
"""Texts an engine gets in one go: what a kill can lose."""

_SCHEMA = """
create table if not exists draft (key blob primary key, answer text not null) without rowid;
create table if not exists written (
    target text, msgid text, engine text, text text, primary key (target, msgid, engine)
) without rowid;
"""


class DraftCache:
    """A file of drafts; a context manager. One that cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = self._opened()
        except (sqlite3.Error, OSError) as error:
            try:
                # One that is only full, locked or read-only is another run's, and whole.
                if not is_damaged(error):
                    raise
                path.unlink(missing_ok=True)
                self._base = self._opened()
            except (sqlite3.Error, OSError) as error:
                raise EngineError(
                    _("drafts cannot be kept: {reason}").format(reason=error),
                    path=path,
                    hint=advice(error, path, mend="l10n prefill"),
                ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def answers(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the answers known for some keys."""
        answers: dict[bytes, str] = {}
        for first in range(0, len(keys), AT_ONCE):
            batch = keys[first : first + AT_ONCE]
            places = ",".join("?" * len(batch))
            answers |= dict(
                self._base.execute(
                    f"select key, answer from draft where key in ({places})",  # noqa: S608 - marks only
                    batch,
                )
            )
        return answers

    def keep(self, answers: Mapping[bytes, str]) -> None:
        """Keep answers."""
        with self._base:
            self._base.executemany(
                "insert or replace into draft values (?, ?)", answers.items()
            )

    def note_written(self, target: str, engine: str, drafts: Iterable[tuple[str, str]]) -> None:
        """Note which engine's drafts (msgid, msgstr) went into catalogs, to compare with what became of them."""
        with self._base:
            self._base.executemany(
                "insert or replace into written values (?, ?, ?, ?)",
                [(target, msgid, engine, text) for msgid, text in drafts],
            )

    def written(self, target: str, msgid: str) -> list[tuple[str, str]]:
        """Return the drafts (engine, msgstr) that were written for a unit."""
        rows = self._base.execute(
            "select engine, text from written where target = ? and msgid = ?", (target, msgid)
        )
        return rows.fetchall()

    def _opened(self) -> sqlite3.Connection:
        base = connect(self.path, timeout=10)
        base.execute("pragma journal_mode = wal")
        base.executescript(_SCHEMA)
        return base


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

        answers = self._answers(list(texts), source, target, ask)
        return [_draft(json.loads(answer)) for answer in answers]

    def _answers(
        self,
        questions: Sequence[Any],
        source: str,
        target: str,
        ask: Callable[[Sequence[Any]], Iterable[str]],
    ) -> list[str]:
        """Return an answer to each question."""
        if not questions:
            return []
        keys = question_keys(self, questions, source, target, self._contexts)
        answers_by_key = self._cache.answers(list(dict.fromkeys(keys)))
        missing = {
            key: question
            for key, question in zip(keys, questions, strict=True)
            if key not in answers_by_key
        }
        waiting = list(missing.items())
        for first in range(0, len(waiting), AT_ONCE):
            batch = waiting[first : first + AT_ONCE]
            answers = ask([question for _key, question in batch])
            fresh = dict(zip((key for key, _question in batch), answers, strict=True))
            # Kept batch by batch: a kill loses one of them at most.
            self._cache.keep(fresh)
            answers_by_key |= fresh
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

        answers = self._answers(list(texts), source, target, ask)
        return [_marked(json.loads(answer)) for answer in answers]


def _packed(draft: Draft) -> str:
    return json.dumps([draft.text, draft.logprob, draft.notes], ensure_ascii=False)


def _draft(parts: Sequence[Any]) -> Draft:
    return Draft(parts[0], parts[1], tuple(parts[2]))


def _marked(parts: Sequence[Any]) -> MarkedDraft:
    spans = tuple(Span(*span) if span else None for span in parts[1])
    return MarkedDraft(_draft(json.loads(parts[0])), spans)
