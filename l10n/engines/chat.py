"""Language models: some sentences in one question, with what a translator would look at beside them, answered in JSON."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Self

from babel import Locale, UnknownLocaleError

from l10n.engines import Context, Pair, Settings
from l10n.engines.answers import UnreadableAnswerError, ask_in_parts
from l10n.engines.parallel import ask_at_once
from l10n.engines.web import Service
from l10n.errors import EngineError
from l10n.foreign import ForeignError, load_json
from l10n.interface import gettext as _
from l10n.model import Draft

_AT_ONCE, _CHARACTERS = 8, 3000
"""Sentences and characters of one question: with more, small models lose count, and their memory of 4,096 tokens the
begin of it."""

_USUAL_BUDGET = 2000
"""Characters of what stands beside the sentences: some 700 tokens, which every question costs."""

_TASK = (
    "You translate newspaper sentences from {source} to {target}. Translate every sentence completely,"
    " add nothing, explain nothing. Leave names, numbers, web addresses and words such as XQA or XQB exactly"
    ' as they are. Answer with JSON: {{"translations": […]}}, one string for each sentence, in order.'
)

_BESIDE = (
    "\nNot to be translated, to help you: title, what stands before and after, terms of this house, which you use, and"
    " examples of its translations, whose words and tone you follow.\n"
)

_FENCE = re.compile(
    r"^\s*(?:<think>.*?</think>)?\s*(?:```(?:json)?\s*(.*?)\s*```)?\s*$", re.DOTALL
)
"""What models put around the JSON that they were asked for."""


class ChatEngine(ABC):
    """A language model behind an address.

    Settings: `url`, `model`, `timeout`; `parallel` (4), questions on the way at a time; `context` (2000), characters
    of what stands beside the sentences, 0 for nothing.
    """

    name: str

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or {}
        self._contexts: Mapping[str, Context] = {}

    @abstractmethod
    def version(self, source: str, target: str) -> str:
        """Name the model."""

    @abstractmethod
    def pairs(self) -> frozenset[Pair]:
        """Return any pair, once the service has the model."""

    @abstractmethod
    def _content(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Any:
        """Ask the service; gives what the model wrote, None where the answer has another form."""

    def within(self, contexts: Mapping[str, Context]) -> Self:
        """Return this engine with what it may look at beside each sentence."""
        bound = copy(self)
        bound._contexts = contexts  # noqa: SLF001 - it is of this very class
        return bound

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences; one that the model cannot answer in the asked form gets no draft."""
        task = _TASK.format(source=_english(source), target=_english(target))

        def ask(batch: Sequence[str]) -> list[Draft]:
            return ask_in_parts(
                batch,
                lambda part: self._ask(
                    part, task, [self._contexts.get(text, Context()) for text in part]
                ),
                # A small model that chats is not broken: it may answer the next sentence.
                gives_up=False,
            )

        batches = list(_batches(texts))
        answers = ask_at_once(ask, batches, self._whole("parallel", 4, least=1))
        return [draft for drafts in answers for draft in drafts]

    @property
    def _model(self) -> str:
        model = self._settings.get("model")
        if not isinstance(model, str) or not model:
            raise EngineError(
                _("engine {name} is not configured").format(name=self.name),
                hint=f'[engine.{self.name}] url = "http://localhost:…", model = "…"  (l10n.toml)',
            )
        return model

    @cached_property
    def _service(self) -> Service:
        return Service(self.name, self._settings)

    def _ask(self, texts: Sequence[str], task: str, contexts: Sequence[Context]) -> list[str]:
        """Ask for some sentences; UnreadableAnswerError where the answer has another number of them."""
        if not any(text.strip() for text in texts):
            return [""] * len(texts)
        budget = self._whole("context", _USUAL_BUDGET, least=0)
        beside = _beside(contexts, budget)
        help_ = _BESIDE + json.dumps(beside, ensure_ascii=False) if beside else ""
        messages = [
            {"role": "system", "content": task + help_},
            {"role": "user", "content": json.dumps(list(texts), ensure_ascii=False)},
        ]
        translations = _translations(self._content(messages, _schema(len(texts))))
        if len(translations) != len(texts):
            raise UnreadableAnswerError(
                _("the answer of engine {name} cannot be read").format(name=self.name)
            )
        return [" ".join(text.split()) for text in translations]

    def _whole(self, key: str, default: int, *, least: int) -> int:
        value = self._settings.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise EngineError(
                _("engine setting {key} must be a whole number from {least}").format(
                    key=f"{self.name}.{key}", least=least
                )
            )
        return value


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == _AT_ONCE or sum(map(len, batch)) + len(text) > _CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _beside(contexts: Sequence[Context], budget: int) -> dict[str, Any]:
    """Return what stands beside some sentences in a row, as far as the characters go: what helps most comes first."""
    terms = dict(pair for context in contexts for pair in context.terms)
    examples = dict(pair for context in contexts for pair in context.examples)
    beside: dict[str, Any] = {}

    def add(key: str, value: str) -> None:
        nonlocal budget
        if value and len(value) <= budget:
            budget -= len(value)
            beside[key] = value

    add("title", contexts[0].title)
    for key, pairs in (("terms", terms), ("examples", examples)):
        chosen = {}
        for text, translation in pairs.items():
            if len(text) + len(translation) <= budget:
                budget -= len(text) + len(translation)
                chosen[text] = translation
        if chosen:
            beside[key] = chosen
    add("before", contexts[0].before)
    add("after", contexts[-1].after)
    return beside


def _schema(count: int) -> dict[str, Any]:
    answers = {
        "type": "array",
        "items": {"type": "string"},
        "minItems": count,
        "maxItems": count,
    }
    return {
        "type": "object",
        "properties": {"translations": answers},
        "required": ["translations"],
        "additionalProperties": False,
    }


def _translations(content: Any) -> list[str]:
    """Read the strings of an answer; none when it has another form."""
    if not isinstance(content, str):
        return []
    fenced = _FENCE.match(content)
    text = (
        fenced[1]
        if fenced and fenced[1]
        else re.sub(r"^\s*<think>.*?</think>", "", content, flags=re.DOTALL)
    )
    try:
        answer = load_json(text)
    except ForeignError:
        return []
    translations = answer.get("translations") if isinstance(answer, dict) else None
    if not isinstance(translations, list) or not all(isinstance(t, str) for t in translations):
        return []
    return translations


def _english(locale: str) -> str:
    """Name a locale in English, the language of the question."""
    try:
        return Locale.parse(locale, sep="-").english_name or locale
    except (ValueError, UnknownLocaleError):
        return locale
