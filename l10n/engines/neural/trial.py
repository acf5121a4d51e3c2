"""Try a model before it is trusted: published packages exist that answer every text with a loop."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from l10n.engines.answers import is_copy, unusable_reason
from l10n.errors import EngineError
from l10n.foreign import load_json
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.model import Draft
from l10n.person import cache_folder

_SENTENCES = {
    "en": (
        "The town hall opens at nine in the morning.",
        "The council approved the budget on Thursday.",
        "The new library will open in March.",
        "The old bridge is closed to traffic.",
        "Three hundred people attended the concert.",
        "The price of bread rose again this year.",
        "Rain is expected on the coast this weekend.",
        "The deadline ends on 15 June.",
        "The clinic needs two more nurses.",
        "The river rose half a metre overnight.",
        "Rents have doubled in ten years.",
        "Where can I leave old clothes?",
    ),
    "es": (
        "El ayuntamiento abre a las nueve de la mañana.",
        "El pleno aprobó el presupuesto el jueves.",
        "La nueva biblioteca abrirá en marzo.",
        "El puente viejo está cerrado al tráfico.",
        "Trescientas personas asistieron al concierto.",
        "El precio del pan volvió a subir este año.",
        "Se esperan lluvias en la costa este fin de semana.",
        "El plazo termina el 15 de junio.",
        "La clínica necesita dos enfermeras más.",
        "El río subió medio metro durante la noche.",
        "Los alquileres se han duplicado en diez años.",
        "¿Dónde puedo dejar ropa usada?",
    ),
}
"""Plain sentences by source language; a package from another language is taken unseen."""

_TOLERATED = 2
"""So many bad answers a good model may give."""

Translate = Callable[[Sequence[str]], list[Draft]]


def verdict(source: str, translate: Translate) -> str | None:
    """Return why a model that translates from a language cannot be trusted, in a sentence, or None."""
    sentences = _SENTENCES.get(primary(source), ())
    answers = [draft.text for draft in translate(sentences)]
    faults = Counter[str]()
    for sentence, answer in zip(sentences, answers, strict=True):
        if fault := unusable_reason(sentence, answer):
            faults[fault] += 1
        elif is_copy(sentence, answer):
            faults["copied"] += 1
    if sentences and len(set(answers)) <= len(sentences) // 2:
        faults["same"] += len(sentences)
    if faults.total() <= _TOLERATED:
        return None
    example = min((answer for answer in answers if answer.strip()), key=len, default="")
    return _says(faults.most_common(1)[0][0], example[:24])


def assure(
    path: Path, fingerprint: str, source: str, translate: Translate, hint: str = ""
) -> None:
    """Raise EngineError for a model that fails; a verdict is remembered by fingerprint with the user's caches."""
    verdicts = _remembered()
    if fingerprint not in verdicts:
        verdicts[fingerprint] = verdict(source, translate)
        _remember(verdicts)
    if reason := verdicts[fingerprint]:
        raise EngineError(reason, path=path, hint=hint)


def _says(fault: str, example: str) -> str:
    text = {
        "empty": _("the model answers nothing"),
        "repeats": _("the model answers in loops, like “{example}…”"),
        "debris": _("the model answers debris, like “{example}…”"),
        "length": _("the model’s answers are far too long or short, like “{example}…”"),
        "copied": _("the model repeats the source text"),
        "same": _("the model gives one answer to everything, “{example}…”"),
    }[fault]
    return text.format(example=example)


def _path() -> Path:
    return cache_folder() / "trials.json"


def _remembered() -> dict[str, str | None]:
    try:
        verdicts = load_json(_path().read_bytes())
    except (OSError, ValueError):
        return {}
    return verdicts if isinstance(verdicts, dict) else {}


def _remember(verdicts: dict[str, str | None]) -> None:
    # Without a place to write, the model is tried again next time.
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps(verdicts), encoding="utf-8")
    except OSError:
        return
