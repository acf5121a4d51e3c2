"""Argos packages run on CTranslate2 directly: every sentence in a few large batches, never the network."""

from __future__ import annotations

import logging
import math
import os
from collections import deque
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from l10n.engines import Pair, Settings, resolve_pair
from l10n.engines.argos import packages, trial
from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft

if TYPE_CHECKING:
    from ctranslate2 import AsyncTranslationResult, TranslationResult, Translator

_LENGTH_PENALTY = 0.2
"""What argostranslate decodes with: the same beam gives the same strings."""

_BATCH_TOKENS = 1024
"""Tokens of one batch; from 512 to 2048 the speed is the same."""

_LONGEST = 1000
"""Tokens after which any decoding ends."""


class ArgosEngine:
    """Neural translation with the installed `.argosmodel` packages, through a third language if need be.

    Settings: `beam` (4), `compute_type` (default: as saved), `device` (auto), `threads` (all cores).
    """

    name = "argos"

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or {}
        self._beam = _whole(settings, "beam", 4)
        self._threads = _whole(settings, "threads", len(os.sched_getaffinity(0)))
        self._compute_type = str(settings.get("compute_type", "default"))
        self._device = str(settings.get("device", "auto"))
        self._installed: dict[Pair, packages.Installed] | None = None
        self._translators: dict[Pair, Translator] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the installed pairs, and those that a third language makes possible."""
        if not find_spec("ctranslate2"):
            raise packages.missing_module(ImportError(name="ctranslate2"))
        direct = self._packages()
        ends = {language for pair in direct for language in pair}
        return frozenset(
            (source, target)
            for source in ends
            for target in ends
            if source != target and _route(direct, source, target)
        )

    def version(self, source: str, target: str) -> str:
        """Name the packages: `translate-es_en-1.0`, joined by + along a route."""
        names = [self._packages()[hop].name for hop in self._hops(source, target)]
        decoding = "" if self._beam == 4 else f"-beam{self._beam}"
        return "+".join(names) + decoding

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences in batches of like length."""
        drafts = [Draft(text) for text in texts]
        for hop in self._hops(source, target):
            answers = self._translate_hop([draft.text for draft in drafts], hop)
            drafts = [_joined(*pair) for pair in zip(drafts, answers, strict=True)]
        return drafts

    def _packages(self) -> dict[Pair, packages.Installed]:
        if self._installed is None:
            self._installed = packages.best_installed()
        return self._installed

    def _hops(self, source: str, target: str) -> list[Pair]:
        pair = resolve_pair(self.pairs(), source, target)
        route = _route(self._packages(), *pair) if pair else None
        if not route:
            raise EngineError(
                _("no Argos package for {source} to {target} is installed").format(
                    source=source, target=target
                ),
                hint=f"l10n engines install {source.partition('-')[0]} {target.partition('-')[0]}",
            )
        return route

    def _translate_hop(self, texts: Sequence[str], hop: Pair) -> list[Draft]:
        translator = self._translator(hop)
        return _run(translator, self._packages()[hop], texts, self._beam)

    def _translator(self, hop: Pair) -> Translator:
        if hop not in self._translators:
            installed = self._packages()[hop]
            translator = load(installed, self._device, self._compute_type, self._threads)
            trial.assure(installed, lambda texts: _run(translator, installed, texts, 4))
            self._translators[hop] = translator
        return self._translators[hop]


def load(
    installed: packages.Installed,
    device: str = "auto",
    compute_type: str = "default",
    threads: int = 1,
) -> Translator:
    """Load the model of a package; EngineError when CTranslate2 cannot."""
    # Here and not above: listing packages and picking an engine must not load the library.
    try:
        import ctranslate2  # noqa: PLC0415
    except ImportError as error:
        raise packages.missing_module(error) from error
    ctranslate2.set_log_level(logging.ERROR)
    settings = {"device": (device, "auto"), "compute_type": (compute_type, "default")}
    named = ", ".join(
        f'{key} = "{value}"' for key, (value, usual) in settings.items() if value != usual
    )
    try:
        return ctranslate2.Translator(
            str(installed.path / "model"),
            device=device,
            compute_type=compute_type,
            inter_threads=threads,
            intra_threads=1,
        )
    except (RuntimeError, ValueError) as error:
        raise EngineError(
            _("the model cannot be loaded: {reason}").format(reason=error),
            path=installed.path,
            # What a person has set is the first suspect: the model loads as it was saved.
            hint=f"[engine.argos] {named}  (l10n.toml)" if named else "",
        ) from error


