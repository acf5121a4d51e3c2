"""`l10n init` looks first: what it sees of a site, what it writes, and that the pages go where the site looks for them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.desk.resemblance import find_resemblances
from l10n.desk.starting import plan, write
from l10n.errors import UsageError
from l10n.project import Project, validate_locale

Run = Callable[..., "subprocess.CompletedProcess[str]"]

LAYOUTS = Path(__file__).resolve().parent.parent / "docs/layouts.md"
ENGLISH = "---\ntitle: The bridge\n---\n\nThe old bridge opens on Monday at nine.\n"
SPANISH = "---\ntitle: El puente\n---\n\nEl puente viejo abre el lunes a las nueve.\n"
NEWS = "---\ntitle: The tour\n---\n\nThe tour of the harbour takes two hours.\n"
HTML = '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body><p>{}</p></body></html>\n'
PAGE = HTML.format("en", "The bridge", "The old bridge opens on Monday.")
PAGINA = HTML.format("es", "El puente", "El puente viejo abre el lunes.")


@dataclass(frozen=True)
class Site:
    """A tree, and what the desk should make of it."""

    generator: str
    """As the table of the page names it; empty where only the files tell."""
    layout: str
    """The row of the table."""
    files: Mapping[str, str]
    """Two originals or more, the first with a translation."""
    articles: str
    """What the file says."""
    pages: tuple[str, ...]
    """Where the pages are: of the translated original, and of the others."""
    targets: tuple[str, ...] = ()
    source: str | None = None
    more: tuple[str, ...] = field(default=())
    """Further lines that the file has."""


SITES = (
    Site(
        "Hugo", "a folder for each language",
        {"hugo.toml": 'defaultContentLanguage = "en"\n', "content/en/a.md": ENGLISH, "content/es/a.md": SPANISH, "content/en/blog/b.md": NEWS, "content/de/a.md": "Die Brücke."},
        'articles = "content/{locale}"', ("content/es/a.md", "content/es/blog/b.md"), more=('out = "content/{locale}"',),
    ),
    Site(
        "Hugo", "a folder for each language",
        {"config.toml": '[languages.en]\ncontentDir = "content/en"\n', "content/en/a.md": ENGLISH, "content/en/b.md": NEWS, "content/ja/a.md": "橋。", "content/pl/a.md": "Most."},
        'articles = "content/{locale}"', ("content/es/a.md", "content/es/b.md"),
    ),
    Site(
        "Hugo", "names tell the language",
        {"config.toml": "", "content/a.md": ENGLISH, "content/a.es.md": SPANISH, "content/b.md": NEWS, "content/a.fr.md": "Le pont."},
        'articles = "content"', ("content/a.es.md", "content/b.es.md"), more=('naming = "suffix"', 'exclude = ["*.fr.*"]'),
    ),
    Site(
        "Hugo", "one language so far",
        {"hugo.yaml": "title: x\n", "content/a.md": ENGLISH, "content/b.md": NEWS},
        'articles = "content"', ("content/a.es.md", "content/b.es.md"), more=('naming = "suffix"',),
    ),
    Site(
        "Jekyll", "originals at the root, `es/` below",
        {"_config.yml": "lang: en\n", "index.md": ENGLISH, "es/index.md": SPANISH, "b.md": NEWS, "README.md": "# Us\n", "_layouts/default.html": PAGE},
        'articles = { en = ".", es = "es" }', ("es/index.md", "es/b.md"), more=('catalogs = "_locales/{locale}/LC_MESSAGES"',),
    ),
    Site(
        "Jekyll", "a collection with a folder inside",
        {"_articles/a.md": ENGLISH, "_articles/es/a.md": SPANISH, "_articles/b.md": NEWS, "_articles/fr/a.md": "Le pont."},
        'articles = { en = "_articles", es = "_articles/es" }', ("_articles/es/a.md", "_articles/es/b.md"), more=('exclude = ["fr/**"]',),
    ),
    Site(
        "Jekyll", "`_posts` with a folder for each language",
        {"_config.yml": "", "_posts/en/2024-01-01-a.md": ENGLISH, "_posts/es/2024-01-01-a.md": SPANISH, "_posts/en/2024-02-01-b.md": NEWS},
        'articles = "_posts/{locale}"', ("_posts/es/2024-01-01-a.md", "_posts/es/2024-02-01-b.md"),
    ),
    Site(
        "MkDocs", "i18n plug-in, folders",
        {"mkdocs.yml": "plugins:\n  - i18n:\n      docs_structure: folder\n", "docs/en/a.md": ENGLISH, "docs/es/a.md": SPANISH, "docs/en/b.md": NEWS},
        'articles = "docs/{locale}"', ("docs/es/a.md", "docs/es/b.md"),
    ),
    Site(
        "MkDocs", "i18n plug-in, suffixes",
        {"mkdocs.yml": "docs_dir: pages\n", "pages/a.md": ENGLISH, "pages/a.es.md": SPANISH, "pages/x/b.md": NEWS},
        'articles = "pages"', ("pages/a.es.md", "pages/x/b.es.md"), more=('naming = "suffix"',),
    ),
    Site(
        "MkDocs", "a site for each language, `docs/en/docs`",
        {"docs/en/mkdocs.yml": "", "docs/en/docs/a.md": ENGLISH, "docs/es/docs/a.md": SPANISH, "docs/en/docs/x/b.md": NEWS, "docs/es/mkdocs.yml": "", "docs/en/overrides/main.html": "{% extends %}"},
        'articles = "docs/{locale}/docs"', ("docs/es/docs/a.md", "docs/es/docs/x/b.md"),
    ),
    Site(
        "Docusaurus", "docs and blog",
        {"docusaurus.config.js": "i18n: {defaultLocale: 'en'}", "docs/a.md": ENGLISH, "blog/b.md": ENGLISH, "i18n/es/docusaurus-plugin-content-docs/current/a.md": SPANISH, "i18n/es/docusaurus-plugin-content-blog/b.md": SPANISH, "i18n/es/code.json": "{}"},
        'articles = { en = "docs", es = "i18n/es/docusaurus-plugin-content-docs/current" }', ("i18n/es/docusaurus-plugin-content-docs/current/a.md", "i18n/es/docusaurus-plugin-content-blog/b.md"), more=('name = "blog"',),
    ),
    Site(
        "Astro", "Starlight, default language at the root",
        {"astro.config.mjs": "starlight({defaultLocale: 'root'})", "src/content/docs/a.md": ENGLISH, "src/content/docs/es/a.md": SPANISH, "src/content/docs/b.md": NEWS, "src/content/docs/pt-br/a.md": "A ponte."},
        'articles = { en = "src/content/docs", es = "src/content/docs/es" }', ("src/content/docs/es/a.md", "src/content/docs/es/b.md"),
    ),
    Site(
        "Astro", "Starlight, default language at the root",
        {"astro.config.mjs": "", "src/content/docs/rules/index.md": ENGLISH, "src/content/docs/rules/no-void/index.md": NEWS, "src/content/docs/es/rules/index.md": SPANISH},
        'articles = { en = "src/content/docs", es = "src/content/docs/es" }', ("src/content/docs/es/rules/index.md", "src/content/docs/es/rules/no-void/index.md"),
    ),
    Site(
        "Astro", "a folder for each language",
        {"src/content/docs/en/a.md": ENGLISH, "src/content/docs/es/a.md": SPANISH, "src/content/docs/en/x/b.md": NEWS},
        'articles = "src/content/docs/{locale}"', ("src/content/docs/es/a.md", "src/content/docs/es/x/b.md"),
    ),
    Site(
        "VitePress", "default language at the root",
        {"docs/.vitepress/config.ts": "locales: { root: { label: 'English', lang: 'en' } }", "docs/a.md": ENGLISH, "docs/es/a.md": SPANISH, "docs/b.md": NEWS},
        'articles = { en = "docs", es = "docs/es" }', ("docs/es/a.md", "docs/es/b.md"),
    ),
    Site(
        "", "a folder for each language",
        {"en/a.html": PAGE, "es/a.html": PAGINA, "en/x/b.html": PAGE.replace("bridge", "tour")},
        'articles = "{locale}"', ("es/a.html", "es/x/b.html"),
    ),
    Site(
        "", "names tell the language",
        {"news/a.en.html": PAGE, "news/a.es.html": PAGINA, "x/b.en.html": PAGE.replace("bridge", "tour"), "x/b.es.html": PAGINA},
        'articles = "."', ("news/a.es.html", "x/b.es.html"), more=('naming = "suffix"', 'catalogs = "_locales/{locale}/LC_MESSAGES"'),
    ),
    Site(
        "", "a lone `a.en.html`, with `--source` and `--target`",
        {"a.en.html": PAGE, "b.en.html": PAGE.replace("bridge", "tour")},
        'articles = "."', ("a.es.html", "b.es.html"), targets=("es",), source="en", more=('naming = "suffix"',),
    ),
)  # fmt: skip


def build_tree(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.generator}-{site.layout}")
def test_a_site_is_recognised_and_its_pages_go_where_its_generator_looks(
    tmp_path: Path, site: Site
) -> None:
    build_tree(tmp_path, site.files)
    start = plan(tmp_path, source=site.source, targets=site.targets)
    assert not (tmp_path / "l10n.toml").exists()
    assert start.sighting.generator.name == site.generator
    lines = start.text.splitlines()
    assert site.articles in lines
    assert set(site.more) <= set(lines)
    assert start.census is not None
    assert not start.census.aside.orphans
    originals = {ref.path.relative_to(tmp_path).as_posix() for ref in start.census.articles}
    assert len(originals) == 2
    project = write(start)
    assert desk.build(project, engine="pseudo").is_complete
    for ref in project.articles():
        catalog = Catalog.load(project.catalog_path(ref.slug, "es"))
        for entry in catalog.entries:
            entry.translate(f"{entry.msgid}¤")
        catalog.save()
    report = desk.publish(project)
    assert not report.problems
    assert not report.theirs
    written = {path.relative_to(tmp_path).as_posix() for path in report.written}
    assert written == set(site.pages)
    for name, text in site.files.items():
        if name not in site.pages:
            assert (tmp_path / name).read_text("utf-8") == text
    assert all("¤" in (tmp_path / name).read_text("utf-8") for name in site.pages)


def test_the_page_of_layouts_has_a_row_for_each_that_is_tried() -> None:
    rows = re.findall(r"^\| (.*?) \| (.*?) \|", LAYOUTS.read_text("utf-8"), re.MULTILINE)
    tried = list(dict.fromkeys((site.generator or "none", site.layout) for site in SITES))
    assert [row for row in rows if row[0] != "generator" and "---" not in row[0]] == tried


def test_init_says_what_it_saw_and_a_dry_run_writes_nothing(l10n: Run, tmp_path: Path) -> None:
    files = {
        "hugo.toml": "",
        "content/en/a.md": ENGLISH,
        "content/es/a.md": SPANISH,
        "content/en/b.md": NEWS,
        "content/en/c.md": NEWS,
        "content/es/gone.md": SPANISH,
        "content/de/a.md": "Die Brücke.",
        "i18n/es.toml": "",
    }
    build_tree(tmp_path, files)
    run = l10n("init", "--dry-run", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.startswith('source = "en"\ntargets = ["es"]\noriginals = ["en"]\n')
    for part in (
        "Hugo (hugo.toml)",
        "3 originals in en, 1 translated into es",
        "content/es/gone.md",
        "de",
        "i18n/es.toml",
    ):
        assert part in run.stderr
    assert not (tmp_path / "l10n.toml").exists()
    assert l10n("init", cwd=tmp_path).stdout.endswith("Next: l10n build\n")
    assert Project.load(tmp_path / "l10n.toml").originals == ("en",)


def test_nothing_recognised_is_said_and_gets_the_plain_layout(
    l10n: Run, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("Hola", "utf-8")
    run = l10n("init", cwd=tmp_path)
    assert "No site was recognised here" in run.stderr
    assert (tmp_path / "locales/es/articles").is_dir()


def test_a_person_may_say_what_a_site_is_like(tmp_path: Path) -> None:
    build_tree(tmp_path, {"content/a.md": ENGLISH, "docs/b.md": NEWS})
    assert 'articles = "docs"' in plan(tmp_path, like="mkdocs").text
    assert 'articles = "content"' in plan(tmp_path, like="hugo").text
    assert 'articles = "locales/{locale}/articles"' in plan(tmp_path, like="plain").text
    with pytest.raises(UsageError, match="no such layout: wordpress"):
        plan(tmp_path, like="wordpress")
    (tmp_path / "docs/b.md").unlink()
    with pytest.raises(UsageError, match="nothing here that docusaurus"):
        plan(tmp_path, like="docusaurus")


def test_a_site_written_in_spanish_is_translated_from_spanish(tmp_path: Path) -> None:
    files = {"docs/.vitepress/config.ts": "", "docs/a.md": SPANISH, "docs/en/a.md": ENGLISH}
    build_tree(tmp_path, files)
    assert plan(tmp_path).text.startswith('source = "es"\ntargets = ["en"]\n')


def test_what_is_made_anew_is_ignored_by_git_after_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"caf\xe9\n/bilingual")
    desk.init(tmp_path, like="plain")
    assert (tmp_path / ".gitignore").read_bytes() == b"caf\xe9\n/bilingual\n/site/\n*.po.lock\n"


def test_a_site_in_place_keeps_its_gitignore(tmp_path: Path) -> None:
    for path, text in {"content/en/a.md": ENGLISH, "content/es/a.md": SPANISH}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "hugo.toml").write_text("", "utf-8")
    desk.init(tmp_path)
    assert not (tmp_path / ".gitignore").exists()


def test_a_translation_under_another_name_is_named_with_its_line(
    l10n: Run, tmp_path: Path
) -> None:
    body = (
        "The old bridge over the river Segura opens on Monday at 9. It was closed for 14 months. "
        "The council paid 240,000 euros.\n\nBuses 7 and 12 cross it again.\n"
    )
    cuerpo = (
        "El viejo puente sobre el río Segura abre el lunes a las 9. Estuvo cerrado 14 meses. "
        "El ayuntamiento pagó 240.000 euros.\n\nLos autobuses 7 y 12 vuelven a cruzarlo.\n"
    )
    files = {
        "hugo.toml": 'defaultContentLanguage = "en"\n',
        "content/en/bridge.md": body,
        "content/en/tour.md": NEWS,
        "content/es/puente.md": cuerpo,
        "content/es/tour.md": "---\ntitle: La visita\n---\n\nLa visita al puerto dura dos horas.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = l10n("init", "--dry-run")
    assert run.returncode == 0
    assert 'path = "en/bridge.md"\ntranslations = { es = "es/puente.md" }' in run.stderr


RELEASE = "---\ntitle: {title}\nlang: {lang}\n---\n\n{text}\n\n- <https://cache.example.org/tool-{version}.tar.gz>\n- SIZE: {size}\n- SHA256: {digest}\n"


def test_another_release_told_in_the_same_words_is_no_translation(tmp_path: Path) -> None:
    english = "The tool {} has been released. We recommend everybody to upgrade, since it mends two faults."
    spanish = "Se ha publicado la herramienta {}. Recomendamos a todos que la actualicen, pues corrige dos fallos."

    def release(lang: str, version: str, number: int) -> str:
        text, title = (english, "Tool") if lang == "en" else (spanish, "Herramienta")
        return RELEASE.format(
            title=f"{title} {version}", lang=lang, text=text.format(version), version=version,
            size=48_001 + number * 977, digest=f"{number}f3a9{number}7c",
        )  # fmt: skip

    versions = [f"1.{number}.0" for number in range(12)]
    files = {f"content/en/tool-{v}.md": release("en", v, n) for n, v in enumerate(versions)} | {
        "hugo.toml": 'defaultContentLanguage = "en"\n',
        "content/es/tool-1.0.0.md": release("es", "1.0.0", 0),
        "content/es/herramienta-1.9.0.md": release("es", "1.9.0", 9),
        "content/es/herramienta-2.5.0.md": release("es", "2.5.0", 31),
    }
    build_tree(tmp_path, files)
    start = plan(tmp_path)
    assert start.census is not None
    assert [
        (resemblance.path.name, resemblance.original.path.name)
        for resemblance in find_resemblances(start.project, start.census)
    ] == [("herramienta-1.9.0.md", "tool-1.9.0.md")]


def test_what_looks_like_a_locale_of_no_script_is_none() -> None:
    assert [validate_locale(tag) for tag in ("zh-Hans", "sr-Latn-RS", "es-419")]
    for tag in ("no-Enum", "no-Void"):
        with pytest.raises(UsageError, match="unknown locale"):
            validate_locale(tag)


def test_a_target_that_is_the_source_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--target: wanted a locale other than the source"):
        plan(tmp_path, source="es", targets=["es"])
    assert not list(tmp_path.iterdir())


LESSON = (
    "In this lesson we learn how to make words bold, and what the signs around them are for."
)
LECCION = (
    "En esta lección aprendemos a poner palabras en negrita, y para qué sirven los signos."
)


def test_folders_in_other_languages_are_no_originals_whatever_they_are_called(
    l10n: Run, tmp_path: Path
) -> None:
    build_tree(
        tmp_path,
        {
            "_config.yml": "collections_dir: lessons\n",
            "index.md": LESSON,
            "es/index.md": LECCION,
            "fr/index.md": "Dans cette leçon nous apprenons à mettre des mots en gras dans un texte.",
            "jp/index.md": "このレッスンでは、文章の中の言葉を太字にする方法を学びます。",
            "cz/intro.md": "V této lekci se naučíme, jak v textu psát slova tučně, a k čemu slouží značky kolem nich.",
            "us/prices.md": "All prices are in dollars, and the tax of the state is added to what you see here.",
            "lessons/_en/1.md": LESSON,
            "lessons/_es/1.md": LECCION,
            "lessons/_de/1.md": "Hallo!",
            "lessons/_kr/1.md": "이 수업에서는 글 안의 단어를 굵게 만드는 방법을 배웁니다.",
            "old/avisos/a.md": "El mercado cierra los lunes y los martes, y abre los demás días a las ocho de la mañana.",
        },
    )
    run = l10n("init", cwd=tmp_path)
    assert "left out, not written in en: cz, jp, lessons/_kr, old" in run.stderr
    assert "left out, since the project is not for them: de, fr" in run.stderr
    assert "3 originals in en, 2 translated into es" in run.stderr
    articles = Project.load(tmp_path / "l10n.toml").articles()
    assert {ref.slug: list(ref.translations) for ref in articles} == {
        "index": ["es"],
        "lessons/1": ["es"],
        "us/prices": [],
    }
    assert desk.update(Project.load(tmp_path / "l10n.toml")).catalogs


def test_every_folder_that_a_generator_publishes_is_a_place_or_named(
    tmp_path: Path, l10n: Run
) -> None:
    docusaurus = {
        "docusaurus.config.js": "i18n: {defaultLocale: 'en'}",
        "docs/a.md": ENGLISH,
        "blog/b.md": NEWS,
        "src/pages/c.md": NEWS,
        "versioned_docs/version-1.0/a.md": ENGLISH,
        "README.md": "# Us\n",
    }
    jekyll = {
        "_config.yml": "lang: en\n",
        "_guides/en/a.md": ENGLISH,
        "_guides/ja/a.md": "橋。",
        "_posts/2024-01-01-b.md": NEWS,
        "about.md": NEWS,
        "fair/map.md": NEWS,
        "_drafts/d.md": NEWS,
        "README.md": "# Us\n",
    }
    expected = {
        "docusaurus": (
            docusaurus,
            {"docs", "blog", "src/pages"},
            "versioned_docs/version-1.0/",
        ),
        "jekyll": (jekyll, {"_guides/en", "_posts"}, "about.md, fair/"),
    }
    for name, (files, folders, rest) in expected.items():
        root = tmp_path / name
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        done = l10n("init", "--target", "es", cwd=root)
        assert done.returncode == 0, done.stderr
        assert f"left out, in no place: {rest} (" in done.stderr
        project = Project.find(root)
        homes = {project.relative(place.folders["en"]) for place in project.places}
        assert homes == folders
        pages = [place.pages["es"] for place in project.places if place.pages is not None]
        assert len(set(pages)) == len(folders)


def test_the_blog_of_a_site_with_documents_is_published_where_its_generator_looks(
    tmp_path: Path, l10n: Run
) -> None:
    files = {
        "docusaurus.config.js": "",
        "docs/a.md": ENGLISH,
        "i18n/es/docusaurus-plugin-content-docs/current/a.md": SPANISH,
        "blog/b.md": NEWS,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert "2 originals in en" in l10n("init", "--dry-run").stderr
    assert l10n("init").returncode == 0
    project = Project.find(tmp_path)
    ref = project.article("blog/b")
    page = ref.place.page("es", ref.relative)
    assert page == tmp_path / "i18n/es/docusaurus-plugin-content-blog/b.md"


def test_a_section_called_like_a_language_is_none_where_translations_lie_elsewhere(
    tmp_path: Path,
) -> None:
    files = {
        "docusaurus.config.js": "",
        "docs/overview.md": ENGLISH,
        "docs/connect/overview.md": NEWS,
        "docs/connect/sms/overview.md": ENGLISH,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (place,) = plan(tmp_path, source="en", targets=["es"]).sighting.places
    assert place.folders["en"] == "docs"
    assert place.folders["es"] == "i18n/es/docusaurus-plugin-content-docs/current"
