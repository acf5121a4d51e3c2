"""What was made before stands only as long as everything that it was made of: a run gives what a full run gives."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from l10n import ledger as ledger_module
from l10n.catalog import Catalog
from l10n.catalog.facts import note_facts
from l10n.desk.building import build
from l10n.desk.counting import status
from l10n.desk.prefilled import PrefillRequest
from l10n.desk.prefilling import prefill
from l10n.desk.publishing import publish
from l10n.desk.updating import update
from l10n.drafting.report import PrefillReport
from l10n.errors import CatalogError
from l10n.export import ExportReport
from l10n.ledger import Ledger
from l10n.memory import Memory, Translation
from l10n.model import Match, Origin, State
from l10n.project import Project

TICK = 30_000_000
"""Nanoseconds after which a file counts as settled here, so that no test has to wait for seconds."""


@pytest.fixture(autouse=True)
def settled_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_SETTLED", TICK)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def pause() -> None:
    time.sleep(2 * TICK / 1e9)


HTML = (
    '<!DOCTYPE html><html lang="es"><head><title>{0}</title><link rel="stylesheet" href="style.css"></head>'
    '<body><h1>{0}</h1><p>Lee la <a href="guia.html#mitad">guía {1}</a>.</p><img src="img/foto.png" alt="Foto">'
    '<p><a href="notas/dos.html">Dos</a> y <a href="nueva.md">otra</a>.</p></body></html>'
)
MARKDOWN = "---\ntitle: {0}\n---\n\n# {0}\n\nVer [la feria](feria.html) y [lo nuevo](nueva.md).\n\n## Mitad\n\nTexto {1}.\n"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    root = tmp_path / "one"
    make_newsroom(root)
    return root


def make_newsroom(root: Path) -> None:
    write(
        root / "l10n.toml",
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\ncatalogs = "catalogs/{locale}"\n'
        '[export]\nbase_url = "https://example.org"\n',
    )
    articles = root / "articles/es"
    write(articles / "feria.html", HTML.format("La feria", 1))
    write(articles / "guia.md", MARKDOWN.format("La guía", 2))
    write(articles / "notas/dos.html", HTML.format("Dos notas", 3))
    write(articles / "aviso.txt", "El aviso\n\nMañana no hay tren.\n")
    write(articles / "style.css", "body { background: url(img/fondo.png) }\n")
    write(articles / "img/foto.png", "foto")
    write(articles / "img/fondo.png", "fondo")


def catalogs(root: Path) -> list[Path]:
    return sorted((root / "catalogs").rglob("*.po"))


def articles(root: Path) -> list[Path]:
    return sorted(
        path
        for path in (root / "articles").rglob("*")
        if path.suffix in {".html", ".md", ".txt"}
    )


def pages(root: Path) -> list[Path]:
    return sorted(path for path in (root / "site").rglob("*") if path.is_file())


Change = Callable[[Path, Random], None]


def edit_article(root: Path, random: Random) -> None:
    path = random.choice(articles(root))
    write(path, path.read_text("utf-8").replace("a", "á", random.randrange(1, 4)))


def edit_without_another_size(root: Path, random: Random) -> None:
    path = random.choice(articles(root))
    text = path.read_text("utf-8")
    status = path.stat()
    digit = next((at for at, sign in enumerate(text) if sign.isdigit()), None)
    if digit is not None:
        write(path, f"{text[:digit]}{(int(text[digit]) + 1) % 10}{text[digit + 1 :]}")
        # As a program does that keeps times; a clock that went back gives the same.
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def set_clock_back(root: Path, random: Random) -> None:
    path = random.choice([*articles(root), *catalogs(root), *pages(root)])
    past = path.stat().st_mtime_ns - random.randrange(10**12)
    os.utime(path, ns=(past, past))


def touch(root: Path, random: Random) -> None:
    for path in random.sample([*articles(root), *catalogs(root)], 2):
        path.touch()


def translate(root: Path, random: Random) -> None:
    path = random.choice(catalogs(root))
    catalog = Catalog.load(path)
    entry = random.choice([entry for entry in catalog.entries if entry.msgid])
    if entry.msgid_plural is None:
        entry.translate(entry.msgid.replace("a", random.choice("aeiou")))
        if random.random() < 0.5:
            entry.approve(by="Ana")
    catalog.save()


def draft(root: Path, random: Random) -> None:
    path = random.choice(catalogs(root))
    catalog = Catalog.load(path)
    for entry in catalog.entries:
        if entry.state is State.UNTRANSLATED and "<" not in entry.msgid:
            entry.fill(entry.msgid.upper(), origin=Origin.MT, mt="pseudo:1")
    catalog.save()


def bring_up(root: Path, _random: Random) -> None:
    update(Project.load(root / "l10n.toml"))


def change_settings(root: Path, random: Random) -> None:
    line = random.choice(
        [
            'missing = "hide-page"\n',
            'missing = "keep"\n',
            "switcher = false\n",
            "notice = false\n",
            'base_url = ""\n',
            'format = "same"\n',
            "drafts = true\n",
            "",
        ]
    )
    base = 'base_url = "https://example.org"\n' if "base_url" not in line else ""
    text = (root / "l10n.toml").read_text("utf-8").partition("[export]")[0]
    write(root / "l10n.toml", f"{text}[export]\n{base}{line}")


def change_threshold(root: Path, random: Random) -> None:
    text = (root / "l10n.toml").read_text("utf-8").partition("[check]")[0]
    write(root / "l10n.toml", f"{text}[check]\nmin_reviewed = {random.randrange(60)}\n")


def change_counterparts(root: Path, random: Random) -> None:
    text = (root / "l10n.toml").read_text("utf-8").partition("[links]")[0]
    write(
        root / "l10n.toml",
        f'{text}[links]\n"guia.html" = {{ en = "guide{random.randrange(3)}" }}\n',
    )


def change_template(root: Path, random: Random) -> None:
    template = root / "templates/article.html"
    if template.exists() and random.random() < 0.3:
        shutil.rmtree(template.parent)
    else:
        write(
            template,
            "<!DOCTYPE html>\n<html><head><title>{{ page.title }}</title></head><body>"
            f"<p>{random.randrange(5)}</p></body></html>\n",
        )


def change_asset(root: Path, random: Random) -> None:
    name = random.choice(["img/foto.png", "img/fondo.png", "img/foto.en.png", "style.css"])
    path = root / "articles/es" / name
    if path.exists() and random.random() < 0.4:
        path.unlink()
    else:
        write(path, f"url(img/fondo.png) {random.randrange(9)}")


def add_article(root: Path, _random: Random) -> None:
    write(root / "articles/es/nueva.md", MARKDOWN.format("Lo nuevo", 7))


def delete_article(root: Path, random: Random) -> None:
    if len(articles(root)) > 2:
        random.choice(articles(root)).unlink()


def rename_article(root: Path, random: Random) -> None:
    path = random.choice(articles(root))
    path.rename(path.with_stem(f"{path.stem}-{random.randrange(9)}"))
    bring_up(root, random)


def delete_page(root: Path, random: Random) -> None:
    random.choice(pages(root)).unlink()


def edit_page(root: Path, random: Random) -> None:
    path = random.choice(pages(root))
    path.write_bytes(path.read_bytes().replace(b"e", b"E", 1) + b"\n")


def damage_catalog(root: Path, random: Random) -> None:
    path = random.choice(catalogs(root))
    text = path.read_text("utf-8")
    if 'msgid "broken' in text:
        write(path, text.replace('msgid "broken\n', ""))
    else:
        write(path, f'{text}\nmsgid "broken\n')


def delete_catalog(root: Path, random: Random) -> None:
    if len(catalogs(root)) > 1:
        random.choice(catalogs(root)).unlink()


def forget(root: Path, random: Random) -> None:
    if random.random() < 0.5:
        shutil.rmtree(root / ".l10n")
    else:
        (root / ".l10n/ledger.sqlite").write_bytes(b"no database" * 99)


CHANGES: tuple[Change, ...] = (
    edit_article,
    edit_without_another_size,
    set_clock_back,
    touch,
    translate,
    draft,
    bring_up,
    change_settings,
    change_threshold,
    change_counterparts,
    change_template,
    change_asset,
    add_article,
    delete_article,
    rename_article,
    delete_page,
    edit_page,
    damage_catalog,
    delete_catalog,
    forget,
)


def site(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in pages(root)}


def told(root: Path, report: ExportReport) -> object:
    """Everything that a report says, whichever folder the project is in."""
    return (
        {path.relative_to(root).as_posix() for path in (*report.written, *report.unchanged)},
        sorted(path.relative_to(root).as_posix() for path in report.written),
        sorted(path.relative_to(root).as_posix() for path in report.assets),
        sorted(path.relative_to(root).as_posix() for path in report.stale),
        [(page.slug, page.locale) for page in (*report.hidden, *report.kept)],
        sorted(str(problem).replace(str(root), "") for problem in report.problems),
        (report.failed, report.drafts, report.untranslated, report.refused),
        sorted(report.unused_counterparts),
    )


def export(root: Path) -> object:
    return told(root, publish(Project.load(root / "l10n.toml")))


@pytest.mark.parametrize("seed", range(6))
def test_an_export_gives_what_a_full_export_gives(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    root, twin = tmp_path / "one", tmp_path / "two"
    make_newsroom(root)
    bring_up(root, Random(0))
    export(root)
    for _turn in range(8):
        for change in random.choices(CHANGES, k=random.randrange(1, 4)):
            # Of a catalog that is damaged nobody changes an entry.
            with suppress(CatalogError):
                change(root, random)
        pause()
        # The same files without anything that is known of them.
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(root, twin, ignore=shutil.ignore_patterns(".l10n"))
        assert export(root) == export(twin)
        assert site(root) == site(twin)


IN_PLACE = (
    'source = "es"\ntargets = ["en"]\noriginals = ["es"]\narticles = "docs"\nnaming = "suffix"\n'
    'catalogs = "catalogs/{locale}"\n[export]\nout = "docs"\nformat = "same"\n'
)


def make_site_in_place(root: Path) -> None:
    write(root / "l10n.toml", IN_PLACE)
    for name in ("guia", "feria", "notas/dos", "notas/tres"):
        write(root / f"docs/{name}.md", MARKDOWN.format(name, len(name)))
    write(root / "docs/aviso.html", HTML.format("Aviso", 1))


def originals(root: Path) -> list[Path]:
    return sorted(path for path in (root / "docs").rglob("*.*") if ".en" not in path.suffixes)


def mark(root: Path) -> None:
    """Bring the catalogs up to the originals, and give every text without a translation itself with a mark."""
    bring_up(root, Random(0))
    for path in catalogs(root):
        catalog = Catalog.load(path)
        for entry in catalog.entries:
            if entry.msgid and entry.state is not State.REVIEWED:
                entry.translate(f"{entry.msgid}ẋ")
                entry.approve(by="Ana")
        catalog.save()


def edit_original(root: Path, random: Random) -> None:
    path = random.choice(originals(root))
    write(path, path.read_text("utf-8").replace("a", "á", random.randrange(1, 4)))


def change_entry(root: Path, random: Random) -> None:
    path = random.choice(catalogs(root))
    catalog = Catalog.load(path)
    entry = random.choice([entry for entry in catalog.entries if entry.msgid])
    entry.translate(f"{entry.msgid}{random.choice('ẍẏż')}")
    entry.approve(by="Ana")
    catalog.save()


def remove_original(root: Path, random: Random) -> None:
    if len(originals(root)) > 2:
        random.choice(originals(root)).unlink()


def add_original(root: Path, random: Random) -> None:
    write(root / f"docs/nueva{random.randrange(3)}.md", MARKDOWN.format("Nueva", 9))


def spoil_translation(root: Path, random: Random) -> None:
    """Take a page that was written away, or write into it as a person does."""
    pages = sorted(path for path in (root / "docs").rglob("*.en.*"))
    if pages:
        page = random.choice(pages)
        if random.random() < 0.5:
            page.unlink()
        else:
            write(page, page.read_text("utf-8").replace("ẋ", "ẋ!", 1))


IN_PLACE_CHANGES = (
    edit_original,
    change_entry,
    change_entry,
    remove_original,
    add_original,
    spoil_translation,
)


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".l10n" not in path.parts
    }


@pytest.mark.parametrize("seed", range(4))
def test_an_export_in_place_gives_what_a_full_one_gives(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    root, twin = tmp_path / "one", tmp_path / "two"
    make_site_in_place(root)
    mark(root)
    export(root)
    assert (root / "docs/notas/dos.en.md").read_text("utf-8").count("ẋ")
    for _turn in range(8):
        for change in random.choices(IN_PLACE_CHANGES, k=random.randrange(1, 4)):
            change(root, random)
        mark(root)
        pause()
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(root, twin, ignore=shutil.ignore_patterns(".l10n"))
        assert export(root) == export(twin)
        assert everything(root) == everything(twin)


def translate_article(root: Path, random: Random) -> None:
    """Put a person's translation beside an original, or change it."""
    write(
        root / "articles/en/aviso.txt",
        f"The notice\n\nNo train tomorrow at {random.randrange(9)}.\n",
    )


