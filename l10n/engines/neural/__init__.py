"""Converted models on CTranslate2: any folder that a person has added, whatever family it is of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from l10n.engines import Licence, Pair, Settings, resolve_pair
from l10n.engines.neural import trial
from l10n.engines.neural.added import AddedModel, added_models
from l10n.engines.neural.decoding import hardware, missing_module, run
from l10n.engines.neural.families import Model, licence_of, read_model
from l10n.errors import EngineError
from l10n.foreign import ForeignError, foreign_data
from l10n.interface import gettext as _
from l10n.model import Draft

NAME = "ctranslate2"


class NeuralEngine:
    """Neural translation with model folders: OPUS-MT, NLLB, M2M-100, mBART-50, MADLAD-400.

    Settings: `beam` (4), `compute_type` (default: as saved), `device` (auto), `threads` (all cores).
    """

    name = NAME

    def __init__(
        self, settings: Settings | None = None, *, models: Sequence[AddedModel] | None = None
    ) -> None:
        self._hardware = hardware(NAME, settings or {})
        self._added = models
        self._models: dict[Pair, Model] = {}
        self._runners: dict[Pair, Callable[[Sequence[str]], list[Draft]]] = {}
        self._translators: dict[str, Any] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that models were added for."""
        for module in ("ctranslate2", "sentencepiece"):
            if not find_spec(module):
                raise missing_module(NAME, ImportError(name=module))
        return frozenset(self._folders())

    def version(self, source: str, target: str) -> str:
        """Name the model: `opus-mt-en-es@1f3a9c2b`."""
        return self._model(self._pair(source, target)).name + self._hardware.mark

    def licence(self, source: str, target: str) -> Licence:
        """Return under which terms the model of a pair may be used."""
        return licence_of(self._model(self._pair(source, target)))

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences in batches of like length."""
        pair = self._pair(source, target)
        if pair not in self._runners:
            model = self._model(pair)
            translate = self._runner(model, pair)
            mark = f"{model.fingerprint()}:{'-'.join(pair)}"
            trial.assure(model.path, mark, pair[0], translate)
            self._runners[pair] = translate
        return self._runners[pair](texts)

    def try_model(self, source: str, target: str) -> str | None:
        """Run a pair's model on the sentences of the trial; gives why it cannot be trusted, or None."""
        pair = self._pair(source, target)
        return trial.verdict(pair[0], self._runner(self._model(pair), pair))

    def _folders(self) -> dict[Pair, AddedModel]:
        models = added_models() if self._added is None else self._added
        return {pair: model for model in models for pair in model.pairs}

    def _pair(self, source: str, target: str) -> Pair:
        pair = resolve_pair(self._folders(), source, target)
        if pair is None:
            raise EngineError(
                _("no model for {source} to {target} was added").format(
                    source=source, target=target
                ),
                hint=f"l10n engines add FOLDER --pair {source}:{target}",
            )
        return pair

    def _model(self, pair: Pair) -> Model:
        if pair not in self._models:
            self._models[pair] = read_model(self._folders()[pair].path)
        return self._models[pair]

    def _runner(self, model: Model, pair: Pair) -> Callable[[Sequence[str]], list[Draft]]:
        style = model.style(*pair)
        # A model of many languages is loaded once, whatever it is asked for.
        place = str(model.path)
        if place not in self._translators:
            self._translators[place] = self._hardware.load(model.path)
        translator = self._translators[place]
        cutter, joiner = _processors(model)
        marks = {*model.tokens.values(), *style.end, "<s>", "</s>", "<pad>"}

        def read(pieces: Sequence[str]) -> str:
            return str(joiner.decode_pieces([p for p in pieces if p not in marks])).strip()

        def translate(texts: Sequence[str]) -> list[Draft]:
            cut = [cutter.encode(" ".join(text.split()), out_type=str) for text in texts]
            return run(translator, cut, read, style, self._hardware.beam)

        return translate


def _processors(model: Model) -> tuple[Any, Any]:
    """Load what cuts a text into pieces and what joins them."""
    try:
        import sentencepiece  # noqa: PLC0415 - loaded when a model is run
    except ImportError as error:
        raise missing_module(NAME, error) from error
    processors = []
    for file in model.pieces:
        try:
            with foreign_data():
                processors.append(sentencepiece.SentencePieceProcessor(model_file=str(file)))
        except (ForeignError, OSError) as error:
            raise EngineError(
                _("the tokenizer cannot be loaded: {reason}").format(reason=error), path=file
            ) from error
    return processors[0], processors[1]
