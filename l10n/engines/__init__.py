"""Translation engines: what one must offer, how they are found by name and picked for a pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft
from l10n.plugins import plugins

GROUP = "l10n.engines"
"""Entry-point group: an engine is a callable that takes its settings and gives an Engine."""

NO_ENGINE = "none"
"""The name that stands for working without any engine."""

Pair = tuple[str, str]
"""(source, target), BCP 47 tags."""

ANY = "*"
"""Stands for every language in a pair."""

Settings = Mapping[str, object]
"""The table `[engine.NAME]` of the project file."""


class Engine(Protocol):
    """Something that translates sentences of plain text."""

    name: str
    """As in `engines = ["argos"]`."""

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs it can translate; EngineError when it cannot work at all."""
        ...

    def version(self, source: str, target: str) -> str:
        """Name the model and version behind a pair: key of the draft cache, part of provenance."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences; one draft each, in the same order. EngineError when it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text that some markup encloses."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and the spans in it whose place in the translation is wanted."""

    text: str
    spans: tuple[Span, ...] = ()
    """May nest, never cross; no empty ones."""


@dataclass(frozen=True, slots=True)
class MarkedDraft:
    """A draft and where each span went."""

    draft: Draft
    spans: tuple[Span | None, ...]
    """One for each span of the Marked, over the draft's text; None where the engine lost it."""


@runtime_checkable
class SpanEngine(Protocol):
    """An engine that itself knows where the words of a span went."""

    def translate_marked(
        self, texts: Sequence[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        """Translate sentences and follow their spans."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a translator would look at beside a sentence, as plain texts; any of it may be missing."""

    title: str = ""
    """Of its article."""
    before: str = ""
    """The sentence before it."""
    after: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of the glossary that are in it, and what they are called."""
    examples: tuple[tuple[str, str], ...] = ()
    """Accepted translations of texts like it."""


@runtime_checkable
class ContextEngine(Protocol):
    """An engine that can look at more than the sentence."""

    def within(self, contexts: Mapping[str, Context]) -> Engine:
        """Return the engine with the contexts of sentences, as far as they are known."""
        ...


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms a model may be used."""

    name: str
    """Empty where nobody says."""
    is_stated: bool
    """Whether the model's own files say it; else it is what its family is published under."""

    @property
    def forbids_commerce(self) -> bool:
        """Whether it allows no commercial use."""
        return bool(_NON_COMMERCIAL.search(self.name))


_NON_COMMERCIAL = re.compile(r"\bnc\b|non-?commercial", re.IGNORECASE)


@runtime_checkable
class LicensedEngine(Protocol):
    """An engine whose models have terms of their own."""

    def licence(self, source: str, target: str) -> Licence:
        """Return the terms of the model behind a pair."""
        ...


def engine_names() -> tuple[str, ...]:
    """Return the names of all engines that are registered, working here or not."""
    return tuple(sorted({point.name for point in plugins(GROUP)}))


def load_engine(name: str, settings: Settings | None = None) -> Engine:
    """Import and make one engine. An unknown name or a missing library is an EngineError."""
    points = {point.name: point for point in plugins(GROUP)}
    if name not in points:
        raise EngineError(
            _("there is no engine “{name}”").format(name=name),
            hint=_("known engines: {names}").format(names=", ".join(sorted(points))),
        )
    try:
        make: Callable[[Settings], Engine] = points[name].load()
    except ImportError as error:
        raise EngineError(
            _("engine {name} needs the Python module {module}").format(
                name=name, module=error.name
            ),
            hint=f"pip install 'l10n-workbench[{name}]'",
        ) from error
    return make(settings or {})


class EngineRecipe:
    """How an engine is made, as a value that travels: whoever gets it makes the engine at the first need."""

    def __init__(self, name: str, settings: Settings | None = None) -> None:
        self.name = name
        self.settings = dict(settings or {})
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The engine; EngineError where it cannot be made here."""
        if self._engine is None:
            self._engine = load_engine(self.name, self.settings)
        return self._engine

    def __getstate__(self) -> tuple[str, dict[str, object]]:
        return self.name, self.settings

    def __setstate__(self, state: tuple[str, dict[str, object]]) -> None:
        self.name, self.settings = state
        self._engine = None


def engine_of(engine: Engine | EngineRecipe) -> Engine:
    """Return an engine as it is, or the one of a recipe."""
    return engine.engine if isinstance(engine, EngineRecipe) else engine


def pick_engine(
    names: Sequence[str],
    source: str,
    target: str,
    *,
    settings: Callable[[str], Settings] | None = None,
    on_skip: Callable[[str, EngineError], None] | None = None,
) -> Engine | None:
    """Return the first of the named engines that can do the pair here, or None.

    `settings` gives an engine's table of the project file; `on_skip` hears why an engine is passed over.
    """
    for name in names:
        try:
            engine = load_engine(name, settings(name) if settings else None)
            if resolve_pair(engine.pairs(), source, target):
                return engine
        except EngineError as error:
            if on_skip:
                on_skip(name, error)
    return None


def resolve_pair(pairs: Iterable[Pair], source: str, target: str) -> Pair | None:
    """Return the pair that serves two locales: the very ones, else those of their languages.

    `es-MX` is served by `es`, and `es` by `es-ES` only where no plain `es` exists.
    """
    best: tuple[int, Pair] | None = None
    for pair in sorted(pairs):
        fit = _fit(pair[0], source) + _fit(pair[1], target)
        if fit >= 0 and (best is None or fit > best[0]):
            best = (fit, pair)
    return best[1] if best else None


def translator(engine: Engine) -> Callable[[Sequence[str], str, str], list[str]]:
    """Return the plain function over texts that the aligner takes: `""` where there is no draft."""

    def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
        return [draft.text for draft in engine.translate(texts, source, target)]

    return translate


_NEVER = -100


def _fit(tag: str, locale: str) -> int:
    """Rate how well an offered tag serves a wanted one; negative when it does not."""
    tag, locale = tag.replace("_", "-").lower(), locale.replace("_", "-").lower()
    if tag == locale:
        return 3
    if tag == ANY:
        return 0
    from l10n.languages import primary  # noqa: PLC0415 - whoever only names an engine needs no language

    if primary(tag) != primary(locale):
        return _NEVER
    return 2 if "-" not in tag else 1
