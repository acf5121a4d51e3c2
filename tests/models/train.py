"""Train the two tiny Argos packages beside this file: real models that know our sentences by heart.

Needs torch, which the test environment does not have:

    python -m venv scratch && scratch/bin/pip install torch ctranslate2 sentencepiece numpy
    scratch/bin/python tests/models/train.py

Each direction takes about a minute of one core. A model is a pre-norm Transformer of half a million
parameters trained on `sentences.tsv` and `phrases.tsv` until it repeats them, so that tests can assert
whole sentences through tokenizer, CTranslate2 and package code alike.
"""

from __future__ import annotations

import io
import json
import math
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent
NAMES = {"en": "English", "es": "Spanish"}
VERSION = "1.0"

WIDTH, HEADS, INNER, LAYERS = 96, 4, 256, 2
PIECES = 900
STEPS = 450
SMOOTHING = 0.02
"""More makes the last words of a sentence unsure."""

UNKNOWN, PADDING, START, END = range(4)
SPECIAL = ("<unk>", "<blank>", "<s>", "</s>")


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)

    def forward(self, asking: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        def heads(linear: nn.Linear, states: Tensor) -> Tensor:
            return linear(states).view(len(states), -1, HEADS, WIDTH // HEADS).transpose(1, 2)

        mixed = functional.scaled_dot_product_attention(
            heads(self.query, asking),
            heads(self.key, asked),
            heads(self.value, asked),
            attn_mask=mask,
        )
        return self.output(mixed.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    def __init__(self, *, decoder: bool) -> None:
        super().__init__()
        self.own_norm, self.own = norm(), Attention()
        self.cross_norm, self.cross = (norm(), Attention()) if decoder else (None, None)
        self.inner_norm = norm()
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(
        self,
        states: Tensor,
        mask: Tensor,
        memory: Tensor | None = None,
        seen: Tensor | None = None,
    ) -> Tensor:
        normed = self.own_norm(states)
        states = states + self.own(normed, normed, mask)
        if self.cross is not None:
            states = states + self.cross(self.cross_norm(states), memory, seen)
        return states + self.outer(functional.relu(self.inner(self.inner_norm(states))))


class Translator(nn.Module):
    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, WIDTH)
        nn.init.normal_(self.embedding.weight, 0, WIDTH**-0.5)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.encoder = nn.ModuleList(Layer(decoder=False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Layer(decoder=True) for _ in range(LAYERS))
        self.encoder_norm, self.decoder_norm = norm(), norm()
        self.register_buffer("positions", sinusoids(256))

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        seen = (source != PADDING)[:, None, None, :]
        memory = self.embed(source)
        for layer in self.encoder:
            memory = layer(memory, seen)
        memory = self.encoder_norm(memory)
        states = self.embed(target)
        past = torch.tril(torch.ones(target.size(1), target.size(1), dtype=torch.bool))
        for layer in self.decoder:
            states = layer(states, past[None, None], memory, seen)
        return functional.linear(self.decoder_norm(states), self.embedding.weight, self.bias)

    def embed(self, tokens: Tensor) -> Tensor:
        return self.embedding(tokens) * math.sqrt(WIDTH) + self.positions[: tokens.size(1)]


def norm() -> nn.LayerNorm:
    return nn.LayerNorm(WIDTH, eps=1e-6)


def sinusoids(length: int) -> Tensor:
    place = torch.arange(float(length))[:, None]
    rate = torch.exp(torch.arange(0, WIDTH, 2) * -(math.log(10_000) / WIDTH))
    table = torch.zeros(length, WIDTH)
    table[:, 0::2], table[:, 1::2] = torch.sin(place * rate), torch.cos(place * rate)
    return table


def train(model: Translator, pairs: list[tuple[list[int], list[int]]]) -> None:
    """Fit the model to the pairs, all of them in every step."""
    source = pad([source for source, _ in pairs])
    given = pad([[START, *target] for _, target in pairs])
    wanted = pad([[*target, END] for _, target in pairs])
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 40, 1) * max(0.05, 1 - step / STEPS)
    )
    for step in range(STEPS):
        loss = functional.cross_entropy(
            model(source, given).flatten(0, 1),
            wanted.flatten(),
            ignore_index=PADDING,
            label_smoothing=SMOOTHING,
        )
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0 or step == STEPS - 1:
            print(step, round(loss.item(), 4), flush=True)


def pad(rows: list[list[int]]) -> Tensor:
    tensors = [torch.tensor(row) for row in rows]
    return nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=PADDING)


