"""Which engine helps here: measures of drafts, and `l10n engines try` on reviewed units."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.desk.trying import try_engines
from l10n.drafting.measures import chrf, edit_rate, nearness
from l10n.errors import L10nError
from l10n.model import Origin, Unit
from l10n.project import Project

MODELS = Path(__file__).parent / "models"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


class TestMeasures:
    @pytest.mark.parametrize(
        ("draft", "reference", "rate"),
        [
            ("El puente viejo.", "el puente viejo.", 0.0),
            ("El viejo puente.", "El puente viejo.", 2 / 3),
            ("a b c d e", "c d e a b", 1 / 5),
            ("", "uno dos", 1.0),
            ("uno dos tres", "uno", 2.0),
        ],
    )
    def test_edit_rate_counts_a_moved_block_once(
        self, draft: str, reference: str, rate: float
    ) -> None:
        assert edit_rate(draft, reference) == pytest.approx(rate)

    def test_chrf_is_that_of_sacrebleu(self) -> None:
        # sacrebleu 2.6, corpus_chrf(drafts, [references]).
        drafts = ["El puente viejo está cerrado.", "La biblioteca nueva abre en marzo."]
        references = ["El viejo puente está cerrado.", "La nueva biblioteca abrirá en marzo."]
        assert chrf(zip(drafts, references, strict=True)) == pytest.approx(68.1747, abs=0.001)
        assert chrf([("", "uno")]) == 0
        assert chrf([("uno", "uno")]) == pytest.approx(100)

    def test_nearness_weighs_texts_by_their_words(self) -> None:
        measured = nearness(["uno dos tres cuatro", "x"], ["uno dos tres cuatro", "cinco"])
        assert measured.ter == pytest.approx(1 / 5)
        assert measured.light == 0.5


@pytest.fixture
def argos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "argos"
    folder.mkdir()
    with zipfile.ZipFile(MODELS / "translate-en_es-1_0.argosmodel") as packed:
        packed.extractall(folder)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with reviewed units that the tiny model knows by heart, and some others."""
    root = tmp_path
    (root / "l10n.toml").write_text('source = "en"\ntargets = ["es"]\nengines = ["apertium"]\n')
    path = root / "locales/es/LC_MESSAGES/a.po"
    path.parent.mkdir(parents=True)
    rows = [
        line.split("\t")
        for line in (MODELS / "sentences.tsv").read_text("utf-8").splitlines()[:20]
    ]
    catalog = Catalog.new(path, source="en", target="es", article="en/a.html")
    units = [*(row[0] for row in rows), "12:30", "Left out.", "A draft."]
    catalog.merge([Unit(text) for text in units], article="en/a.html")
    for number, (english, spanish) in enumerate(rows):
        entry = catalog.find(english)
        assert entry
        if number < 3:
            entry.fill(spanish, origin=Origin.MT, mt="apertium:en-es")
        else:
            entry.translate(spanish)
        entry.approve(by="Ana")
    for text, translation in (("12:30", "12:30"), ("Left out.", "<omit/>")):
        entry = catalog.find(text)
        assert entry
        entry.translate(translation)
        entry.approve(by="Ana")
    draft = catalog.find("A draft.")
    assert draft
    draft.fill("Un borrador.", origin=Origin.MT, mt="x:1")
    catalog.save(overwrite=True)
    monkeypatch.chdir(root)
    return Project.load(root / "l10n.toml")


