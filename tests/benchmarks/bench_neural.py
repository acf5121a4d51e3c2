"""Speed of converted models: a random one of the size of OPUS-MT, through the engine in batches and sentence by sentence.

    python tests/benchmarks/bench_neural.py [SENTENCES]

The weights are chance, so every translation runs as far as it may: the sentences of `models/sentences.tsv` twice their
length. What is compared is processor time, which other programs disturb least.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

from l10n.engines.neural.decoding import Hardware, Style, run
from l10n.engines.neural.families import read_model

MODELS = Path(__file__).resolve().parents[1] / "models"
WIDTH, INNER, LAYERS, HEADS, VOCABULARY = 512, 2048, 6, 8, 32_000


def fill(spec: object, chance: np.random.Generator) -> None:
    """Give every weight of a specification that has none a number of chance."""

    def matrix(*shape: int) -> np.ndarray:
        return (chance.standard_normal(shape) / shape[-1] ** 0.5).astype(np.float32)

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def linear(layer: object, out: int, wide: int) -> None:
        layer.weight, layer.bias = matrix(out, wide), np.zeros(out, np.float32)

    embedding = matrix(VOCABULARY, WIDTH)
    for side in (spec.encoder, spec.decoder):
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = embedding
        side.scale_embeddings = True
        side.position_encodings.encodings = matrix(512, WIDTH)
        norm(side.layer_norm)
        for layer in side.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 3 * WIDTH, WIDTH)
            linear(layer.self_attention.linear[1], WIDTH, WIDTH)
            if side is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], WIDTH, WIDTH)
                linear(layer.attention.linear[1], 2 * WIDTH, WIDTH)
                linear(layer.attention.linear[2], WIDTH, WIDTH)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, INNER, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, INNER)
    spec.decoder.projection.weight = embedding
    bias = np.zeros(VOCABULARY, np.float32)
    bias[3] = -1e3  # no translation ends by itself: both ways do the same work
    spec.decoder.projection.bias = bias


def random_folder(parent: Path) -> Path:
    """Write a model folder as a converter does, with the tokens of a bilingual OPUS-MT."""
    with zipfile.ZipFile(MODELS / "kinds.zip") as packed:
        pieces = packed.read("sentencepiece.model")
        known = [
            piece for piece in json.loads(packed.read("vocabulary.json")) if "Latn" not in piece
        ]
    known = [piece for piece in known if not piece.startswith(("<2", ">>"))]
    vocabulary = [*known, *(f"madeupword{n}" for n in range(VOCABULARY - len(known)))]
    spec = transformer_spec.TransformerSpec.from_config(
        LAYERS, HEADS, activation=common_spec.Activation.RELU
    )
    fill(spec, np.random.default_rng(0))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder = parent / "opus-mt-random"
    folder.mkdir()
    spec.save(str(folder))
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces)
    return folder


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of processor and of clock."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - begun


def main(count: int) -> None:
    lines = (MODELS / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[0] for line in lines][:count]
    with tempfile.TemporaryDirectory() as place:
        model = read_model(random_folder(Path(place)))
        size = (model.path / "model.bin").stat().st_size / 1e6
        import sentencepiece

        cutter = sentencepiece.SentencePieceProcessor(model_file=str(model.pieces[0]))
        tokens = [cutter.encode(text, out_type=str) for text in texts]
        begun = time.perf_counter()
        translator = Hardware("ctranslate2", threads=2).load(model.path)
        print(f"model.bin {size:.1f} MB, loaded in {time.perf_counter() - begun:.2f} s")
        style: Style = model.style("en", "es")

        def through(part: list[list[str]]) -> None:
            run(translator, part, " ".join, style, 4)

        through(tokens[:2])
        batched = measured(lambda: through(tokens))
        single = measured(lambda: [through([one]) for one in tokens])
        pieces = sum(map(len, tokens)) / len(tokens)
        print(
            f"{len(tokens)} sentences of {pieces:.0f} tokens, beam 4, CTranslate2 {ctranslate2.__version__}"
        )
        for name, (cpu, wall) in (("in batches", batched), ("one by one", single)):
            print(f"{name}: {cpu:.1f} s CPU, {wall:.1f} s, {len(tokens) / wall:.1f} a second")
        print(f"batches: {single[0] / batched[0]:.1f} times less CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