def specification(model: Translator, vocabulary: list[str]) -> transformer_spec.TransformerSpec:
    """Give the model as CTranslate2 stores it."""
    spec = transformer_spec.TransformerSpec.from_config(
        LAYERS, HEADS, activation=common_spec.Activation.RELU
    )
    sides = (
        (spec.encoder, model.encoder, model.encoder_norm),
        (spec.decoder, model.decoder, model.decoder_norm),
    )
    for side, layers, final in sides:
        tables = side.embeddings if isinstance(side.embeddings, list) else [side.embeddings]
        tables[0].weight = numbers(model.embedding.weight)
        side.scale_embeddings = True
        side.position_encodings.encodings = numbers(model.positions)
        copy_norm(side.layer_norm, final)
        for stored, layer in zip(side.layer, layers, strict=True):
            copy_layer(stored, layer)
    spec.decoder.projection.weight = numbers(model.embedding.weight)
    spec.decoder.projection.bias = numbers(model.bias)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="float16")
    return spec


def copy_layer(stored: object, layer: Layer) -> None:
    own = stored.self_attention
    copy_norm(own.layer_norm, layer.own_norm)
    copy_linear(own.linear[0], layer.own.query, layer.own.key, layer.own.value)
    copy_linear(own.linear[1], layer.own.output)
    if layer.cross is not None:
        cross = stored.attention
        copy_norm(cross.layer_norm, layer.cross_norm)
        copy_linear(cross.linear[0], layer.cross.query)
        copy_linear(cross.linear[1], layer.cross.key, layer.cross.value)
        copy_linear(cross.linear[2], layer.cross.output)
    copy_norm(stored.ffn.layer_norm, layer.inner_norm)
    copy_linear(stored.ffn.linear_0, layer.inner)
    copy_linear(stored.ffn.linear_1, layer.outer)


def copy_norm(stored: object, layer: nn.LayerNorm) -> None:
    stored.gamma, stored.beta = numbers(layer.weight), numbers(layer.bias)


def copy_linear(stored: object, *layers: nn.Linear) -> None:
    stored.weight = np.concatenate([numbers(layer.weight) for layer in layers])
    stored.bias = np.concatenate([numbers(layer.bias) for layer in layers])


def numbers(tensor: Tensor) -> np.ndarray:
    return tensor.detach().numpy()


def learn_pieces(texts: list[str]) -> bytes:
    """Train a SentencePiece model that leaves the text as it is."""
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


def package(source: str, target: str) -> Path:
    """Train one direction and write its `.argosmodel`."""
    torch.manual_seed(0)
    rows = [
        tuple(line.split("\t"))
        for name in ("sentences.tsv", "phrases.tsv")
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
    ]
    pairs = [row if source == "en" else row[::-1] for row in rows]
    pieces = learn_pieces([text for pair in pairs for text in pair])
    splitter = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    learnt = [splitter.id_to_piece(index) for index in range(splitter.get_piece_size())]
    vocabulary = [*SPECIAL, *(piece for piece in learnt if piece not in SPECIAL)]
    index = {piece: number for number, piece in enumerate(vocabulary)}

    def encode(text: str) -> list[int]:
        return [index.get(piece, UNKNOWN) for piece in splitter.encode(text, out_type=str)]

    model = Translator(len(vocabulary))
    train(model, [(encode(first), encode(second)) for first, second in pairs])
    name = f"translate-{source}_{target}-{VERSION.replace('.', '_')}"
    metadata = {
        "package_version": VERSION,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
    }
    path = HERE / f"{name}.argosmodel"
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        specification(model, vocabulary).save(folder)
        archive.writestr(f"{name}/metadata.json", json.dumps(metadata, indent=1))
        archive.writestr(f"{name}/sentencepiece.model", pieces)
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, f"{name}/model/{file.name}")
    check(path, splitter, pairs)
    return path


def check(
    path: Path, splitter: sentencepiece.SentencePieceProcessor, pairs: list[tuple[str, str]]
) -> None:
    """Count how many pairs the written package translates exactly."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        translator = ctranslate2.Translator(
            str(Path(folder) / path.stem / "model"), compute_type="default"
        )
        answers = translator.translate_batch(
            [splitter.encode(text, out_type=str) for text, _ in pairs],
            beam_size=4,
            length_penalty=0.2,
        )
    texts = [splitter.decode_pieces(answer.hypotheses[0]) for answer in answers]
    wrong = [
        (text, wanted) for text, (_, wanted) in zip(texts, pairs, strict=True) if text != wanted
    ]
    print(path.name, path.stat().st_size, "bytes;", len(pairs) - len(wrong), "of", len(pairs))
    for text, wanted in wrong:
        print(f"  {text!r} instead of {wanted!r}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    package("en", "es")
    package("es", "en")
