"""Where the articles of a site lie, under which names, and where their pages go."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.desk.publishing import to_preview
from l10n.errors import ProjectError, UsageError
from l10n.project import Project

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ENGLISH = "---\ntitle: The bridge\n---\n\nThe bridge opens on Monday.\n"
SPANISH = "---\ntitle: El puente\n---\n\nEl puente abre el lunes.\n"
COMMON = 'source = "en"\ntargets = ["es"]\noriginals = ["en"]\nengines = []\n'
SAME = '[export]\nformat = "same"\n'


def write_site(root: Path, toml: str, files: Mapping[str, str]) -> Project:
    for name, text in {"l10n.toml": toml, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project.load(root / "l10n.toml")


def accept(project: Project, slug: str, locale: str = "es", mark: str = "¤") -> None:
    """Translate every entry of an article as itself, with a mark behind it."""
    catalog = Catalog.load(project.catalog_path(slug, locale))
    for entry in catalog.entries:
        entry.translate(f"{entry.msgid}{mark}")
    catalog.save()


def published(project: Project, *slugs: str) -> set[str]:
    """Return the files that an export of accepted translations makes."""
    desk.update(project)
    for slug in slugs:
        accept(project, slug)
    before = {path for path in project.root.rglob("*") if path.is_file()}
    report = desk.publish(project)
    assert not report.problems
    after = {path for path in project.root.rglob("*") if path.is_file()}
    names = {path.relative_to(project.root).as_posix() for path in after - before}
    return {name for name in names if not name.startswith((".l10n", "locales/"))}


@pytest.mark.parametrize(
    ("layout", "out", "original", "page"),
    [
        ('articles = "content/{locale}"', '"content/{locale}"', "content/en/a.md", "content/es/a.md"),
        ('articles = "content/{locale}"', '"content"', "content/en/a.md", "content/es/a.md"),
        ('articles = "docs/{locale}/docs"', '"docs/{locale}/docs"', "docs/en/docs/a.md", "docs/es/docs/a.md"),
        ('articles = { en = "docs", es = "i18n/es/current" }', '{ es = "i18n/es/current" }', "docs/a.md", "i18n/es/current/a.md"),
        ('articles = { en = "_articles", es = "_articles/es" }', '{ es = "_articles/es" }', "_articles/a.md", "_articles/es/a.md"),
        ('articles = "docs"\nnaming = "suffix"', '"docs"', "docs/a.md", "docs/a.es.md"),
        ('articles = "docs"\nnaming = "suffix"', '"docs"', "docs/a.en.md", "docs/a.es.md"),
        ('articles = "."\nnaming = "suffix"', '"."', "news/a.en.md", "news/a.es.md"),
        ('articles = { en = ".", es = "es" }', '{ es = "es" }', "a.md", "es/a.md"),
    ],
)  # fmt: skip
def test_a_page_goes_where_the_layout_looks_for_it_and_the_original_stays(
    tmp_path: Path, layout: str, out: str, original: str, page: str
) -> None:
    toml = f'{COMMON}{layout}\n[export]\nformat = "same"\nout = {out}\n'
    project = write_site(tmp_path, toml, {original: ENGLISH})
    (ref,) = project.articles()
    assert published(project, ref.slug) == {page}
    assert (tmp_path / original).read_text("utf-8") == ENGLISH
    text = (tmp_path / page).read_text("utf-8")
    assert text == ENGLISH.replace("bridge\n", "bridge¤\n").replace("Monday.", "Monday.¤")
    # What was written is the desk's own: neither a translation to take in nor an article, and it may be written again.
    (ref,) = project.articles()
    assert not ref.translations
    accept(project, ref.slug, mark="§")
    report = desk.publish(project)
    assert [path.relative_to(tmp_path).as_posix() for path in report.written] == [page]


@pytest.mark.parametrize(
    ("dialect", "led"), [("docusaurus", "/guide/b"), ("vitepress", "/es/guide/b")]
)
def test_an_address_from_the_root_stays_where_the_generator_leads_it_itself(
    tmp_path: Path, dialect: str, led: str
) -> None:
    toml = (
        f'{COMMON}articles = {{ en = "docs", es = "i18n/es/current" }}\ndialect = "{dialect}"\n'
        '[export]\nformat = "same"\nout = { es = "i18n/es/current" }\n'
    )
    article = f'{ENGLISH}\nSee [this](/guide/b).\n\n<a href="/guide/b">Or this</a> one.\n'
    project = write_site(tmp_path, toml, {"docs/a.md": article, "docs/guide/b.md": ENGLISH})
    published(project, "a", "guide/b")
    text = (tmp_path / "i18n/es/current/a.md").read_text("utf-8")
    assert f"]({led})" in text
    assert 'href="/es/guide/b"' in text


def test_a_site_elsewhere_has_a_folder_for_each_locale_whatever_names_the_articles_have(
    tmp_path: Path,
) -> None:
    toml = COMMON + 'articles = "docs"\nnaming = "suffix"\n' + SAME
    project = write_site(tmp_path, toml, {"docs/a.md": ENGLISH, "docs/guide.min.md": ENGLISH})
    assert [ref.slug for ref in project.articles()] == ["a", "guide.min"]
    assert published(project, "a") == {
        *("site/en/a.md", "site/es/a.md"),
        *("site/en/guide.min.md", "site/es/guide.min.md"),
    }


def test_a_persons_page_is_left_until_its_text_is_taken_in(l10n: Run, tmp_path: Path) -> None:
    out = '[export]\nformat = "same"\nout = "content"\n'
    toml = f'{COMMON}articles = "content/{{locale}}"\n{out}'
    project = write_site(
        tmp_path, toml, {"content/en/a.md": ENGLISH, "content/es/a.md": SPANISH}
    )
    page = tmp_path / "content/es/a.md"
    desk.update(project)
    accept(project, "a")
    run = l10n("export", cwd=tmp_path)
    assert run.returncode == 1
    assert "content/es/a.md: left as it is" in run.stderr
    assert "l10n align content/en/a.md content/es/a.md" in run.stderr
    assert page.read_text("utf-8") == SPANISH
    project.catalog_path("a", "es").unlink()
    desk.update(project)
    desk.align(desk.pairs_of(project, project.articles()), project=project)
    # Nobody has accepted anything: what people published stays.
    assert [page.path for page in desk.publish(project).unaccepted] == ["content/es/a.md"]
    assert page.read_text("utf-8") == SPANISH
    catalog = Catalog.load(project.catalog_path("a", "es"))
    entry = next(entry for entry in catalog.entries if entry.msgid == "The bridge")
    entry.translate("El puente nuevo")
    catalog.save()
    run = l10n("export", "--dry-run", cwd=tmp_path)
    assert run.returncode == 0
    assert "-title: El puente\n+title: El puente nuevo\n" in run.stdout
    assert page.read_text("utf-8") == SPANISH
    assert not (tmp_path / "locales/pages.json").exists()
    # The paragraph nobody has looked at is the person's own, as published.
    assert l10n("export", cwd=tmp_path).returncode == 0
    assert page.read_text("utf-8") == SPANISH.replace("El puente\n", "El puente nuevo\n")
    assert list(json.loads((tmp_path / "locales/pages.json").read_text("utf-8"))) == [
        "content/es/a.md"
    ]
    page.write_text(SPANISH.replace("lunes", "martes"), "utf-8")
    assert l10n("export", cwd=tmp_path).returncode == 1
    assert "martes" in page.read_text("utf-8")
    assert l10n("export", "--replace", cwd=tmp_path).returncode == 0
    assert "martes" not in page.read_text("utf-8")


def test_a_translation_without_its_original_is_listed_and_never_translated_back(
    l10n: Run, tmp_path: Path
) -> None:
    toml = f'{COMMON}articles = "content/{{locale}}"\n'
    files = {"content/en/a.md": ENGLISH, "content/es/b.md": SPANISH, "content/en/c.rst": "C"}
    project = write_site(tmp_path, toml, files)
    assert [ref.slug for ref in project.articles()] == ["a"]
    run = l10n("update", cwd=tmp_path)
    assert "1 translation has no original and is left alone: content/es/b.md" in run.stderr
    assert "content/en/c.rst" in run.stderr
    assert 'exclude = ["*.rst"]' in run.stderr
    assert not (tmp_path / "locales/en").exists()


def test_several_places_begin_their_slugs_with_their_names(tmp_path: Path) -> None:
    toml = (
        f'{COMMON}articles = {{ en = "docs", es = "i18n/es/docs" }}\n[export]\nformat = "same"\n'
        'out = { es = "i18n/es/docs" }\n'
        '[[place]]\nname = "blog"\narticles = { en = "blog", es = "i18n/es/blog" }\n'
    )
    files = {"docs/intro.md": ENGLISH, "blog/intro.md": ENGLISH}
    project = write_site(tmp_path, toml, files)
    assert [ref.slug for ref in project.articles()] == ["blog/intro", "intro"]
    assert published(project, "intro", "blog/intro") == {
        "i18n/es/docs/intro.md",
        "i18n/es/blog/intro.md",
    }


def test_globs_leave_files_out_at_any_depth_or_below_a_folder(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = {{ en = "a", es = "a/es" }}\nexclude = ["README.md", "_drafts/**", "fr"]\n'
    files = ("README.md", "x/README.md", "_drafts/d.md", "x/_drafts/kept.md", "fr/f.md", "g.md")
    project = write_site(tmp_path, toml, {f"a/{name}": ENGLISH for name in files})
    assert [ref.slug for ref in project.articles()] == ["g", "x/_drafts/kept"]


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("title: A\ntranslationKey: bridge", "title: B\ntranslationKey: bridge"),
        ("ref: bridge", "ref: bridge"),
        ("slug: bridge", "slug: bridge"),
    ],
)
def test_front_matter_tells_editions_of_other_names(
    tmp_path: Path, english: str, spanish: str
) -> None:
    toml = (
        f'{COMMON}articles = "content/{{locale}}"\n[export]\nformat = "same"\nout = "content"\n'
    )
    files = {
        "content/en/bridge.md": f"---\n{english}\n---\n\nThe bridge.\n",
        "content/es/puente.md": f"---\n{spanish}\n---\n\nEl puente.\n",
    }
    project = write_site(tmp_path, toml, files)
    (ref,) = project.articles()
    assert ref.translations == {"es": tmp_path / "content/es/puente.md"}
    # Its page keeps the name that people gave it.
    desk.build(project)
    accept(project, "bridge")
    desk.publish(project, replace_theirs=True)
    assert "¤" in (tmp_path / "content/es/puente.md").read_text("utf-8")
    assert not (tmp_path / "content/es/bridge.md").exists()


def test_posts_of_one_date_are_editions_where_no_other_has_it(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = "_posts/{{locale}}"\n'
    names = ("en/2024-05-01-hello.md", "es/2024-05-01-hola.md", "en/2024-06-01-a.md",
             "en/2024-06-01-b.md", "es/2024-06-01-c.md")  # fmt: skip
    project = write_site(tmp_path, toml, {f"_posts/{name}": ENGLISH for name in names})
    translated = {ref.slug: [*ref.translations.values()] for ref in project.articles()}
    assert translated["2024-05-01-hello"] == [tmp_path / "_posts/es/2024-05-01-hola.md"]
    assert not translated["2024-06-01-a"]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('articles = "nowhere/{locale}"', "l10n.toml:5: there is no folder nowhere/en"),
        ('articles = "docs"', "articles: wanted a path with {locale} in it"),
        ('articles = { en = "docs" }', "articles: wanted a folder for es too"),
        ('articles = { en = "docs", es = "docs" }', "articles: wanted another folder for es"),
        ('articles = { en = "docs", fr = "docs/fr" }', "articles.fr: wanted a locale of this"),
        ('articles = { en = "docs", es = "../es" }', "articles.es: ../es leaves the project"),
        ('articles = "docs/{locale}"\nnaming = "suffix"', "articles: wanted one folder"),
        ('articles = "docs/{locale}"\nnaming = "tail"', "naming: wanted folder, suffix"),
        ('glossary = "terms/{locale}.csv"', "glossary: wanted a path without {locale}"),
        ('exclude = ["../*"]', "exclude: wanted globs"),
        ("originals = []", "originals: wanted a list"),
        ('[[place]]\nname = "blog"', "place.articles: wanted"),
        (
            'articles = { en = "docs", es = "es" }\n[[place]]\nname = "b"\narticles = { en = "docs", es = "b" }',
            "place.articles: wanted another folder",
        ),
    ],
)
def test_a_place_that_cannot_be_is_one_line(
    l10n: Run, tmp_path: Path, toml: str, message: str
) -> None:
    common = COMMON.replace('originals = ["en"]\n', "") if toml.startswith("orig") else COMMON
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(ENGLISH, "utf-8")
    (tmp_path / "l10n.toml").write_text(f"{common}{toml}\n", "utf-8")
    if message.startswith("l10n.toml:5"):
        run = l10n("update", cwd=tmp_path)
        assert run.returncode == 2
        assert message in run.stderr
        return
    with pytest.raises(ProjectError) as caught:
        Project.load(tmp_path / "l10n.toml")
    assert message in str(caught.value)


def test_two_files_that_claim_one_edition_are_named(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = "docs"\nnaming = "suffix"\n'
    project = write_site(tmp_path, toml, {"docs/a.md": ENGLISH, "docs/a.en.md": ENGLISH})
    with pytest.raises(ProjectError, match=r"docs/a\.en\.md and docs/a\.md are both"):
        project.articles()


def test_names_that_differ_in_how_an_accent_is_written_are_one_name(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = "content/{{locale}}"\n'
    files = {"content/en/an\u0303o 100%.md": ENGLISH, "content/es/a\u00f1o 100%.md": SPANISH}
    project = write_site(tmp_path, toml, files)
    (ref,) = project.articles()
    assert list(ref.translations) == ["es"]


def test_a_locale_folder_that_leads_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "site"
    write_site(root, "", {"content/en/a.md": ENGLISH})
    (root / "content/es").symlink_to(outside)
    (root / "l10n.toml").write_text(f'{COMMON}articles = "content/{{locale}}"\n', "utf-8")
    with pytest.raises(ProjectError, match="leaves the project"):
        Project.load(root / "l10n.toml")


def test_markdown_in_place_never_becomes_html(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = "content/{{locale}}"\n[export]\nout = "content"\n'
    project = write_site(tmp_path, toml, {"content/en/a.md": ENGLISH})
    with pytest.raises(ProjectError, match="would become HTML") as caught:
        desk.publish(project)
    assert caught.value.hint == '[export] format = "same"'


def test_links_and_pictures_lead_from_where_the_page_lies(tmp_path: Path) -> None:
    text = (
        "[a](./b.md) [c](/b/) [d](/other/) ![e](img/map.png) ![f](../static/x.png)\n\n"
        "[g](https://example.org/b/)\n"
    )
    toml = (
        f'{COMMON}articles = {{ en = "docs", es = "i18n/es/current" }}\n[export]\nformat = "same"\n'
        'out = { es = "i18n/es/current" }\n'
    )
    files = {
        "docs/a.md": text,
        "docs/b.md": ENGLISH,
        "docs/img/map.png": "",
        "static/x.png": "",
    }
    project = write_site(tmp_path, toml, files)
    assert published(project, "a", "b") == {"i18n/es/current/a.md", "i18n/es/current/b.md"}
    page = (tmp_path / "i18n/es/current/a.md").read_text("utf-8")
    assert "[a](./b.md) [c](/es/b/) [d](/other/)" in page
    assert "![e¤](../../../docs/img/map.png) ![f¤](../../../static/x.png)" in page


@pytest.mark.parametrize(
    ("original", "target", "expected"),
    [
        ("<html>", "es", '<html lang="es">'),
        ('<html lang="en" class="x">', "es", '<html lang="es" class="x">'),
        ('<html dir="ltr">', "es", '<html dir="ltr" lang="es">'),
        ("<html>", "ar", '<html lang="ar" dir="rtl">'),
    ],
)
def test_a_page_in_place_names_a_direction_where_that_tells_something(
    original: str, target: str, expected: str, tmp_path: Path
) -> None:
    page = f"<!DOCTYPE html>\n{original}<head><title>Tide</title></head><body><p>Low.</p></body></html>\n"
    toml = (
        f'source = "en"\ntargets = ["{target}"]\noriginals = ["en"]\nengines = []\n'
        'articles = "{locale}"\n[export]\nout = "{locale}"\nformat = "same"\n'
    )
    project = write_site(tmp_path, toml, {"en/a.html": page})
    desk.update(project)
    accept(project, "a", target)
    desk.publish(project)
    assert expected in (tmp_path / target / "a.html").read_text("utf-8")


def test_names_that_tell_the_language_are_found_by_the_generator(tmp_path: Path) -> None:
    toml = f'{COMMON}articles = "d"\nnaming = "suffix"\n[export]\nformat = "same"\nout = "d"\n'
    files = {
        "d/a.md": "[b](b.md) ![map](map.png)\n",
        "d/b.md": ENGLISH,
        "d/map.png": "",
        "d/p.en.html": '<!DOCTYPE html><html lang="en"><head><title>P</title></head><body><a href="q.en.html">Q</a></body></html>',
        "d/q.en.html": '<!DOCTYPE html><html lang="en"><head><title>Q</title></head><body>Q</body></html>',
    }
    project = write_site(tmp_path, toml, files)
    published(project, "a", "b", "p", "q")
    assert "[b¤](b.md)" in (tmp_path / "d/a.es.md").read_text("utf-8").replace(
        "](b.md)¤", "¤](b.md)"
    )
    page = (tmp_path / "d/p.es.html").read_text("utf-8")
    assert 'href="q.es.html"' in page
    # Nothing that its people did not have: no switcher, no notice, no generator.
    assert "l10n-" not in page
    assert '<html lang="es"' in page


def test_what_was_not_deleted_by_us_is_pruned_by_no_one(tmp_path: Path) -> None:
    toml = (
        f'{COMMON}articles = "content/{{locale}}"\n[export]\nformat = "same"\nout = "content"\n'
    )
    files = {"content/en/a.md": ENGLISH, "content/en/b.md": ENGLISH, "content/es/c.md": SPANISH}
    project = write_site(tmp_path, toml, files)
    published(project, "a", "b")
    (tmp_path / "content/en/b.md").unlink()
    report = desk.publish(project, prune=True)
    assert [path.name for path in report.removed] == ["b.md"]
    assert sorted(path.name for path in (tmp_path / "content/es").iterdir()) == ["a.md", "c.md"]
    assert list(json.loads((tmp_path / "locales/pages.json").read_text("utf-8"))) == [
        "content/es/a.md"
    ]


def test_an_article_of_no_known_format_is_named_as_that(tmp_path: Path) -> None:
    project = write_site(tmp_path, "", {"locales/es/articles/a.md": SPANISH, "x.rst": "X"})
    with pytest.raises((UsageError, ProjectError, Exception), match=r"unknown article format"):
        project.article(tmp_path / "x.rst")


def test_a_preview_writes_no_page_of_the_site(tmp_path: Path) -> None:
    toml = (
        f'{COMMON}articles = "content/{{locale}}"\n[export]\nformat = "same"\nout = "content"\n'
    )
    project = write_site(tmp_path, toml, {"content/en/a.md": ENGLISH})
    desk.update(project)
    accept(project, "a")
    report = desk.publish(to_preview(project))
    names = {path.relative_to(tmp_path).as_posix() for path in report.written}
    assert names == {".l10n/preview/en/a.html", ".l10n/preview/es/a.html"}
    assert not (tmp_path / "content/es").exists()


MARKET = {
    "locales/es/articles/mercado.txt": (
        "El mercado de abastos reabre el lunes\n\n"
        "El mercado municipal vuelve a abrir sus puertas el 3 de marzo después de dos años de obras.\n\n"
        "La reforma ha costado 4,2 millones de euros y ha cambiado el tejado y los 48 puestos.\n\n"
        "«Los vecinos lo echaban de menos», dice la alcaldesa, Rosa Marín.\n"
    ),
    "locales/es/articles/bus.txt": (
        "La línea 7 cambia de recorrido\n\n"
        "Desde el martes el autobús no pasará por la plaza mayor, que estará cortada 3 semanas.\n\n"
        "La parada más cercana es la del hospital, a unos 400 metros de la estación de trenes.\n\n"
        "«Pedimos paciencia», dice el concejal de tráfico, Juan Robles.\n"
    ),
    "locales/en/articles/market-reopens.txt": (
        "The market hall reopens on Monday\n\n"
        "The municipal market opens its doors again on 3 March after two years of building work.\n\n"
        "The renovation cost 4.2 million euros and has changed the roof and the 48 stalls.\n\n"
        "“The neighbours missed it,” says the mayor, Rosa Marín.\n"
    ),
    "locales/en/articles/harbour.txt": (
        "A quiet winter in the harbour\n\n"
        "Fishing boats stayed in port for most of January because of the storms from the west.\n\n"
        "Catches of sardines fell by half, according to the 12 members of the guild.\n\n"
        "“We have seen worse,” says its chairman, Paul Ferry.\n"
    ),
}


def test_a_translation_under_another_name_is_named_and_made_no_original(
    l10n: Run, tmp_path: Path
) -> None:
    project = write_site(tmp_path, "engines = []\n", MARKET)
    run = l10n("build", cwd=tmp_path)
    place = "locales/en/articles/market-reopens.txt"
    assert f"{place}: probably the translation of locales/es/articles/mercado.txt" in run.stderr
    lines = '[[article]]\npath = "es/mercado.txt"\ntranslations = { en = "en/market-reopens.txt" }\n'
    assert lines in run.stderr
    assert not (tmp_path / "site/es/market-reopens.html").exists()
    catalogs = {path.name for path in tmp_path.rglob("*.po")}
    assert catalogs == {"mercado.po", "bus.po", "harbour.po"}
    # What the message says to add is right, and takes the translation in.
    write_site(tmp_path, f"engines = []\n{lines}", {})
    report = desk.build(Project.load(tmp_path / "l10n.toml"))
    assert [result.filled for result in report.align.aligned] == [4]
    assert not report.update.resemblances
    # A person may say that it is an original of its own.
    write_site(tmp_path, "engines = []\n", {})
    desk.update(project, [project.article(tmp_path / place)])
    assert not desk.update(project).resemblances


def test_an_orphan_that_says_what_an_original_says_is_named_too(tmp_path: Path) -> None:
    project = write_site(tmp_path, 'engines = []\noriginals = ["es"]\n', MARKET)
    (resemblance,) = desk.update(project).resemblances
    assert (resemblance.original.slug, resemblance.path.stem) == ("mercado", "market-reopens")


def test_a_newsroom_beside_its_documentation_in_place(tmp_path: Path) -> None:
    files = {
        "l10n.toml": 'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\n'
        '[export]\nout = "site"\nbase_url = "https://paper.example"\n'
        '[[place]]\nname = "docs"\narticles = { en = "docs", es = "docs/es" }\nout = { en = "docs", es = "docs/es" }\nformat = "same"\n'
        '[[place]]\nname = "top"\narticles = "."\nnaming = "suffix"\nout = "."\noriginals = ["en"]\nformat = "same"\nexclude = ["articles/**"]\n',
        "articles/es/feria.md": "# La feria\n\nAbre el lunes.\n",
        "docs/guide.md": "# Guide\n\nPress the [green button](../README.md).\n",
        "README.md": "Read on.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    for slug, locale, texts in (
        ("feria", "en", {"La feria": "The fair", "Abre el lunes.": "It opens on Monday."}),
        ("docs/guide", "es", {"Guide": "Guía", "Press the <a1>green button</a1>.": "Pulse el <a1>botón verde</a1>."}),
        ("top/README", "es", {"Read on.": "Siga leyendo."}),
    ):  # fmt: skip
        catalog = Catalog.load(project.catalog_path(slug, locale))
        for entry in catalog.entries:
            entry.translate(texts[entry.msgid])
            entry.approve(by="Ana")
        catalog.save()
    report = desk.publish(project)
    assert (tmp_path / "docs/es/guide.md").read_text(
        "utf-8"
    ) == "# Guía\n\nPulse el [botón verde](../../README.es.md).\n"
    assert "It opens on Monday." in (tmp_path / "site/en/feria.html").read_text("utf-8")
    assert "https://paper.example/en/feria.html" in (tmp_path / "site/sitemap.xml").read_text(
        "utf-8"
    )
    assert report.pages == 4
    assert not report.stale
    assert "pages.json" in {path.name for path in (tmp_path / "locales").iterdir()}
    again = desk.publish(project)
    assert (len(again.written), again.pages) == (0, 4)


def test_a_place_has_originals_of_its_own(tmp_path: Path) -> None:
    files = {
        "articles/es/feria.md": "La feria abre.\n",
        "articles/en/feria.md": "The fair opens.\n",
        "README.md": "Press the button.\n",
        "README.es.md": "Pulse el botón.\n",
        "notas.es.md": "Nadie la escribió en inglés.\n",
    }
    toml = (
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\nengines = []\n'
        '[[place]]\nname = "top"\narticles = "."\nnaming = "suffix"\nout = "."\noriginals = ["en"]\nformat = "same"\n'
        'exclude = ["articles/**"]\n'
    )
    project = write_site(tmp_path, toml, files)
    readme, fair = sorted(project.articles(), key=lambda ref: ref.locale)
    assert (readme.slug, readme.locale, readme.path.name) == ("top/README", "en", "README.md")
    assert (fair.slug, fair.locale) == ("feria", "es")
    assert [path.name for path in project.census().aside.orphans] == ["notas.es.md"]
