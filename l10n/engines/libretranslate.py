"""LibreTranslate, for those who run one: texts in batches, checked like any other draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from l10n.engines import Pair, Settings, resolve_pair
from l10n.engines.answers import UnreadableAnswerError, ask_in_parts
from l10n.engines.web import Service
from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft

KEY = "LIBRETRANSLATE_API_KEY"
"""Environment variable of the key."""

_TEXTS, _CHARACTERS = 40, 4000
"""Of one request at most: services limit both."""


class LibreTranslateEngine:
    """Settings: `url`, `timeout`, and `version`, a name for the models behind it."""

    name = "libretranslate"

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or {}

    def pairs(self) -> frozenset[Pair]:
        """Ask the service for its pairs."""
        return self._pairs

    def version(self, source: str, target: str) -> str:
        """Return the name of the models as configured, else the service's host."""
        return str(self._settings.get("version", self._service.host))

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences, some in each request."""
        pair = resolve_pair(self.pairs(), source, target)
        if pair is None:
            raise EngineError(
                _("LibreTranslate cannot translate {source} to {target}").format(
                    source=source, target=target
                )
            )
        return [
            draft
            for batch in _batches(texts)
            for draft in ask_in_parts(batch, lambda part: self._translate(part, pair))
        ]

    @cached_property
    def _service(self) -> Service:
        return Service(self.name, self._settings)

    @cached_property
    def _pairs(self) -> frozenset[Pair]:
        answer = self._service.get("/languages")
        try:
            codes = [language["code"] for language in answer]
            return frozenset(
                (language["code"], target)
                for language in answer
                for target in language.get("targets", codes)
                if target != language["code"]
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise EngineError(_("LibreTranslate’s list of languages cannot be read")) from error

    def _translate(self, texts: Sequence[str], pair: Pair) -> list[str]:
        question = {"q": list(texts), "source": pair[0], "target": pair[1], "format": "text"}
        if key := self._service.key(KEY):
            question["api_key"] = key
        answer = self._service.post("/translate", question)
        translations = answer.get("translatedText") if isinstance(answer, dict) else None
        if (
            not isinstance(translations, list)
            or len(translations) != len(texts)
            or not all(isinstance(text, str) for text in translations)
        ):
            raise UnreadableAnswerError(_("LibreTranslate’s answer cannot be read"))
        return translations


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == _TEXTS or size + len(text) > _CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
