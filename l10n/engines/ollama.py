"""Ollama, for those who run one: a language model asked for several sentences at once, in JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from babel import Locale, UnknownLocaleError

from l10n.engines import ANY, Pair, Settings
from l10n.engines.answers import UnreadableAnswerError, ask_in_parts
from l10n.engines.web import Service
from l10n.errors import EngineError
from l10n.foreign import load_json
from l10n.interface import gettext as _
from l10n.model import Draft

_AT_ONCE = 8
"""Sentences of one question: more makes small models lose count."""

_TASK = (
    "You translate newspaper sentences from {source} to {target}. Translate every sentence completely,"
    " add nothing, explain nothing. Leave names, numbers, web addresses and words such as XQA or XQB exactly"
    ' as they are. Answer with JSON: {{"translations": […]}}, one string for each sentence, in order.'
)


class OllamaEngine:
    """Settings: `url`, `model`, `timeout`."""

    name = "ollama"

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or {}

    def pairs(self) -> frozenset[Pair]:
        """Return any pair, once the service has the model."""
        if self._model not in self._digests and f"{self._model}:latest" not in self._digests:
            raise EngineError(
                _("Ollama has no model {model}").format(model=self._model),
                hint=f"ollama pull {self._model}",
            )
        return frozenset({(ANY, ANY)})

    def version(self, source: str, target: str) -> str:
        """Return the model and the start of its digest: `gemma3:4b@a2af6cc3`."""
        digest = self._digests.get(self._model) or self._digests.get(
            f"{self._model}:latest", ""
        )
        return f"{self._model}@{digest[:8]}" if digest else self._model

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences; one that the model cannot answer in the asked form gets no draft."""
        task = _TASK.format(source=_english(source), target=_english(target))
        drafts: list[Draft] = []
        for first in range(0, len(texts), _AT_ONCE):
            batch = texts[first : first + _AT_ONCE]
            drafts += ask_in_parts(
                # A small model that chats is not broken: it may answer the next sentence.
                batch,
                lambda part: self._ask(part, task),
                gives_up=False,
            )
        return drafts

    @property
    def _model(self) -> str:
        model = self._settings.get("model")
        if not isinstance(model, str) or not model:
            raise EngineError(
                _("engine {name} is not configured").format(name=self.name),
                hint='[engine.ollama] url = "http://localhost:11434", model = "…"  (l10n.toml)',
            )
        return model

    @cached_property
    def _service(self) -> Service:
        return Service(self.name, self._settings)

    @cached_property
    def _digests(self) -> dict[str, str]:
        answer = self._service.get("/api/tags")
        try:
            return {model["name"]: str(model.get("digest", "")) for model in answer["models"]}
        except (TypeError, KeyError, AttributeError) as error:
            raise EngineError(_("Ollama’s list of models cannot be read")) from error

    def _ask(self, texts: Sequence[str], task: str) -> list[str]:
        """Ask for some sentences; UnreadableAnswerError where the answer has another number of them."""
        if not any(text.strip() for text in texts):
            return [""] * len(texts)
        answer = self._service.post("/api/chat", self._question(texts, task))
        translations = _translations(answer)
        if len(translations) != len(texts):
            raise UnreadableAnswerError(_("Ollama’s answer cannot be read"))
        return [" ".join(text.split()) for text in translations]

    def _question(self, texts: Sequence[str], task: str) -> dict[str, Any]:
        answers = {
            "type": "array",
            "items": {"type": "string"},
            "minItems": len(texts),
            "maxItems": len(texts),
        }
        return {
            "model": self._model,
            "stream": False,
            # The same question gives the same answer.
            "options": {"temperature": 0, "seed": 1},
            "format": {
                "type": "object",
                "properties": {"translations": answers},
                "required": ["translations"],
            },
            "messages": [
                {"role": "system", "content": task},
                {"role": "user", "content": json.dumps(list(texts), ensure_ascii=False)},
            ],
        }


def _translations(answer: Any) -> list[str]:
    """Read the strings of an answer; none when it has another form."""
    try:
        translations = load_json(answer["message"]["content"])["translations"]
    except (TypeError, KeyError, ValueError):
        return []
    if not isinstance(translations, list) or not all(
        isinstance(text, str) for text in translations
    ):
        return []
    return translations


def _english(locale: str) -> str:
    """Name a locale in English, the language of the question."""
    try:
        return Locale.parse(locale, sep="-").english_name or locale
    except (ValueError, UnknownLocaleError):
        return locale
