"""Running CTranslate2: a model is loaded as the settings say, and every sentence goes through it in a few large batches."""

from __future__ import annotations

import logging
import math
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.engines import Settings
from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft

if TYPE_CHECKING:
    from ctranslate2 import AsyncTranslationResult, TranslationResult, Translator

_BATCH_TOKENS = 1024
"""Tokens of one batch; from 512 to 2048 the speed is the same."""

_LONGEST = 1000
"""Tokens after which any decoding ends, and of a text that is sent to a model at all."""

_USUAL_BEAM = 4


@dataclass(frozen=True, slots=True)
class Hardware:
    """How models are run: the settings that every engine on CTranslate2 has."""

    engine: str
    """Whose settings they are."""
    beam: int = _USUAL_BEAM
    threads: int = 1
    compute_type: str = "default"
    """Default: as the model was saved."""
    device: str = "auto"

    @property
    def mark(self) -> str:
        """What tells drafts of this beam from others in the name of a version; empty for the usual one."""
        return "" if self.beam == _USUAL_BEAM else f"-beam{self.beam}"

    @property
    def _named(self) -> str:
        """The settings that decide whether a model loads, where a person has set them."""
        settings = {
            "device": (self.device, "auto"),
            "compute_type": (self.compute_type, "default"),
        }
        return ", ".join(
            f'{key} = "{value}"' for key, (value, usual) in settings.items() if value != usual
        )

    def load(self, model: Path) -> Translator:
        """Load the model in a folder; EngineError when CTranslate2 cannot."""
        # Here and not above: listing models and picking an engine must not load the library.
        try:
            import ctranslate2  # noqa: PLC0415
        except ImportError as error:
            raise missing_module(self.engine, error) from error
        ctranslate2.set_log_level(logging.ERROR)
        try:
            return ctranslate2.Translator(
                str(model),
                device=self.device,
                compute_type=self.compute_type,
                inter_threads=self.threads,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                _("the model cannot be loaded: {reason}").format(reason=error),
                path=model,
                # What a person has set is the first suspect: the model loads as it was saved.
                hint=f"[engine.{self.engine}] {self._named}  (l10n.toml)"
                if self._named
                else "",
            ) from error


@dataclass(frozen=True, slots=True)
class Style:
    """How the models of a family want to be decoded."""

    length_penalty: float = 1.0
    prefix: tuple[str, ...] = ()
    """Tokens every translation is made to begin with."""
    end: tuple[str, ...] = ()
    """Tokens behind every source."""
    start: tuple[str, ...] = ()
    """Tokens before every source."""
    copies_unknown: bool = False
    """Put the source's token for one that the model does not know, as argostranslate does; else it chooses another."""


def hardware(engine: str, settings: Settings) -> Hardware:
    """Read the settings of an engine on CTranslate2; EngineError for values that cannot be."""
    return Hardware(
        engine,
        _whole(engine, settings, "beam", _USUAL_BEAM),
        _whole(engine, settings, "threads", len(os.sched_getaffinity(0))),
        str(settings.get("compute_type", "default")),
        str(settings.get("device", "auto")),
    )


def missing_module(engine: str, error: ImportError) -> EngineError:
    """Say which library of an engine is not there."""
    return EngineError(
        _("engine {name} needs the Python module {module}").format(
            name=engine, module=error.name
        ),
        hint=f"pip install 'l10n-workbench[{engine}]'",
    )


def run(
    translator: Translator,
    tokens: Sequence[Sequence[str]],
    read: Callable[[Sequence[str]], str],
    style: Style,
    beam: int,
) -> list[Draft]:
    """Translate texts that are cut into tokens; `read` makes a text of those that come out.

    A text of more tokens than the model has places for gets no draft, with a note. EngineError where nothing can
    be translated.
    """
    drafts: list[Draft | None] = [
        None if 0 < len(text) <= _LONGEST else Draft("", notes=("long",) if text else ())
        for text in tokens
    ]
    failure: RuntimeError | None = None
    for alone in (False, True):
        waiting: deque[tuple[list[int], int, list[AsyncTranslationResult]]] = deque()

        def collect(waiting: deque[Any] = waiting) -> None:
            nonlocal failure
            places, limit, answers = waiting.popleft()
            for place, answer in zip(places, answers, strict=True):
                try:
                    drafts[place] = _read(answer.result(), limit, read, style.length_penalty)
                except RuntimeError as error:
                    failure = error

        left = [place for place, draft in enumerate(drafts) if draft is None]
        for limit, places in _batches(tokens, left, alone=alone):
            answers = translator.translate_batch(
                [[*style.start, *tokens[place], *style.end] for place in places],
                target_prefix=[list(style.prefix)] * len(places) if style.prefix else None,
                replace_unknowns=style.copies_unknown,
                disable_unk=not style.copies_unknown,
                beam_size=beam,
                length_penalty=style.length_penalty,
                max_decoding_length=limit,
                max_input_length=0,
                return_scores=True,
                asynchronous=True,
            )
            waiting.append((places, limit, answers))
            # What is queued when a person interrupts must still be run to its end: keep it short.
            if len(waiting) > 2 * translator.num_translators:
                collect()
        while waiting:
            collect()
        # A batch fails as a whole, where one of its texts has more tokens than the model has places for.
        if None not in drafts:
            break
    if failure and all(draft is None for draft in drafts):
        raise EngineError(_("the model cannot be run: {reason}").format(reason=failure))
    return [Draft("", notes=("long",)) if draft is None else draft for draft in drafts]


def _read(
    result: TranslationResult,
    limit: int,
    read: Callable[[Sequence[str]], str],
    penalty: float,
) -> Draft:
    pieces = result.hypotheses[0]
    notes = ("truncated",) if len(pieces) >= limit else ()
    # Undo the decoder's length penalty: what is left is the mean log probability of a token.
    logprob = result.scores[0] * math.pow(max(1, len(pieces)), penalty - 1)
    return Draft(read(pieces), logprob, notes)


def _batches(
    tokens: Sequence[Sequence[str]], places: Sequence[int], *, alone: bool
) -> Iterator[tuple[int, list[int]]]:
    """Return the places of texts of like length, longest first, with the decoding limit of each batch.

    Without a limit of its own a short text that runs into a loop holds its batch for 256 tokens.
    """
    waiting = sorted(places, key=lambda place: len(tokens[place]), reverse=True)
    while waiting:
        longest = len(tokens[waiting[0]])
        size = 1 if alone else max(1, _BATCH_TOKENS // longest)
        yield min(_LONGEST, 2 * longest + 10), waiting[:size]
        waiting = waiting[size:]


def _whole(engine: str, settings: Settings, key: str, default: int) -> int:
    value = settings.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise EngineError(
            _("engine setting {key} must be a whole number from 1").format(
                key=f"{engine}.{key}"
            )
        )
    return value
