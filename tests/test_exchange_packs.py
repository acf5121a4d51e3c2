"""Packs for translators: what is in them, and what comes back of them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog, Entry
from l10n.errors import L10nError
from l10n.exchange import packs
from l10n.exchange.answers import Effect
from l10n.model import Origin, State
from l10n.project import Project
from tests.conftest import Run

TERMS = (
    "source_locale,source_term,target_locale,target_term,note,forbidden\n"
    "es,caseta,en,stall,not booth,\nes,caseta,en,booth,,yes\nen,stall,es,caseta,,\n"
)


@pytest.fixture
def project(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The newsroom with a catalog in which some is reviewed, some a draft, and one text is open."""
    monkeypatch.chdir(newsroom)
    (newsroom / "glossary.csv").write_text(TERMS, encoding="utf-8")
    settings = newsroom / "l10n.toml"
    settings.write_text(settings.read_text() + 'glossary = "glossary.csv"\n')
    project = Project.find(newsroom)
    desk.update(project)
    catalog = Catalog.load(catalog_of(project))
    for entry in catalog.entries:
        if entry.msgid != "Hay 42 casetas.":
            entry.translate(f"{entry.msgid} (en)")
            entry.approve(by="Ana")
    headline = entry_of(catalog, "La feria vuelve al río")
    headline.fill("The fair returns to the river", origin=Origin.MT, mt="argos:x")
    catalog.save()
    return project


def catalog_of(project: Project) -> Path:
    return project.catalog_path("feria", "en")


def entry_of(catalog: Catalog, msgid: str) -> Entry:
    return next(entry for entry in catalog.entries if entry.msgid == msgid)


def packed(project: Project, **request: object) -> dict[str, bytes]:
    return dict(
        desk.pack(project, [catalog_of(project)], desk.PackRequest(**request))  # type: ignore[arg-type]
    )


def effects(results: object) -> dict[str, Effect]:
    return {
        change.text: change.effect
        for result in results  # type: ignore[attr-defined]
        for change in result.changes
        if change.effect is not Effect.SAME
    }


def test_a_pack_has_what_a_translator_needs(project: Project) -> None:
    members = packed(project)
    assert set(members) == {
        "README.txt",
        "l10n-pack.json",
        "memory/matches.tmx",
        "original/feria.html",
        "preview/feria.html",
        "terms/glossary.csv",
        "terms/glossary.tbx",
        "work/feria.xlf",
    }
    assert b"Hay 42 casetas." in members["preview/feria.html"]
    # Terms of the other direction are of no use here.
    assert members["terms/glossary.csv"].decode() == TERMS.rpartition("en,stall")[0]
    assert b'target-language="en"' in members["work/feria.xlf"]


def test_an_untouched_pack_changes_nothing(project: Project, tmp_path: Path) -> None:
    before = catalog_of(project).read_bytes()
    for number, request in enumerate(({}, {"form": "xliff-2.1"}, {"form": "po"})):
        for path in (tmp_path / f"pack{number}", tmp_path / f"pack{number}.zip"):
            packs.write(path, packed(project, **request))
            assert effects(desk.unpack([path])) == {}
    assert catalog_of(project).read_bytes() == before


def filled_in(path: Path, *pairs: tuple[str, str]) -> None:
    """Do in a pack what a translator does."""
    (work,) = (path / "work").iterdir()
    text = work.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    work.write_text(text, encoding="utf-8")


