"""The models that a person has added: where each lies and which pairs it serves, kept with the person's data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.engines import Pair
from l10n.errors import EngineError
from l10n.files import write_atomically
from l10n.foreign import load_json
from l10n.interface import gettext as _
from l10n.person import data_folder


@dataclass(frozen=True, slots=True)
class AddedModel:
    """One folder and the pairs it was added for."""

    path: Path
    pairs: tuple[Pair, ...]


def models_path() -> Path:
    """Return the person's list of models."""
    return data_folder() / "models.json"


def added_models() -> tuple[AddedModel, ...]:
    """Return the models in the order they were added; EngineError where the list cannot be read."""
    path = models_path()
    try:
        rows = load_json(path.read_bytes())["models"]
        return tuple(
            AddedModel(
                Path(str(row["path"])),
                tuple((str(source), str(target)) for source, target in row["pairs"]),
            )
            for row in rows
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EngineError(
            _("the list of models cannot be read: {reason}").format(reason=error), path=path
        ) from error


def add_model(path: Path, pairs: Sequence[Pair]) -> AddedModel:
    """Add a folder for some pairs, beside those it has; a pair belongs to the folder that was added for it last."""
    path = path.resolve()
    models = [_without(model, pairs) for model in added_models()]
    former = [pair for model in models if model.path == path for pair in model.pairs]
    added = AddedModel(path, (*former, *dict.fromkeys(pairs)))
    _write([*(model for model in models if model.pairs and model.path != path), added])
    return added


def remove_model(path: Path) -> bool:
    """Take a folder off the list and leave its files alone; False where it was not on it."""
    models = added_models()
    left = [model for model in models if model.path not in {path, path.resolve()}]
    if len(left) < len(models):
        _write(left)
    return len(left) < len(models)


def _without(model: AddedModel, pairs: Sequence[Pair]) -> AddedModel:
    return AddedModel(model.path, tuple(pair for pair in model.pairs if pair not in pairs))


def _write(models: Sequence[AddedModel]) -> None:
    rows = [{"path": str(model.path), "pairs": model.pairs} for model in models]
    text = json.dumps({"models": rows}, ensure_ascii=False, indent=1) + "\n"
    write_atomically(models_path(), text.encode())
