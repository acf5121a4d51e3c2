"""Converted models of every family through the real code: a tiny trained model in the folders their makers leave."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from l10n.engines import load_engine
from l10n.engines.neural import NeuralEngine
from l10n.engines.neural.added import AddedModel, add_model, added_models, models_path
from l10n.engines.neural.families import licence_of, read_model
from l10n.errors import EngineError
from l10n.model import Draft
from l10n.project import DEFAULT_ENGINES

MODELS = Path(__file__).parent / "models"
SENTENCES = 24
"""Of the sentences that the model knows by heart."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]

HIDDEN = {"eng_Latn", "spa_Latn", "<2en>", "<2es>", ">>eng<<", ">>spa<<"}
M2M = {"eng_Latn": "__en__", "spa_Latn": "__es__"}
MBART = {"eng_Latn": "en_XX", "spa_Latn": "es_XX"}

FOLDERS: Mapping[str, tuple[Mapping[str, str], str, tuple[str, ...]]] = {
    "nllb-200-distilled-600M": (
        {"eng_Latn": "eng_Latn", "spa_Latn": "spa_Latn"},
        "</s>",
        ("sentencepiece.bpe.model",),
    ),
    "m2m100_418M": (M2M, "</s>", ("sentencepiece.bpe.model",)),
    "mbart-large-50": (MBART, "</s>", ("sentencepiece.bpe.model",)),
    "madlad400-3b-mt": ({"<2en>": "<2en>", "<2es>": "<2es>"}, "<unk>", ("spiece.model",)),
    "opus-mt-mul-mul": (
        {">>eng<<": ">>eng<<", ">>spa<<": ">>spa<<"},
        "</s>",
        ("source.spm", "target.spm"),
    ),
}
"""By folder: its language tokens, the token that its decoder starts with, its SentencePiece files."""


def make_folder(parent: Path, name: str, readme: str = "") -> Path:
    """Lay out the tiny model as a converter lays out one of the family."""
    tokens, start, pieces = FOLDERS[name]
    folder = parent / name
    folder.mkdir()
    with zipfile.ZipFile(MODELS / "kinds.zip") as packed:
        (folder / "model.bin").write_bytes(packed.read("model.bin"))
        for file in pieces:
            (folder / file).write_bytes(packed.read("sentencepiece.model"))
        vocabulary = json.loads(packed.read("vocabulary.json"))
    named = [
        tokens.get(token, f"madeupword{number}") if token in HIDDEN else token
        for number, token in enumerate(vocabulary)
    ]
    (folder / "shared_vocabulary.json").write_text(json.dumps(named))
    config = {
        "add_source_bos": False,
        "add_source_eos": False,
        "bos_token": "<s>",
        "decoder_start_token": start,
        "eos_token": "</s>",
        "unk_token": "<unk>",
    }
    (folder / "config.json").write_text(json.dumps(config))
    if readme:
        (folder / "README.md").write_text(readme)
    return folder


def rows() -> list[tuple[str, str]]:
    lines = (MODELS / "sentences.tsv").read_text(encoding="utf-8").splitlines()[:SENTENCES]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


@pytest.mark.parametrize("name", FOLDERS)
def test_each_family_translates_where_its_own_tokens_send_it(tmp_path: Path, name: str) -> None:
    pairs = (("en", "es"), ("es", "en"))
    engine = NeuralEngine(models=[AddedModel(make_folder(tmp_path, name), pairs)])
    assert engine.pairs() == frozenset(pairs)
    for side, (source, target) in enumerate(pairs):
        drafts = engine.translate([row[side] for row in rows()], source, target)
        texts = [draft.text for draft in drafts]
        right = sum(text == row[1 - side] for text, row in zip(texts, rows(), strict=True))
        # A few words of what it learnt by heart are unsure; in the wrong language all of them would be.
        assert right >= SENTENCES - 4, texts