def test_a_pack_of_po_knows_what_left_by_its_manifest(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "pack"
    packs.write(path, packed(project, form="po"))
    filled_in(
        path,
        ("<b1>libre</b1>. (en)", "<b1>libre</b1>. (English)"),
        ('msgid "Hay 42 casetas."\nmsgstr ""', 'msgid "Hay 42 casetas."\nmsgstr "42 stalls."'),
    )
    changed = effects(desk.unpack([path]))
    assert changed["Hay 42 casetas."] is Effect.TRANSLATED
    assert len(changed) == 2
    assert set(changed.values()) == {Effect.TRANSLATED}


def test_a_folder_that_came_back_as_a_zip_is_the_same(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "pack"
    packs.write(path, packed(project))
    filled_in(path, ('<target state="new"></target>', "<target>There are 42 stalls.</target>"))
    archive = shutil.make_archive(str(tmp_path / "answer"), "zip", tmp_path, "pack")
    assert effects(desk.unpack([Path(archive)], dry_run=True)) == {
        "Hay 42 casetas.": Effect.TRANSLATED
    }
    assert effects(desk.unpack([path / "work/feria.xlf"])) == {
        "Hay 42 casetas.": Effect.TRANSLATED
    }
    entry = entry_of(Catalog.load(catalog_of(project)), "Hay 42 casetas.")
    assert (entry.msgstr, entry.state) == ("There are 42 stalls.", State.TRANSLATED)


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def of_a_bomb() -> bytes:
    return zip_of({"work/a.xlf": bytes(300 << 20)})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"PK\3\4 no zip", "no zip"),
        (lambda: zip_of({"a.txt": b"x"}), "no XLIFF and no PO"),
        (lambda: zip_of({"work/a.xlf": b"<xliff"}), "no XML"),
        (lambda: zip_of({"a.po": b"msgid", "l10n-pack.json": b"{}"}), "damaged"),
        (of_a_bomb, "more in it"),
    ],
)
def test_what_is_no_answer_is_refused(
    project: Project, tmp_path: Path, make: Callable[[], bytes], message: str
) -> None:
    path = tmp_path / "answer.zip"
    path.write_bytes(make())
    with pytest.raises(L10nError, match=message):
        list(desk.unpack([path]))


def test_a_manifest_names_no_catalog_outside_the_project(
    project: Project, tmp_path: Path
) -> None:
    members = packed(project)
    manifest = json.loads(members["l10n-pack.json"])
    manifest["catalogs"] = {"feria.xlf": "../elsewhere.po"}
    members["l10n-pack.json"] = json.dumps(manifest).encode()
    path = tmp_path / "pack.zip"
    packs.write(path, members)
    (result,) = desk.unpack([path])
    assert result.catalog == catalog_of(project)


def test_the_commands_pack_and_unpack(l10n: Run, project: Project) -> None:
    done = l10n("pack", "feria", "-o", "out/pack")
    assert "out/pack/work/feria.xlf" in done.stdout.splitlines()
    again = l10n("pack", "feria", "-o", "out/pack")
    assert (again.returncode, "the folder is not empty" in again.stderr) == (2, True)
    filled_in(
        project.root / "out/pack",
        ('<target state="new"></target>', '<target state="final">42 stalls.</target>'),
    )
    back = l10n("unpack", "out/pack", "--by", "Eva")
    assert "1 reviewed" in back.stdout
    assert (
        entry_of(Catalog.load(catalog_of(project)), "Hay 42 casetas.").stamp.reviewer == "Eva"
    )


@pytest.mark.skipif(shutil.which("omegat") is None, reason="needs OmegaT")
def test_omegat_translates_a_pack_as_it_is(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "pack"
    members = packed(project, omegat=True)
    # What a translator would type comes from a memory, which OmegaT applies by itself.
    members["tm/auto/typed.tmx"] = (
        b'<tmx version="1.4"><header creationtool="x" creationtoolversion="1" o-tmf="PO" adminlang="en"'
        b' datatype="plaintext" segtype="paragraph" srclang="es"/><body><tu><tuv xml:lang="es">'
        b'<seg>Hay 42 casetas.</seg></tuv><tuv xml:lang="en"><seg>There are 42 stalls.</seg></tuv></tu>'
        b"</body></tmx>"
    )
    packs.write(path, members)
    with pytest.raises(L10nError, match="nothing was translated"):
        list(desk.unpack([path]))
    subprocess.run(
        ["omegat", str(path), "--mode=console-translate"],
        check=True,
        timeout=120,
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    before = {entry.msgid: entry.stamp for entry in Catalog.load(catalog_of(project)).entries}
    assert effects(desk.unpack([path])) == {"Hay 42 casetas.": Effect.TRANSLATED}
    after = {entry.msgid: entry.stamp for entry in Catalog.load(catalog_of(project)).entries}
    assert after == before
