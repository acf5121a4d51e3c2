"""Several at once: processes at one catalog, and a file that others change in the middle of a run."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog, change_catalog, save_drafts
from l10n.desk.terms import import_terms
from l10n.errors import StaleCatalogError
from l10n.glossary import Glossary, Term
from l10n.model import Origin, State, Unit
from l10n.project import Project
from l10n.review.terms import append_term

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from bench_together import play, run_together


def catalog_of(path: Path, *texts: str) -> Catalog:
    catalog = Catalog.new(path, source="es", target="en", article="a.md")
    catalog.merge([Unit(text) for text in texts], article="a.md")
    catalog.save()
    return Catalog.load(path)


@pytest.mark.parametrize("seed", range(2))
def test_ten_processes_at_once_lose_none_of_their_changes(tmp_path: Path, seed: int) -> None:
    assert play(tmp_path, random.Random(seed)) == []


def test_a_change_is_made_again_on_what_others_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog_of(path, "uno", "dos")
    readings = []

    def change(catalog: Catalog) -> str:
        readings.append(catalog)
        if len(readings) < 3:
            other = Catalog.load(path)
            other.entries[0].translate(f"one, {len(readings)}")
            other.save()
        catalog.entries[1].translate("two")
        return f"reading {len(readings)}"

    assert change_catalog(lambda: Catalog.load(path), change) == "reading 3"
    assert [entry.msgstr for entry in Catalog.load(path).entries] == ["one, 2", "two"]


def test_who_is_always_overtaken_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog_of(path, "uno")
    readings: list[int] = []

    def change(catalog: Catalog) -> None:
        readings.append(len(readings))
        other = Catalog.load(path)
        other.entries[0].translate(f"other {len(readings)}")
        other.save()
        catalog.entries[0].translate("mine")

    with pytest.raises(StaleCatalogError):
        change_catalog(lambda: Catalog.load(path), change)
    assert Catalog.load(path).entries[0].msgstr == f"other {len(readings)}"


def test_drafts_go_beside_what_a_person_wrote_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog = catalog_of(path, "uno", "dos", "tres")
    person = Catalog.load(path)
    person.entries[0].translate("one, by a person")
    person.save()
    for entry in catalog.entries[:2]:
        entry.fill("by an engine", origin=Origin.MT, mt="pseudo:1", band="poor")
    assert save_drafts(catalog, catalog.entries[:2]) == 1
    first, second, third = Catalog.load(path).entries
    assert (first.msgstr, first.state) == ("one, by a person", State.TRANSLATED)
    assert (second.msgstr, second.is_untouched) == ("by an engine", True)
    assert second.stamp is not None
    assert second.stamp.engine == "pseudo:1"
    assert third.state is State.UNTRANSLATED


def test_what_changed_since_it_was_shown_is_not_approved(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog = catalog_of(path, "uno", "dos", "tres")
    for entry in catalog.entries:
        entry.fill(f"draft of {entry.msgid}", origin=Origin.MT, mt="pseudo:1")
    catalog.save()
    shown = desk.find_candidates([path])
    person = Catalog.load(path)
    person.entries[0].save_draft("changed")
    person.entries[1].set_notes(["hm"])
    person.save()
    assert desk.approve(shown, by="Ana") == 2
    first, second, third = Catalog.load(path).entries
    assert (first.msgstr, first.state) == ("changed", State.DRAFT)
    assert (second.notes, second.state, third.state) == (
        ("hm",),
        State.REVIEWED,
        State.REVIEWED,
    )


def test_ten_imports_at_once_lose_no_term(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n', "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    terms = [
        [Term("es", f"palabra{job}x{n}", "en", f"word{job}x{n}") for n in range(200)]
        for job in range(10)
    ]
    for job, batch in enumerate(terms[:9]):
        Glossary(batch).save(tmp_path / f"{job}.csv")

    def imports(job: int) -> Callable[[], object]:
        return lambda: import_terms(project, [tmp_path / f"{job}.csv"])

    def add_by_hand() -> None:
        for term in terms[9]:
            append_term(project.glossary_path, term)

    jobs = [*map(imports, range(9)), add_by_hand]
    assert run_together(jobs, [0.0] * len(jobs)) == 0
    written = {term.source_term for term in Glossary.load(project.glossary_path).terms}
    assert written == {term.source_term for batch in terms for term in batch}