def test_regions_are_served_and_order_and_gaps_survive_batching(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "m2m100_418M")
    engine = NeuralEngine(models=[AddedModel(folder, (("es", "en"),))])
    texts = [rows()[3][1], "", rows()[0][1]]
    drafts = engine.translate(texts, "es-MX", "en-GB")
    assert [draft.text for draft in drafts] == [rows()[3][0], "", rows()[0][0]]
    assert engine.version("es-MX", "en-GB").startswith("m2m100_418M@")
    assert NeuralEngine(
        {"beam": 2}, models=[AddedModel(folder, (("es", "en"),))]
    ).version("es", "en").endswith("-beam2")  # fmt: skip


def test_a_text_longer_than_the_model_gets_no_draft_and_others_theirs(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "m2m100_418M")
    engine = NeuralEngine(models=[AddedModel(folder, (("es", "en"),))])
    long, short = engine.translate(["pan " * 400, rows()[3][1]], "es", "en")
    assert (long.text, long.notes) == ("", ("long",))
    assert engine.translate(["pan " * 2000], "es", "en") == [Draft("", notes=("long",))]
    assert short.text == rows()[3][0]


def test_a_model_without_language_tokens_serves_the_pair_it_was_added_for(
    tmp_path: Path,
) -> None:
    # The package of another engine is a bilingual model too: trained without an end of the source.
    with zipfile.ZipFile(MODELS / "translate-en_es-1_0.argosmodel") as packed:
        packed.extractall(tmp_path)
    package = tmp_path / "translate-en_es-1_0"
    shutil.copy(package / "sentencepiece.model", package / "model")
    engine = NeuralEngine(models=[AddedModel(package / "model", (("en", "es"),))])
    (draft,) = engine.translate([rows()[3][0]], "en", "es")
    assert draft.text == rows()[3][1]
    with pytest.raises(EngineError) as caught:
        engine.translate(["Hola."], "es", "en")
    assert caught.value.hint == "l10n engines add FOLDER --pair es:en"


@pytest.mark.parametrize(
    ("readme", "name", "licence", "line"),
    [
        ("", "nllb-200-distilled-600M", "CC-BY-NC-4.0", (False, True)),
        ("", "m2m100_418M", "MIT", (False, False)),
        ("---\nlanguage: es\nlicense: cc-by-nc-sa-4.0\n---\n", "m2m100_418M", "cc-by-nc-sa-4.0", (True, True)),
        ("---\nlicense:\n- apache-2.0\n---\n", "madlad400-3b-mt", "apache-2.0", (True, False)),
    ],
)  # fmt: skip
def test_the_licence_is_the_folder_s_own_else_its_family_s(
    tmp_path: Path, readme: str, name: str, licence: str, line: tuple[bool, bool]
) -> None:
    terms = licence_of(read_model(make_folder(tmp_path, name, readme)))
    assert (terms.name, terms.is_stated, terms.forbids_commerce) == (licence, *line)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("model.bin", "it has no model.bin"),
        ("shared_vocabulary.json", "lacks its vocabulary"),
        ("sentencepiece.bpe.model", "lacks its SentencePiece model"),
    ],
)
def test_what_a_folder_lacks_is_named(tmp_path: Path, missing: str, said: str) -> None:
    folder = make_folder(tmp_path, "m2m100_418M")
    (folder / missing).unlink()
    with pytest.raises(EngineError, match=said) as caught:
        read_model(folder)
    assert caught.value.path == folder
    assert caught.value.hint or missing == "shared_vocabulary.json"


@pytest.mark.parametrize("file", ["config.json", "shared_vocabulary.json"])
@pytest.mark.parametrize("content", [b"{", b"3", b"\xff\xfe", b"[" * 100_000])
def test_damaged_files_are_one_line(tmp_path: Path, file: str, content: bytes) -> None:
    folder = make_folder(tmp_path, "m2m100_418M")
    (folder / file).write_bytes(content)
    with pytest.raises(EngineError, match="cannot be read") as caught:
        read_model(folder)
    assert caught.value.path == folder / file


def test_a_damaged_tokenizer_is_one_line(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "m2m100_418M")
    (folder / "sentencepiece.bpe.model").write_bytes(b"no model")
    engine = NeuralEngine(models=[AddedModel(folder, (("es", "en"),))])
    with pytest.raises(EngineError, match="tokenizer cannot be loaded"):
        engine.translate(["Hola."], "es", "en")