@pytest.mark.usefixtures("argos")
class TestTry:
    def test_the_engine_that_comes_nearest_is_first(self, project: Project) -> None:
        report = try_engines(project.catalogs(), project, names=["apertium", "argos"])
        argos, apertium = report.trials
        assert (argos.engine, argos.way, argos.units, argos.refused) == (
            "argos",
            "plain",
            20,
            0,
        )
        assert argos.nearness.chrf > 99
        assert argos.nearness.light == 1
        assert apertium.engine == "apertium"
        assert apertium.nearness.light < 0.7
        assert argos.sure
        assert report.order() == ("argos", "apertium")

    def test_what_people_wrote_themselves_is_taken_first(self, project: Project) -> None:
        report = try_engines(project.catalogs(), project, names=["argos"], sample=17)
        (units,) = report.samples.values()
        assert len(units) == 17
        assert not any(unit.is_from_engine for unit in units)
        again = try_engines(project.catalogs(), project, names=["argos"], sample=17)
        assert again.samples == report.samples

    def test_lessons_are_tried_on_units_that_did_not_teach_them(self, project: Project) -> None:
        # In this house a bridge is a passage: only what is reviewed can tell.
        names = [
            "Ana",
            "Luis",
            "Eva",
            "Juan",
            "Rosa",
            "Pedro",
            "Marta",
            "Carlos",
            "Elena",
            "Diego",
        ]
        days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        lunes = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
        pairs = [
            (f"{name} {verb} the bridge on {day}.", f"{name} {verbo} el pasadizo el {dia}.")
            for verb, verbo in (("opened", "abrió"), ("crossed", "cruzó"))
            for name in names
            for day, dia in zip(days, lunes, strict=True)
        ]
        paths = []
        for name, part in (("b", pairs[::2]), ("c", pairs[1::2])):
            article = f"en/{name}.html"
            path = project.root / f"locales/es/LC_MESSAGES/{name}.po"
            catalog = Catalog.new(path, source="en", target="es", article=article)
            catalog.merge([Unit(english) for english, _spanish in part], article=article)
            for english, spanish in part:
                entry = catalog.find(english)
                assert entry
                entry.translate(spanish)
                entry.approve(by="Ana")
            catalog.save(overwrite=True)
            paths.append(path)
        (alone,) = try_engines(paths[:1], project, names=["apertium"], sample=5).trials
        assert alone.way == "plain", "an article teaches nothing about itself"
        report = try_engines(paths, project, names=["apertium"], sample=10)
        learned, plain = report.trials
        assert (learned.way, plain.way) == ("learned", "plain")
        assert learned.nearness.chrf > plain.nearness.chrf + 5
        assert learned.sure
        assert report.order() == ("apertium",)
        (project.root / "l10n.toml").write_text(
            'source = "en"\ntargets = ["es"]\nlearn = false\n'
        )
        told = Project.load(project.root / "l10n.toml")
        alone = try_engines([path], told, names=["apertium"], sample=10)
        assert [trial.way for trial in alone.trials] == ["plain"]

    def test_an_engine_that_fails_is_told_and_the_others_go_on(self, project: Project) -> None:
        problems: list[L10nError] = []
        report = try_engines(
            project.catalogs(), project, names=["ollama", "argos"], on_problem=problems.append
        )
        assert [trial.engine for trial in report.trials] == ["argos"]
        assert "not configured" in problems[0].message

    def test_the_command_gives_a_table_and_advice(self, project: Project, l10n: Run) -> None:
        done = l10n("engines", "try", "--engine", "argos", "--engine", "apertium")
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[2].split()[:5] == ["argos", "en", "→", "es", "plain"]
        assert 'engines = ["argos", "apertium"]' in done.stdout
        assert "20 reviewed units are little to judge by" in done.stdout
        assert "3 units began as drafts of an engine" in done.stdout
        told = json.loads(
            l10n("engines", "try", "--engine", "argos", "--format", "json").stdout
        )
        assert told["order"] == ["argos"]
        assert told["trials"][0]["nearness"]["light"] == 1
        named = l10n("engines", "try", "--engine", "ollama")
        assert named.returncode == 2
        assert "not configured" in named.stderr


def test_without_reviewed_units_it_says_so(newsroom: Path, l10n: Run) -> None:
    l10n("update")
    done = l10n("engines", "try")
    assert done.returncode == 0
    assert "no unit is reviewed yet" in done.stderr