def change_glossary(root: Path, random: Random) -> None:
    write(
        root / "locales/glossary.csv",
        "source_locale,source_term,target_locale,target_term,note,forbidden\n"
        f"es,tren,en,train{random.randrange(3)},,\n",
    )


def add_existing_draft(root: Path, random: Random) -> None:
    draft(root, random)
    bring_up(root, random)


IN_BUILD = (*CHANGES, translate_article, change_glossary, add_existing_draft)
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?:\+0000|Z)")


def whole(root: Path) -> dict[str, bytes]:
    """Everything but what is derived, without the times at which it was written."""
    return {
        path.relative_to(root).as_posix(): _MOMENT.sub(b"", path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".l10n" not in path.parts
    }


def run_build(root: Path, engine: str = "pseudo") -> object:
    report = build(Project.load(root / "l10n.toml"), engine=engine)
    checked = [
        (str(finding.path).replace(str(root), ""), finding.line, finding.rule, finding.message)
        for finding in report.check.findings
    ]
    drafts = report.prefill.drafts
    problems = [
        str(problem).replace(str(root), "")
        for problem in (
            *report.update.problems,
            *report.align.problems,
            *report.prefill.problems,
        )
    ]
    updated = [
        (result.path.relative_to(root), result.merge) for result in report.update.catalogs
    ]
    return (
        updated,
        checked,
        report.check.totals,
        drafts,
        problems,
        [str(word).replace(str(root), "") for word in report.prefill.waiting],
        told(root, report.export),
        [
            (row.article, row.locale, row.counts, row.waiting is None)
            for row in status(Project.load(root / "l10n.toml")).standings
        ],
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_build_gives_what_a_full_build_gives(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    root, twin = tmp_path / "one", tmp_path / "two"
    make_newsroom(root)
    run_build(root)
    for _turn in range(5):
        for change in random.choices(IN_BUILD, k=random.randrange(1, 4)):
            with suppress(CatalogError):
                change(root, random)
        pause()
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(root, twin, ignore=shutil.ignore_patterns(".l10n"))
        engine = random.choice(("pseudo", "none"))
        assert run_build(root, engine) == run_build(twin, engine)
        assert whole(root) == whole(twin)


def test_a_second_build_reads_nothing(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translate_article(newsroom, Random(0))
    run_build(newsroom)
    pause()
    run_build(newsroom)

    def refuse(*arguments: object, **_options: object) -> None:
        raise AssertionError(arguments)

    # Contents that were too fresh to be known by their times are known now, and all else was from the first run on.
    for name in (
        "l10n.catalog.Catalog.load",
        "l10n.catalog.Catalog.parse",
        "l10n.desk.updating.read_article",
        "l10n.export.planning.open_article",
        "l10n.checks.completeness.read_units",
        "l10n.export.pages.render.render_page",
    ):
        monkeypatch.setattr(name, refuse)
    assert run_build(newsroom)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the memory was searched for."""
    texts: list[str] = []
    search = Memory.search

    def noting(memory: Memory, text: str, *inputs: str, **options: int) -> list[Match]:
        texts.append(text)
        return search(memory, text, *inputs, **options)

    monkeypatch.setattr(Memory, "search", noting)
    return texts


def prefill_all(root: Path, **request: Any) -> PrefillReport:
    project = Project.load(root / "l10n.toml")
    return prefill(
        project.catalogs(), PrefillRequest(engine="none", **request), project=project
    ).drafts


def test_what_stays_untranslated_is_sought_once(newsroom: Path, searched: list[str]) -> None:
    bring_up(newsroom, Random(0))
    first = prefill_all(newsroom)
    assert first.left == len(searched) > 0
    searched.clear()
    assert prefill_all(newsroom) == first
    assert searched == []


@pytest.mark.parametrize(
    "change",
    [
        lambda root: translate_entry(root / "catalogs/en/feria.po", "La feria", "The fair"),
        lambda root: import_translation(root, "Texto 2.", "Text 2."),
        lambda root: change_glossary(root, Random(0)),
        lambda root: write(root / "articles/es/aviso.txt", "El aviso\n\nHoy tampoco.\n"),
        lambda root: (root / ".l10n/memory.sqlite").unlink(),
    ],
    ids=["review", "import", "glossary", "article", "new memory"],
)
def test_it_is_sought_again_when_anything_may_be_found(
    newsroom: Path, searched: list[str], change: Callable[[Path], object]
) -> None:
    bring_up(newsroom, Random(0))
    translate_entry(newsroom / "catalogs/en/aviso.po", "El aviso", "The notice")
    prefill_all(newsroom)
    searched.clear()
    change(newsroom)
    bring_up(newsroom, Random(0))
    twin = newsroom.parent / "two"
    shutil.copytree(newsroom, twin, ignore=shutil.ignore_patterns("memory.sqlite", "ledger*"))
    if (newsroom / ".l10n/memory.sqlite").exists():
        shutil.copy(newsroom / ".l10n/memory.sqlite", twin / ".l10n")
    report = prefill_all(newsroom)
    assert searched
    assert report == prefill_all(twin)
    assert whole(newsroom) == whole(twin)


def test_another_request_seeks_again(newsroom: Path, searched: list[str]) -> None:
    bring_up(newsroom, Random(0))
    for request in ({}, {"minimum": 90}, {"only": "tm"}):
        searched.clear()
        prefill_all(newsroom, **request)
        assert searched


def translate_entry(path: Path, msgid: str, msgstr: str) -> None:
    catalog = Catalog.load(path)
    entry = next(entry for entry in catalog.entries if entry.msgid == msgid)
    entry.translate(msgstr)
    entry.approve(by="Ana")
    catalog.save()


def import_translation(root: Path, source: str, target: str) -> None:
    with Memory.open(root / ".l10n/memory.sqlite") as memory:
        memory.add([Translation(source, target)], "es", "en", origin="old.tmx")


def test_a_review_is_no_work_for_an_update(newsroom: Path) -> None:
    bring_up(newsroom, Random(0))
    path = newsroom / "catalogs/en/guia.po"
    catalog = Catalog.load(path)
    catalog.entries[0].translate("The guide")
    catalog.entries[0].approve(by="Ana")
    catalog.save()
    with Ledger.open(newsroom / ".l10n") as ledger:
        note_facts(Catalog.load(path), ledger)
    before = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("l10n.desk.updating.read_article", None)
        bring_up(newsroom, Random(0))
    assert path.read_bytes() == before


def test_with_nothing_changed_no_article_and_no_catalog_is_read(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up(newsroom, Random(0))
    export(newsroom)
    pause()
    export(newsroom)
    read: list[Path] = []
    import l10n.files

    real = l10n.files._descriptor

    def noting(path: Path, flags: int) -> int:
        read.append(path)
        return real(path, flags)

    monkeypatch.setattr(l10n.files, "_descriptor", noting)
    export(newsroom)
    # The front page of the site is looked at; whose it is stands in it alone.
    kinds = {".html", ".md", ".txt", ".po"}
    assert [path for path in read if path.suffix in kinds and "site" not in path.parts] == []


def test_one_changed_entry_writes_one_page(newsroom: Path) -> None:
    bring_up(newsroom, Random(0))
    path = newsroom / "catalogs/en/guia.po"
    for text in ("The guide", "Half"):
        export(newsroom)
        catalog = Catalog.load(path)
        next(entry for entry in catalog.entries if entry.msgstr == "").translate(text)
        catalog.save()
    report = publish(Project.load(newsroom / "l10n.toml"))
    # The first translation of all made search engines list the page, which is news for the original too.
    assert [page.relative_to(newsroom).as_posix() for page in report.written] == [
        "site/en/guia.html"
    ]


def test_a_page_is_written_when_one_that_it_links_to_comes_or_goes(newsroom: Path) -> None:
    bring_up(newsroom, Random(0))
    export(newsroom)
    add_article(newsroom, Random(0))
    report = publish(Project.load(newsroom / "l10n.toml"))
    names = {path.relative_to(newsroom / "site").as_posix() for path in report.written}
    assert {"es/nueva.html", "en/nueva.html", "es/feria.html", "en/guia.html"} <= names
    assert "es/aviso.html" not in names


def test_a_project_that_was_moved_knows_its_pages(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up(newsroom, Random(0))
    export(newsroom)
    place = newsroom.rename(newsroom.with_name("elsewhere"))
    pause()
    export(place)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr("l10n.export.pages.render.render_page", refuse)
    export(place)
    edit_article(place, Random(0))
    with pytest.raises(AssertionError):
        export(place)


def test_a_file_is_known_by_its_content_and_not_by_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with Ledger.open(tmp_path / ".l10n") as ledger:
        assert ledger.digest(path) == b""
        path.write_text("uno")
        first = ledger.digest(path)
        pause()
        assert ledger.digest(path) == first
        status = path.stat()
        path.write_text("dos")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert ledger.digest(path) != first
        path.write_text("uno")
        assert ledger.digest(path) == first


def test_a_file_is_known_by_its_content_however_soon_it_is_written_again(
    tmp_path: Path,
) -> None:
    """Same size, same time of its content, within one tick of the clock: nothing but the content tells."""
    path = tmp_path / "a.txt"
    with Ledger.open(tmp_path / ".l10n") as ledger:
        for number in range(300):
            path.write_text(f"{number:03}")
            os.utime(path, ns=(0, 0))
            assert ledger.digest(path) == sha256(path.read_bytes()).digest()


def test_a_file_put_in_the_place_of_another_is_known_by_its_content(tmp_path: Path) -> None:
    """As `cp -p`, `mv` and a checkout of git do it: other content of the same size with an older time."""
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("uno")
    other.write_text("dos")
    os.utime(path, ns=(10**18, 10**18))
    os.utime(other, ns=(10**18, 10**18))
    pause()
    with Ledger.open(tmp_path / ".l10n") as ledger:
        for put in (shutil.copy2, os.replace):
            before = ledger.digest(path)
            pause()
            put(other, path)
            assert ledger.digest(path) != before
            assert ledger.digest(path) == sha256(b"dos").digest()
            path.write_text("uno")
            os.utime(path, ns=(10**18, 10**18))
            pause()


def test_what_is_known_is_kept_while_a_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is killed, so that it ends nothing, has lost some seconds of work and no more."""
    monkeypatch.setattr(ledger_module, "_PATIENCE", 0.0)
    folder = tmp_path / ".l10n"
    with Ledger.open(folder) as running:
        running.keep("stage", "name", running.fingerprint("a"), "made of a")
        with Ledger.open(folder) as other:
            assert other.recall("stage", "name", other.fingerprint("a")) == "made of a"


def test_results_are_known_to_the_next_run_even_of_one_that_was_stopped(tmp_path: Path) -> None:
    folder = tmp_path / ".l10n"

    def stop() -> None:
        with Ledger.open(folder) as ledger:
            ledger.keep("stage", "name", ledger.fingerprint("a"), "made of a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    with Ledger.open(folder) as ledger:
        assert ledger.recall("stage", "name", ledger.fingerprint("a")) == "made of a"
        assert ledger.recall("stage", "name", ledger.fingerprint("b")) is None
        assert ledger.last("stage", "name") == "made of a"
        ledger.forget("stage", "name")
        assert ledger.last("stage", "name") is None


def test_results_of_many_names_are_what_was_kept_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is kept, forgotten and written between the questions, in whatever order these come."""
    monkeypatch.setattr(ledger_module, "_AT_ONCE", 40)
    random = Random(7)
    kept: dict[tuple[str, str], str] = {}
    names = [f"{number:04}.po" for number in range(400)]
    stages = ("one", "two")
    for _run in range(3):
        with Ledger.open(tmp_path / ".l10n") as ledger:
            for name in names:
                for stage in stages:
                    assert ledger.last(stage, name) == kept.get((stage, name))
                    changed = (random.choice(stages), random.choice(names))
                    if random.random() < 0.2:
                        ledger.forget(*changed)
                        kept.pop(changed, None)
                    elif random.random() < 0.3:
                        kept[changed] = str(random.random())
                        ledger.keep(*changed, b"", kept[changed])
            random.shuffle(names)
            assert {
                (stage, name): value
                for name in names
                for stage in stages
                if (value := ledger.last(stage, name)) is not None
            } == kept
            names.sort()


def test_a_folder_that_nothing_can_be_kept_in_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / ".l10n").write_text("a file in the way")
    with Ledger.open(tmp_path / ".l10n") as ledger:
        ledger.keep("stage", "name", b"", "value")
        assert ledger.recall("stage", "name", b"") == "value"
