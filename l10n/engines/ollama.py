"""Language models on this machine, for those who run one: Ollama, and servers that answer as OpenAI's does."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from l10n.engines import ANY, Pair
from l10n.engines.chat import ChatEngine
from l10n.errors import EngineError
from l10n.interface import gettext as _

_TOKENS = 4096
"""What a question and its answer have room in. Always the same: another number makes Ollama load the model anew."""

KEY = "LLM_API_KEY"
"""Environment variable of the key of a server that wants one."""


class OllamaEngine(ChatEngine):
    """A model of an Ollama that runs somewhere."""

    name = "ollama"

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

    @cached_property
    def _digests(self) -> dict[str, str]:
        answer = self._service.get("/api/tags")
        try:
            return {model["name"]: str(model.get("digest", "")) for model in answer["models"]}
        except (TypeError, KeyError, AttributeError) as error:
            raise EngineError(_("Ollama’s list of models cannot be read")) from error

    def _content(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Any:
        question = {
            "model": self._model,
            "stream": False,
            # The same question gives the same answer.
            "options": {"temperature": 0, "seed": 1, "num_ctx": _TOKENS},
            "format": schema,
            "messages": messages,
        }
        answer = self._service.post("/api/chat", question)
        try:
            return answer["message"]["content"]
        except (TypeError, KeyError):
            return None


class LanguageModelEngine(ChatEngine):
    """A model of llama.cpp, LM Studio, vLLM, LocalAI …, whose server answers as OpenAI's does."""

    name = "llm"

    def pairs(self) -> frozenset[Pair]:
        """Return any pair, once the service has the model."""
        if self._model not in self._names:
            raise EngineError(
                _("the service has no model {model}").format(model=self._model),
                hint=_("it has: {names}").format(names=" ".join(self._names)),
            )
        return frozenset({(ANY, ANY)})

    def version(self, source: str, target: str) -> str:
        """Return the model as it is called."""
        return self._model

    @cached_property
    def _names(self) -> tuple[str, ...]:
        answer = self._service.get("/v1/models", key=KEY)
        try:
            return tuple(str(model["id"]) for model in answer["data"])
        except (TypeError, KeyError) as error:
            raise EngineError(_("the service’s list of models cannot be read")) from error

    def _content(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Any:
        form = {"name": "translations", "strict": True, "schema": schema}
        question = {
            "model": self._model,
            "stream": False,
            "temperature": 0,
            "seed": 1,
            "response_format": {"type": "json_schema", "json_schema": form},
            "messages": messages,
        }
        answer = self._service.post("/v1/chat/completions", question, key=KEY)
        try:
            return answer["choices"][0]["message"]["content"]
        except (TypeError, KeyError, IndexError):
            return None
