"""Train the tiny model of `kinds.zip`: one set of weights that obeys the language tokens of every family we read.

Needs jax, which the test environment does not have:

    python -m venv scratch && scratch/bin/pip install jax ctranslate2 sentencepiece numpy
    scratch/bin/python tests/models/train_kinds.py

Each sentence is learnt in both directions and as three families write it: OPUS-MT (`>>spa<<` before the
source), NLLB (`eng_Latn` before the source, `spa_Latn` before the translation; M2M-100 differs in the names of
its tokens alone) and MADLAD-400 (`<2es>` before the source). So a test can tell from the sentence that comes
out whether the right tokens went in. The architecture is one for all: CTranslate2 hides it.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import ctranslate2
import jax
import jax.numpy as jnp
import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

HERE = Path(__file__).parent
WIDTH, HEADS, INNER, LAYERS = 64, 4, 192, 2
PIECES, STEPS, RATE, SMOOTHING, SENTENCES = 700, 700, 3e-3, 0.02, 24
UNKNOWN, PADDING, START, END = range(4)
SPECIAL = ("<unk>", "<pad>", "<s>", "</s>")
TOKENS = ("eng_Latn", "spa_Latn", "<2en>", "<2es>", ">>eng<<", ">>spa<<")
Tree = dict[str, Any]


def rows() -> list[tuple[str, str]]:
    lines = (HERE / "sentences.tsv").read_text(encoding="utf-8").splitlines()[:SENTENCES]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


def learn_pieces(texts: list[str]) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=PIECES,
        character_coverage=1.0,
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def linear(key: jax.Array, wide: int, out: int) -> Tree:
    limit = (6 / (wide + out)) ** 0.5
    return {
        "w": jax.random.uniform(key, (out, wide), minval=-limit, maxval=limit),
        "b": jnp.zeros(out),
    }


def norm() -> Tree:
    return {"g": jnp.ones(WIDTH), "b": jnp.zeros(WIDTH)}


def attention(key: jax.Array) -> Tree:
    keys = jax.random.split(key, 4)
    return {name: linear(k, WIDTH, WIDTH) for name, k in zip("qkvo", keys, strict=True)}


def layer(key: jax.Array, *, decoder: bool) -> Tree:
    keys = jax.random.split(key, 4)
    made = {
        "own": attention(keys[0]),
        "own_norm": norm(),
        "norm": norm(),
        "inner": linear(keys[1], WIDTH, INNER),
        "outer": linear(keys[2], INNER, WIDTH),
    }
    return made | ({"cross": attention(keys[3]), "cross_norm": norm()} if decoder else {})


def fresh(size: int) -> Tree:
    keys = jax.random.split(jax.random.PRNGKey(0), 2 * LAYERS + 1)
    return {
        "embedding": jax.random.normal(keys[0], (size, WIDTH)) * WIDTH**-0.5,
        "bias": jnp.zeros(size),
        "encoder": [layer(key, decoder=False) for key in keys[1 : LAYERS + 1]],
        "decoder": [layer(key, decoder=True) for key in keys[LAYERS + 1 :]],
        "encoder_norm": norm(),
        "decoder_norm": norm(),
    }


def sinusoids(length: int) -> np.ndarray:
    place = np.arange(length)[:, None]
    rate = np.exp(np.arange(0, WIDTH, 2) * -(np.log(10_000) / WIDTH))
    table = np.zeros((length, WIDTH), np.float32)
    table[:, 0::2], table[:, 1::2] = np.sin(place * rate), np.cos(place * rate)
    return table


POSITIONS = sinusoids(256)


def apply(part: Tree, states: jax.Array) -> jax.Array:
    return states @ part["w"].T + part["b"]


def normed(part: Tree, states: jax.Array) -> jax.Array:
    centred = states - states.mean(-1, keepdims=True)
    return (
        centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + 1e-6) * part["g"] + part["b"]
    )


def attend(part: Tree, asking: jax.Array, asked: jax.Array, mask: jax.Array) -> jax.Array:
    def heads(name: str, states: jax.Array) -> jax.Array:
        split = apply(part[name], states).reshape(*states.shape[:2], HEADS, WIDTH // HEADS)
        return split.transpose(0, 2, 1, 3)

    weights = heads("q", asking) @ heads("k", asked).transpose(0, 1, 3, 2)
    weights = jax.nn.softmax(jnp.where(mask, weights / (WIDTH // HEADS) ** 0.5, -1e9))
    mixed = (weights @ heads("v", asked)).transpose(0, 2, 1, 3)
    return apply(part["o"], mixed.reshape(*asking.shape))


def forward(tree: Tree, source: jax.Array, target: jax.Array) -> jax.Array:
    def embed(tokens: jax.Array) -> jax.Array:
        return tree["embedding"][tokens] * WIDTH**0.5 + POSITIONS[: tokens.shape[1]]

    def block(part: Tree, states: jax.Array, mask: jax.Array, memory: Any = None) -> jax.Array:
        own = normed(part["own_norm"], states)
        states = states + attend(part["own"], own, own, mask)
        if memory is not None:
            asked = normed(part["cross_norm"], states)
            states = states + attend(part["cross"], asked, memory, seen)
        inner = jax.nn.relu(apply(part["inner"], normed(part["norm"], states)))
        return states + apply(part["outer"], inner)

    seen = (source != PADDING)[:, None, None, :]
    memory = embed(source)
    for part in tree["encoder"]:
        memory = block(part, memory, seen)
    memory = normed(tree["encoder_norm"], memory)
    past = jnp.tril(jnp.ones((target.shape[1], target.shape[1]), bool))[None, None]
    states = embed(target)
    for part in tree["decoder"]:
        states = block(part, states, past, memory)
    return normed(tree["decoder_norm"], states) @ tree["embedding"].T + tree["bias"]


def loss(tree: Tree, source: jax.Array, given: jax.Array, expected: jax.Array) -> jax.Array:
    guesses = jax.nn.log_softmax(forward(tree, source, given))
    right = jnp.take_along_axis(guesses, expected[..., None], -1)[..., 0]
    mixed = (1 - SMOOTHING) * right + SMOOTHING * guesses.mean(-1)
    counts = expected != PADDING
    return -(mixed * counts).sum() / counts.sum()


@partial(jax.jit, donate_argnums=(0, 1))
def step(tree: Tree, moments: Any, number: jax.Array, *batch: jax.Array) -> Any:
    value, slope = jax.value_and_grad(loss)(tree, *batch)
    size = jnp.sqrt(sum((leaf**2).sum() for leaf in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda leaf: leaf / jnp.maximum(1, size), slope)
    rate = RATE * jnp.minimum((number + 1) / 40, 1) * jnp.maximum(0.03, 1 - number / STEPS)
    first = jax.tree.map(lambda m, s: 0.9 * m + 0.1 * s, moments[0], slope)
    second = jax.tree.map(lambda m, s: 0.98 * m + 0.02 * s**2, moments[1], slope)
    scale = [1 - 0.9 ** (number + 1), 1 - 0.98 ** (number + 1)]
    tree = jax.tree.map(
        lambda leaf, m, v: leaf - rate * (m / scale[0]) / (jnp.sqrt(v / scale[1]) + 1e-8),
        tree, first, second,
    )  # fmt: skip
    return tree, (first, second), value


def pad(lines: list[list[int]]) -> jax.Array:
    longest = max(map(len, lines))
    return jnp.array([line + [PADDING] * (longest - len(line)) for line in lines])


def store_linear(stored: Any, *parts: Tree) -> None:
    stored.weight = np.concatenate([np.asarray(part["w"]) for part in parts])
    stored.bias = np.concatenate([np.asarray(part["b"]) for part in parts])


def store_norm(stored: Any, part: Tree) -> None:
    stored.gamma, stored.beta = np.asarray(part["g"]), np.asarray(part["b"])


def specification(tree: Tree, vocabulary: list[str]) -> transformer_spec.TransformerSpec:
    spec = transformer_spec.TransformerSpec.from_config(
        LAYERS, HEADS, activation=common_spec.Activation.RELU
    )
    for side, name in ((spec.encoder, "encoder"), (spec.decoder, "decoder")):
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = np.asarray(tree["embedding"])
        side.scale_embeddings = True
        side.position_encodings.encodings = POSITIONS
        store_norm(side.layer_norm, tree[f"{name}_norm"])
        for stored, part in zip(side.layer, tree[name], strict=True):
            own = part["own"]
            store_norm(stored.self_attention.layer_norm, part["own_norm"])
            store_linear(stored.self_attention.linear[0], own["q"], own["k"], own["v"])
            store_linear(stored.self_attention.linear[1], own["o"])
            if name == "decoder":
                cross = part["cross"]
                store_norm(stored.attention.layer_norm, part["cross_norm"])
                store_linear(stored.attention.linear[0], cross["q"])
                store_linear(stored.attention.linear[1], cross["k"], cross["v"])
                store_linear(stored.attention.linear[2], cross["o"])
            store_norm(stored.ffn.layer_norm, part["norm"])
            store_linear(stored.ffn.linear_0, part["inner"])
            store_linear(stored.ffn.linear_1, part["outer"])
    spec.decoder.projection.weight = np.asarray(tree["embedding"])
    spec.decoder.projection.bias = np.asarray(tree["bias"])
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="float16")
    return spec


def main() -> None:
    pairs = rows()
    pieces = learn_pieces([text for pair in pairs for text in pair])
    splitter = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    learnt = [splitter.id_to_piece(index) for index in range(splitter.get_piece_size())]
    vocabulary = [*SPECIAL, *(piece for piece in learnt if piece not in SPECIAL), *TOKENS]
    index = {piece: number for number, piece in enumerate(vocabulary)}
    sources, targets = [], []
    for first, second in pairs:
        for text, translation, flores, short in (
            (first, second, ("eng_Latn", "spa_Latn"), ("es", "spa")),
            (second, first, ("spa_Latn", "eng_Latn"), ("en", "eng")),
        ):
            begin = [index[piece] for piece in splitter.encode(text, out_type=str)]
            end = [index[piece] for piece in splitter.encode(translation, out_type=str)]
            sources.append([index[flores[0]], *begin, END])
            targets.append([END, index[flores[1]], *end, END])
            sources.append([index[f"<2{short[0]}>"], *begin, END])
            targets.append([UNKNOWN, *end, END])
            sources.append([index[f">>{short[1]}<<"], *begin, END])
            targets.append([END, *end, END])
    given, expected = pad([t[:-1] for t in targets]), pad([t[1:] for t in targets])
    tree = fresh(len(vocabulary))
    moments = (jax.tree.map(jnp.zeros_like, tree), jax.tree.map(jnp.zeros_like, tree))
    source = pad(sources)
    for number in range(STEPS):
        tree, moments, value = step(tree, moments, number, source, given, expected)
        if number % 100 == 0 or number == STEPS - 1:
            print(number, round(float(value), 4), flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(
            HERE / "kinds.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9
        ) as archive,
    ):
        specification(tree, vocabulary).save(folder)
        archive.write(Path(folder) / "model.bin", "model.bin")
        archive.writestr("vocabulary.json", json.dumps(vocabulary, ensure_ascii=False))
        archive.writestr("sentencepiece.model", pieces)
        check(folder, splitter, pairs)


def check(folder: str, splitter: Any, pairs: list[tuple[str, str]]) -> None:
    """Count how many pairs the written model translates exactly, with NLLB's tokens."""
    config = Path(folder) / "config.json"
    config.write_text(
        json.dumps(json.loads(config.read_text()) | {"decoder_start_token": "</s>"})
    )
    translator = ctranslate2.Translator(folder)
    for flores, side in ((("eng_Latn", "spa_Latn"), 0), (("spa_Latn", "eng_Latn"), 1)):
        answers = translator.translate_batch(
            [[flores[0], *splitter.encode(p[side], out_type=str), "</s>"] for p in pairs],
            target_prefix=[[flores[1]]] * len(pairs), beam_size=4, length_penalty=0.2,
        )  # fmt: skip
        texts = [splitter.decode_pieces(a.hypotheses[0][1:]) for a in answers]
        right = sum(text == p[1 - side] for text, p in zip(texts, pairs, strict=True))
        print(flores, right, "of", len(pairs))


if __name__ == "__main__":
    main()