def test_a_language_the_model_has_no_token_of_is_told(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "madlad400-3b-mt")
    engine = NeuralEngine(models=[AddedModel(folder, (("es", "fr"),))])
    with pytest.raises(EngineError, match="no token for fr") as caught:
        engine.translate(["Hola."], "es", "fr")
    assert "en es" in caught.value.hint


def test_a_pair_belongs_to_the_model_added_last(tmp_path: Path) -> None:
    old, new = (make_folder(tmp_path, name) for name in ("m2m100_418M", "madlad400-3b-mt"))
    add_model(old, [("en", "es"), ("es", "en")])
    add_model(new, [("es", "en")])
    assert added_models() == (
        AddedModel(old, (("en", "es"),)),
        AddedModel(new, (("es", "en"),)),
    )
    assert load_engine("ctranslate2").version("es", "en").startswith("madlad400")
    models_path().write_text("{")
    with pytest.raises(EngineError, match="list of models cannot be read"):
        load_engine("ctranslate2").pairs()


class TestCommands:
    def test_a_model_is_added_listed_used_and_removed(
        self, tmp_path: Path, newsroom: Path, l10n: Run
    ) -> None:
        assert DEFAULT_ENGINES[0] == "ctranslate2"
        folder = make_folder(tmp_path, "nllb-200-distilled-600M")
        done = l10n("engines", "add", folder, "--pair", "es-en", "--pair", "en:es")
        assert done.returncode == 0, done.stderr
        assert "es → en" in done.stdout
        assert "CC-BY-NC-4.0" in done.stdout
        assert "no commercial use" in done.stdout
        listed = l10n("engines", "list").stdout
        assert listed.count("nllb-200-distilled-600M@") == 2
        assert listed.count("no commercial use") == 2
        config = newsroom / "l10n.toml"
        config.write_text(config.read_text().replace('engines = ["pseudo"]\n', ""))
        l10n("update")
        drafted = l10n("prefill", "--only", "mt", "--engine", "ctranslate2")
        assert drafted.returncode == 0, drafted.stderr
        assert (
            "mt=ctranslate2:nllb-200-distilled-600M@"
            in (newsroom / "locales/en/LC_MESSAGES/feria.po").read_text()
        )
        assert l10n("engines", "remove", folder).returncode == 0
        assert "nllb" not in l10n("engines", "list").stdout
        assert (folder / "model.bin").exists()
        assert l10n("engines", "remove", folder).returncode == 2

    def test_a_model_that_answers_nonsense_is_refused(self, tmp_path: Path, l10n: Run) -> None:
        # With the pieces of another model everything is unknown to it.
        folder = make_folder(tmp_path, "m2m100_418M")
        vocabulary = json.loads((folder / "shared_vocabulary.json").read_text())
        other = [f"▁x{number}" for number, _piece in enumerate(vocabulary[4:-6])]
        strange = [*vocabulary[:4], *other, *vocabulary[-6:]]
        (folder / "shared_vocabulary.json").write_text(json.dumps(strange))
        done = l10n("engines", "add", folder, "--pair", "es-en")
        assert done.returncode == 2
        assert "refused: " in done.stderr
        assert "not here" not in l10n("engines", "list").stdout.split("pseudo")[1]

    @pytest.mark.parametrize("pair", ["es", "es-en-fr", "es:es", "es:", "xx-yy"])
    def test_what_is_no_pair_is_told(self, tmp_path: Path, l10n: Run, pair: str) -> None:
        done = l10n("engines", "add", tmp_path, "--pair", pair)
        assert done.returncode == 2
        assert pair.split(":", maxsplit=1)[0].split("-", maxsplit=1)[0] in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_folder_that_is_gone_hides_no_other(self, tmp_path: Path, l10n: Run) -> None:
        gone, kept = (
            make_folder(tmp_path, name) for name in ("m2m100_418M", "madlad400-3b-mt")
        )
        add_model(gone, [("en", "es")])
        add_model(kept, [("es", "en")])
        shutil.rmtree(gone)
        listed = l10n("engines", "list")
        assert "there is no such folder" in listed.stdout
        assert "madlad400-3b-mt@" in listed.stdout