def try_package(installed: packages.Installed) -> str | None:
    """Run a package on the sentences of the trial; gives why it cannot be trusted, or None."""
    translator = load(installed)
    return trial.verdict(installed, lambda texts: _run(translator, installed, texts, 4))


def _run(
    translator: Translator, installed: packages.Installed, texts: Sequence[str], beam: int
) -> list[Draft]:
    tokenizer = installed.tokenizer()
    try:
        tokens = [tokenizer.encode(" ".join(text.split())) for text in texts]
    except (RuntimeError, OSError, ValueError) as error:
        raise EngineError(
            _("the tokenizer cannot be loaded: {reason}").format(reason=error),
            path=installed.path,
        ) from error
    drafts = [Draft("")] * len(texts)
    waiting: deque[tuple[list[int], int, list[AsyncTranslationResult]]] = deque()

    def collect() -> None:
        places, limit, answers = waiting.popleft()
        for place, answer in zip(places, answers, strict=True):
            drafts[place] = _read(answer.result(), limit, tokenizer, installed.target_prefix)

    for limit, places in _batches(tokens):
        prefix = [[installed.target_prefix]] * len(places) if installed.target_prefix else None
        answers = translator.translate_batch(
            [tokens[place] for place in places],
            target_prefix=prefix,
            replace_unknowns=True,
            beam_size=beam,
            length_penalty=_LENGTH_PENALTY,
            max_decoding_length=limit,
            return_scores=True,
            asynchronous=True,
        )
        waiting.append((places, limit, answers))
        # What is queued when a person interrupts must still be run to its end: keep it short.
        if len(waiting) > 2 * translator.num_translators:
            collect()
    while waiting:
        collect()
    return drafts


def _read(
    result: TranslationResult, limit: int, tokenizer: packages.Tokenizer, prefix: str
) -> Draft:
    pieces = result.hypotheses[0]
    text = tokenizer.decode(pieces).removeprefix(prefix).removeprefix(" ")
    notes = ("truncated",) if len(pieces) >= limit else ()
    return Draft(text, _mean_logprob(result.scores[0], len(pieces)), notes)


def _batches(tokens: Sequence[Sequence[str]]) -> Iterator[tuple[int, list[int]]]:
    """Return the places of texts of like length, longest first, with the decoding limit of each batch.

    Without a limit of its own a short text that runs into a loop holds its batch for 256 tokens.
    """
    places = sorted(
        (place for place, pieces in enumerate(tokens) if pieces),
        key=lambda place: len(tokens[place]),
        reverse=True,
    )
    while places:
        longest = len(tokens[places[0]])
        size = max(1, _BATCH_TOKENS // longest)
        yield min(_LONGEST, 2 * longest + 10), places[:size]
        places = places[size:]


def _mean_logprob(score: float, length: int) -> float:
    """Undo the length penalty of the decoder's score and give the mean per token."""
    return score * math.pow(max(1, length), _LENGTH_PENALTY - 1)


def _joined(before: Draft, after: Draft) -> Draft:
    """Join what two hops say: the less certain one counts."""
    logprobs = [draft.logprob for draft in (before, after) if draft.logprob is not None]
    return Draft(after.text, min(logprobs, default=None), before.notes + after.notes)


def _route(
    direct: dict[Pair, packages.Installed], source: str, target: str
) -> list[Pair] | None:
    """Return the shortest chain of packages between two languages."""
    routes: list[list[Pair]] = [[pair] for pair in sorted(direct) if pair[0] == source]
    reached = {source}
    while routes:
        route = routes.pop(0)
        end = route[-1][1]
        if end == target:
            return route
        if end not in reached:
            reached.add(end)
            routes += [[*route, pair] for pair in sorted(direct) if pair[0] == end]
    return None


def _whole(settings: Settings, key: str, default: int) -> int:
    value = settings.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise EngineError(
            _("engine setting {key} must be a whole number from 1").format(key=f"argos.{key}")
        )
    return value
