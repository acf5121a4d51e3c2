"""Whose page is it: what the desk wrote in place is no translation of a person's."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.errors import ProjectError
from l10n.export.in_place import PageKeeper
from l10n.export.report import ExportReport, Loss
from l10n.project import Project, select_catalogs
from l10n.project.pages import note_page, own_pages

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ARTICLE = "locales/es/articles/faro.txt"
CATALOG = "locales/en/LC_MESSAGES/faro.po"
PAGE = "locales/en/articles/faro.txt"


def translations(project: Project) -> list[Path]:
    return [path for ref in project.articles() for path in ref.translations.values()]


def test_a_page_written_in_place_is_never_taken_in_until_a_person_changes_it(
    l10n: Run, newsroom: Path
) -> None:
    project = Project.load(newsroom / "l10n.toml")
    before = translations(project)
    desk.update(project)
    desk.prefill([newsroom / CATALOG], project=project)
    run = l10n("export", ARTICLE, CATALOG, "--drafts", "-o", PAGE)
    assert run.returncode == 0, run.stderr
    assert list(json.loads((newsroom / "locales/pages.json").read_text("utf-8"))) == [PAGE]
    assert translations(project) == before
    assert [ref.slug for ref in project.articles()] == ["faro", "feria"]
    # Ours may be written again; a person's, which nobody has taken in, may not.
    assert l10n("export", ARTICLE, CATALOG, "-o", PAGE).returncode == 0
    (newsroom / PAGE).write_text("The lighthouse goes dark\n\nIt closes in May.\n", "utf-8")
    assert newsroom / PAGE in translations(project)
    run = l10n("export", ARTICLE, CATALOG, "-o", PAGE)
    assert run.returncode == 1
    assert f"l10n align {ARTICLE} {PAGE}" in run.stderr
    assert (newsroom / PAGE).read_text("utf-8").startswith("The lighthouse goes dark")


def test_a_translation_is_written_over_once_it_was_taken_in(l10n: Run, newsroom: Path) -> None:
    project = Project.load(newsroom / "l10n.toml")
    desk.update(project)
    names = ("locales/es/articles/feria.html", "locales/en/LC_MESSAGES/feria.po")
    page = newsroom / "locales/en/articles/feria.html"
    before = page.read_bytes()
    assert l10n("export", *names, "-o", page).returncode == 1
    assert page.read_bytes() == before
    desk.build(project)
    assert l10n("export", *names, "--drafts", "-o", page).returncode == 0
    assert page.read_bytes() != before
    assert translations(project) == []


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "{", "[" * 100_000])
def test_a_damaged_list_is_named_and_not_written_over(newsroom: Path, text: str) -> None:
    path = newsroom / "locales/pages.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match="no list of pages") as caught:
        Project.load(newsroom / "l10n.toml").articles()
    assert caught.value.path == path
    assert path.read_text("utf-8") == text


def test_what_only_the_page_of_people_has_is_not_taken_from_readers(tmp_path: Path) -> None:
    files = {
        "l10n.toml": 'source = "en"\ntargets = ["es"]\noriginals = ["en"]\narticles = "content/{locale}"\nengines = []\n'
        '[export]\nout = "content/{locale}"\nformat = "same"\n',
        "content/en/f.md": "---\ntitle: The ferry\n---\n\nThe ferry leaves the harbour at nine.\n\nBuy the ticket on board.\n",
        "content/es/f.md": "---\ntitle: El ferri\ndraft: true\n---\n\nEl ferri sale del puerto a las nueve.\n\nCompre el billete a bordo.\n\n"
        "Aviso: solo hay plazas con reserva previa.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    desk.build(project)
    catalog = Catalog.load(project.catalog_path("f", "es"))
    assert [entry.msgstr for entry in catalog.entries][1:] == [
        "El ferri sale del puerto a las nueve.",
        "Compre el billete a bordo.",
    ]
    for entry in catalog.entries:
        entry.approve(by="Eva")
    # What somebody has corrected is no loss.
    catalog.entries[-1].translate("Los billetes se venden a bordo.")
    catalog.save()
    page = tmp_path / "content/es/f.md"
    report = desk.publish(project)
    assert losses(report) == [
        (page, (Loss("Aviso: solo hay plazas con reserva previa."), Loss("draft: True")))
    ]
    assert page.read_text("utf-8") == files["content/es/f.md"]
    assert not desk.publish(project, replace_theirs=True).losing
    assert "Los billetes se venden a bordo." in page.read_text("utf-8")


def losses(report: ExportReport) -> list[tuple[Path, tuple[Loss, ...]]]:
    return [(losing.page, losing.losses) for losing in report.losing]


def test_a_locale_comes_before_a_folder_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\narticles = "{locale}"\n', "utf-8"
    )
    for locale in ("es", "en"):
        (tmp_path / locale).mkdir()
    (tmp_path / "es/a.md").write_text("Hola.\n", "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    assert select_catalogs(["en"], project) == (project.catalog_path("a", "en"),)


CODE = "---\ntitle: {}\ncategory: {}\ntags: [{}]\n---\n\n{}\n\n```sh\n{}\nferry --help\n```\n"


def in_place(root: Path, suffix: str, english: str, spanish: str) -> Project:
    """Write a site in place of one article with its translation, and take the translation in, reviewed."""
    files = {
        "l10n.toml": 'source = "en"\ntargets = ["es"]\noriginals = ["en"]\narticles = "content/{locale}"\nengines = []\n'
        '[export]\nout = "content/{locale}"\nformat = "same"\n',
        f"content/en/f.{suffix}": english,
        f"content/es/f.{suffix}": spanish,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    project = Project.load(root / "l10n.toml")
    desk.build(project)
    catalog = Catalog.load(project.catalog_path("f", "es"))
    for entry in catalog.entries:
        assert entry.msgstr
        entry.approve(by="Eva")
    catalog.save()
    return project


def test_an_article_renamed_and_edited_leaves_readers_the_page_they_have(
    l10n: Run, tmp_path: Path
) -> None:
    english = (
        "# The market\n\nThe market is open from Monday to Saturday, also in winter.\n\n"
        "Its stalls sell bread, cheese and fruit.\n\nDogs wait outside the door.\n"
    )
    spanish = (
        "# El mercado\n\nEl mercado abre de lunes a sábado, también en invierno.\n\n"
        "Sus puestos venden pan, queso y fruta.\n\nLos perros esperan en la puerta.\n"
    )
    project = in_place(tmp_path, "md", english, spanish)
    desk.publish(project)
    article, page = tmp_path / "content/en/f.md", tmp_path / "content/es/f.md"
    article.write_text(english.replace("Dogs wait", "Dogs and cats wait"), "utf-8")
    article.rename(article.with_name("hall.md"))
    assert l10n("update", cwd=tmp_path).returncode == 0
    for _run in range(2):
        run = l10n("export", "--prune", cwd=tmp_path)
        assert (
            "content/es/f.md: left as it is: 1 changed passage waits for review" in run.stderr
        )
        assert page.read_text("utf-8") == spanish
        assert not page.with_name("hall.md").exists()
    catalog = Catalog.load(project.catalog_path("hall", "es"))
    entry = next(entry for entry in catalog.entries if "cats" in entry.msgid)
    entry.translate("Los perros y los gatos esperan en la puerta.")
    catalog.save()
    assert l10n("export", "--prune", cwd=tmp_path).returncode == 0
    assert "gatos" in page.with_name("hall.md").read_text("utf-8")
    assert not page.exists()


@pytest.mark.parametrize(
    ("suffix", "page", "words"),
    [
        ("md", "# {}\n\n{} `{}` {}\n", ("File > Save as", "Archivo > Guardar como")),
        ("html", "<h1>{}</h1>\n<p>{} <kbd>{}</kbd> {}</p>\n", ("Enter", "Intro")),
    ],
)
def test_code_within_a_text_that_people_translated_is_not_taken_from_readers(
    l10n: Run, tmp_path: Path, suffix: str, page: str, words: tuple[str, str]
) -> None:
    english = page.format("The menu", "Choose", words[0], "and then a folder.")
    spanish = page.format("El menú", "Elija", words[1], "y después una carpeta.")
    project = in_place(tmp_path, suffix, english, spanish)
    path = tmp_path / f"content/es/f.{suffix}"
    assert losses(desk.publish(project)) == [(path, (Loss(words[1], kind="inline"),))]
    run = l10n("export", cwd=tmp_path)
    assert run.returncode == 1
    assert "has to stand outside of code in both" in run.stderr
    assert path.read_text("utf-8") == spanish
    # What is the same in both is no loss.
    other = tmp_path / "other"
    other.mkdir()
    same = page.format("El menú", "Elija", words[0], "y después una carpeta.")
    project = in_place(other, suffix, english, same)
    assert not desk.publish(project).losing


def test_code_and_lists_of_front_matter_that_people_translated_are_not_taken_from_readers(
    l10n: Run, tmp_path: Path
) -> None:
    english = CODE.format(
        "The ferry", "Transport", "ferry, harbour", "It leaves at 9.", "# buy a ticket"
    )
    spanish = CODE.format(
        "El ferri", "Transporte", "ferri, puerto", "Sale a las 9.", "# comprar un billete"
    )
    project = in_place(tmp_path, "md", english, spanish)
    lost = (
        Loss("# comprar un billete", kind="code"),
        Loss("category: Transporte", "category"),
        Loss("tags: ['ferri', 'puerto']", "tags[]"),
    )
    assert losses(desk.publish(project)) == [(tmp_path / "content/es/f.md", lost)]
    run = l10n("export", cwd=tmp_path)
    assert run.returncode == 1
    assert 'front_matter = ["category", "tags[]"] in l10n.toml' in run.stderr
    assert (tmp_path / "content/es/f.md").read_text("utf-8") == spanish
    # What the hint says to write is right: the values are entries, filled from the page, and no loss.
    settings = (tmp_path / "l10n.toml").read_text("utf-8")
    settings = f'front_matter = ["category", "tags[]"]\ncode = "comments"\n{settings}'
    (tmp_path / "l10n.toml").write_text(settings, "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    # The page is not written before its words are in the catalog, which they are by the command of the hint.
    ((_page, left),) = losses(desk.publish(project))
    assert Loss("Transporte") in left
    assert "l10n align content/en/f.md content/es/f.md" in run.stderr
    assert l10n("align", "content/en/f.md", "content/es/f.md", cwd=tmp_path).returncode == 0
    catalog = Catalog.load(project.catalog_path("f", "es"))
    texts = {
        "Transport": "Transporte",
        "ferry": "ferri",
        "harbour": "puerto",
        "buy a ticket": "comprar un billete",
    }
    for entry in catalog.entries:
        if entry.msgid in texts:
            assert entry.msgstr == texts[entry.msgid]
        entry.approve(by="Eva")
    catalog.save()
    assert not desk.publish(project).losing
    assert (tmp_path / "content/es/f.md").read_text("utf-8") == spanish


def test_a_page_without_a_passage_waits_for_nobody(l10n: Run, tmp_path: Path) -> None:
    project = in_place(
        tmp_path, "md", "The ferry leaves at nine.\n", "El ferri sale a las nueve.\n"
    )
    gallery = tmp_path / "content/en/gallery.md"
    gallery.write_text("{{< gallery >}}\n", "utf-8")
    desk.update(project)
    run = l10n("export", "es", cwd=tmp_path)
    assert (run.returncode, "nobody has accepted" in run.stderr) == (0, False)
    assert (tmp_path / "content/es/gallery.md").read_text("utf-8") == "{{< gallery >}}\n"


def test_links_that_people_led_elsewhere_are_named_when_they_go(
    l10n: Run, tmp_path: Path
) -> None:
    english = (
        "Ask [the office](mailto:a@example.org).\n\nSee the [map](/maps/a) of [ours](b.md).\n"
    )
    spanish = "Pregunte en [la oficina](mailto:b@example.org).\n\nVea el [mapa](/mapas/a) [nuestro](b.md).\n"
    in_place(tmp_path, "md", english, spanish)
    page = tmp_path / "content/es/f.md"
    told = "links to these addresses are gone: mailto:b@example.org, /mapas/a"
    assert told in l10n("export", "es", "--dry-run", cwd=tmp_path).stderr
    assert page.read_text("utf-8") == spanish
    first = l10n("export", "es", cwd=tmp_path)
    assert (first.returncode, told in first.stderr) == (0, True)
    settings = tmp_path / "l10n.toml"
    row = '"{}" = {{ es = "{}" }}\n'
    pairs = row.format("mailto:a@example.org", "mailto:b@example.org") + row.format(
        "/maps/a", "/mapas/a"
    )
    settings.write_text(f"{settings.read_text()}[links]\n{pairs}")
    assert "gone" not in l10n("export", "es", cwd=tmp_path).stderr
    assert page.read_text("utf-8") == spanish


def test_forms_and_pictures_of_a_page_of_people_are_not_taken_from_readers(
    tmp_path: Path,
) -> None:
    page = '<!DOCTYPE html>\n<html lang="{}"><head><title>{}</title></head><body><p>{}</p>{}</body></html>\n'
    english = page.format("en", "The ferry", "It leaves at 9.", '<img src="map-en.png">')
    spanish = page.format(
        "es", "El ferri", "Sale a las 9.",
        '<img src="plano.png"><form action="/reserva"><input name="plazas"></form><script src="visitas.js"></script>',
    )  # fmt: skip
    project = in_place(tmp_path, "html", english, spanish)
    tags = (
        '<img src="plano.png">', '<form action="/reserva">', '<input name="plazas">', '<script src="visitas.js">',
    )  # fmt: skip
    report = desk.publish(project)
    lost = (Loss(tags[0], kind="picture"), *map(Loss, tags[1:]))
    assert losses(report) == [(tmp_path / "content/es/f.html", lost)]


def test_a_text_that_cannot_be_shown_is_not_taken_from_readers(tmp_path: Path) -> None:
    project = in_place(
        tmp_path,
        "md",
        "The [ferry](a.md) leaves at nine.\n\nBuy a ticket.\n",
        "El [ferri](a.md) sale a las nueve.\n\nCompre un billete.\n",
    )
    catalog = Catalog.load(project.catalog_path("f", "es"))
    catalog.entries[0].translate("El ferri sale a las nueve.")
    catalog.save()
    report = desk.publish(project)
    assert report.refused
    assert losses(report) == [
        (tmp_path / "content/es/f.md", (Loss("El ferri sale a las nueve."),))
    ]


MARKET = (
    "# Opening hours\n\nThe market hall opens at {} a.m.\n\nDogs wait outside the door.\n",
    "# Horario\n\nEl mercado abre a las 8 h.\n\nLos perros esperan ante la puerta.\n",
)


def test_a_page_of_people_that_is_as_it_would_be_written_is_ours_and_keeps_what_it_shows(
    l10n: Run, tmp_path: Path
) -> None:
    project = in_place(tmp_path, "md", MARKET[0].format(8), MARKET[1])
    page, original = tmp_path / "content/es/f.md", tmp_path / "content/en/f.md"
    assert not (tmp_path / "locales/pages.json").exists()
    assert desk.publish(project, dry=True).unchanged == [page]
    assert not (tmp_path / "locales/pages.json").exists()
    assert desk.publish(project).unchanged == [page]
    assert list(own_pages(project)) == ["content/es/f.md"]
    # A list that was lost is made again, though nothing else has changed.
    (tmp_path / "locales/pages.json").unlink()
    assert desk.publish(project).unchanged == [page]
    assert list(own_pages(project)) == ["content/es/f.md"]
    original.write_text(MARKET[0].format(9), "utf-8")
    run = l10n("export", "es", cwd=tmp_path)
    assert "content/es/f.md: left as it is: 1 passage of the original is not in" in run.stderr
    assert "l10n update content/en/f.md" in run.stderr
    desk.update(project)
    for options in ((), ("--replace",)):
        run = l10n("export", "es", *options, cwd=tmp_path)
        assert run.returncode == 0
        assert (
            "content/es/f.md: left as it is: 1 changed passage waits for review" in run.stderr
        )
        assert "l10n review locales/es/LC_MESSAGES/f.po" in run.stderr
        assert page.read_text("utf-8") == MARKET[1]
    moves, renamed = desk.rename(project, "f", "hours")
    assert page.with_name("hours.md") in [move.after for move in moves]
    assert list(own_pages(project)) == ["content/es/hours.md"]
    (waiting,) = desk.publish(project).waiting
    assert (waiting.page, waiting.changed, waiting.unknown) == (
        page.with_name("hours.md"),
        1,
        0,
    )
    catalog = Catalog.load(project.catalog_path(renamed.slug, "es"))
    next(e for e in catalog.entries if "9" in e.msgid).translate("El mercado abre a las 9 h.")
    catalog.save()
    assert desk.publish(project).written == [waiting.page]
    assert waiting.page.read_text("utf-8") == MARKET[1].replace("8", "9")


def test_a_run_loses_no_page_that_another_has_entered_meanwhile(tmp_path: Path) -> None:
    project = in_place(tmp_path, "md", MARKET[0].format(8), MARKET[1])
    desk.publish(project)
    listed = tmp_path / "locales/pages.json"
    by_hand = listed.read_text("utf-8").replace("\n", "\n\n")
    listed.write_text(by_hand, "utf-8")
    desk.publish(project)
    assert listed.read_text("utf-8") == by_hand
    keeper = PageKeeper(project, ExportReport(tmp_path), replace_theirs=False)
    note_page(project, tmp_path / "content/es/other.md", b"Otra.")
    keeper.waiting[tmp_path / "content/es/new.md"] = b"Nueva."
    keeper.write()
    assert sorted(own_pages(project)) == [
        f"content/es/{name}.md" for name in ("f", "new", "other")
    ]


def test_an_edit_of_the_original_does_not_make_a_page_one_that_was_not_taken_in(
    tmp_path: Path,
) -> None:
    project = in_place(tmp_path, "md", MARKET[0].format(8), MARKET[1])
    (tmp_path / "content/en/f.md").write_text(MARKET[0].format(9), "utf-8")
    desk.update(project)
    report = desk.publish(project)
    assert [waiting.changed for waiting in report.waiting] == [1]
    assert not report.theirs
    page = tmp_path / "content/es/f.md"
    page.write_text(MARKET[1].replace("perros", "gatos"), "utf-8")
    report = desk.publish(project)
    assert [path for _article, path in report.theirs] == [page]
    assert not report.waiting


def test_nobody_is_told_to_agree_to_words_of_the_original_in_a_translated_page(
    l10n: Run, tmp_path: Path
) -> None:
    english, spanish = MARKET[0].format(8), MARKET[1]
    project = in_place(tmp_path, "md", english, spanish)
    catalog = Catalog.load(project.catalog_path("f", "es"))
    catalog.entries[-1].translate("")
    catalog.save()
    run = l10n("export", cwd=tmp_path)
    assert run.returncode == 1
    assert "would lose “Los perros esperan ante la puerta.”" in run.stderr
    assert "l10n review locales/es/LC_MESSAGES/f.po" in run.stderr
    assert "--replace" not in run.stderr
    assert (tmp_path / "content/es/f.md").read_text("utf-8") == spanish


@pytest.mark.parametrize(
    ("setting", "advice"),
    [("", 'code = "comments"'), ('code = "strings"\n', "has to stand outside of code")],
)
def test_what_is_offered_of_code_already_is_no_advice(
    l10n: Run, tmp_path: Path, setting: str, advice: str
) -> None:
    text = "# {}\n\n{}\n\n```\n{}\n```\n"
    english = text.format("Maps", "Cite the maps so:", "City of Baeza, maps")
    spanish = text.format("Mapas", "Cite los mapas así:", "Ciudad de Baeza, mapas")
    in_place(tmp_path, "md", english, spanish)
    file = tmp_path / "l10n.toml"
    file.write_text(setting + file.read_text("utf-8"), "utf-8")
    run = l10n("export", cwd=tmp_path)
    assert "would lose “Ciudad de Baeza, mapas”" in run.stderr
    assert advice in run.stderr
