"""The sample newsroom goes the whole road, as `make demo` shows it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import html5lib
import pytest

from l10n.align import Alignment, align_articles
from l10n.align.notation import Groups, evaluate, groups_of, parse_beads
from l10n.articles import read_article
from l10n.catalog import Catalog
from l10n.model import Origin, State
from l10n.project import ArticleRef, Project

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "newsroom"
NEWSROOM = Project.load(ROOT / "l10n.toml")
ARTICLES = [ref for ref in NEWSROOM.articles() if not ref.place.name]
"""Of the newsroom: the documentation is a place of its own."""
ALIGNED = [ref for ref in ARTICLES if ref.translations]
ALONE = [ref for ref in ARTICLES if not ref.translations]

ALIGNMENT_FLOOR = 0.965
"""Strict F1 over the hand-made beads of all six pairs, without an engine."""

APPROVED_FLOOR = 0.91
"""Share of the reviewed translations that alignment alone finds, to the letter."""


def l10n(*arguments: str, cwd: Path, status: int = 0) -> str:
    """Run the command line as a person would; give what it printed on both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "l10n", *arguments],
        cwd=cwd,
        env={**os.environ, "L10N_LANG": "en", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


def newsroom(folder: Path, *, engine: str, catalogs: bool = True) -> Project:
    """Copy the sample newsroom the way `make demo` does, with one engine."""
    shutil.copytree(ROOT / "locales", folder / "locales")
    for path in folder.glob("locales/*/LC_MESSAGES/*"):
        if path.name in ("docs", "readme"):
            shutil.rmtree(path)
        elif path.name == "l10n.po":
            path.unlink()
    if not catalogs:
        for path in folder.glob("locales/*/LC_MESSAGES"):
            shutil.rmtree(path)
    settings = (ROOT / "l10n.toml").read_text(encoding="utf-8")
    settings = settings.partition("# From here on")[0]
    settings = re.sub(
        r"^engines = .*$", f'engines = ["{engine}"]', settings, flags=re.MULTILINE
    )
    settings = re.sub(r"^(missing = .*)$", r"\1\ndrafts = true", settings, flags=re.MULTILINE)
    (folder / "l10n.toml").write_text(settings, encoding="utf-8")
    return Project.load(folder / "l10n.toml")


def contents(root: Path, *folders: str) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def target_of(ref: ArticleRef) -> str:
    return "en" if ref.locale == "es" else "es"


def page_of(project: Project, ref: ArticleRef, locale: str) -> Path:
    name = ref.out.get(locale) or str(Path(ref.relative).with_suffix(".html"))
    return project.root / "site" / locale / name


def alignment_of(ref: ArticleRef) -> Alignment:
    ((locale, path),) = ref.translations.items()
    return align_articles(read_article(ref.path, ref.locale), read_article(path, locale))


def gold_of(ref: ArticleRef) -> tuple[Groups, ...]:
    return parse_beads((GOLD / f"{ref.slug}.beads").read_text(encoding="utf-8"))


def slugs(refs: Iterable[ArticleRef]) -> list[str]:
    return [ref.slug for ref in refs]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The newsroom after one `l10n build` with an engine that is always there."""
    project = newsroom(tmp_path_factory.mktemp("pseudo"), engine="pseudo")
    l10n("build", cwd=project.root)
    return project


def test_newsroom_is_as_the_readme_says() -> None:
    articles = ARTICLES
    assert len(articles) == 8
    assert sorted(ref.locale for ref in articles) == ["en"] * 4 + ["es"] * 4
    assert len(ALIGNED) == 6
    assert sorted(ref.locale for ref in ALONE) == ["en", "es"]
    assert {read_article(ref.path, ref.locale).format for ref in articles} == {
        "html",
        "markdown",
        "text",
    }
    for ref in articles:
        assert 15 <= len(read_article(ref.path, ref.locale).blocks) <= 60, ref.slug


@pytest.mark.parametrize("ref", ALIGNED, ids=lambda ref: ref.slug)
def test_gold_alignment_covers_every_segment_once(ref: ArticleRef) -> None:
    alignment = alignment_of(ref)
    gold = gold_of(ref)
    sources = sorted(i for source, _ in gold for i in source)
    targets = sorted(j for _, target in gold for j in target)
    assert sources == list(range(len(alignment.source_segments)))
    assert targets == list(range(len(alignment.target_segments)))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("locale", NEWSROOM.locales)
def test_links_of_the_newsroom_can_be_read_by_day_and_by_night(locale: str) -> None:
    style = (NEWSROOM.root / f"locales/{locale}/articles/assets/style.css").read_text(
        encoding="utf-8"
    )
    day, night = re.findall(r"--accent: (#[0-9a-f]{6})", style)
    assert style.index("prefers-color-scheme: dark") < style.index(night)
    # What browsers put behind a page: Chromium, Firefox and Safari at night.
    for accent, page in (
        (day, "#ffffff"),
        *((night, page) for page in ("#121212", "#1c1b22", "#1e1e1e")),
    ):
        lighter, darker = sorted((luminance(accent), luminance(page)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_page_is_there_in_both_languages(built: Project) -> None:
    for ref in built.articles():
        for locale in built.locales:
            page = html5lib.parse(
                page_of(built, ref, locale).read_bytes(), namespaceHTMLElements=False
            )
            assert page.get("lang") == locale
            assert "".join(page.find("head/title").itertext()).strip()


def test_reviewed_translations_are_published_as_they_are(built: Project) -> None:
    for ref in ALIGNED:
        target = target_of(ref)
        catalog = Catalog.load(built.catalog_path(ref.slug, target))
        original = Catalog.load(NEWSROOM.catalog_path(ref.slug, target))
        assert catalog.counts().reviewed == original.counts().reviewed > 20
        text = page_of(built, ref, target).read_text(encoding="utf-8")
        headline = next(
            entry
            for entry in catalog.entries
            if entry.msgctxt is None
            and entry.state is State.REVIEWED
            and "<" not in entry.msgstr
            and "&" not in entry.msgstr
            and "'" not in entry.msgstr
            and '"' not in entry.msgstr
        )
        assert headline.msgstr in text


def test_articles_without_a_translation_become_drafts(built: Project) -> None:
    for ref in ALONE:
        catalog = Catalog.load(built.catalog_path(ref.slug, target_of(ref)))
        counts = catalog.counts()
        assert counts.translated == 0
        assert counts.untranslated == 0
        assert {entry.origin for entry in catalog.entries} <= {Origin.MT, Origin.TM}


def test_readers_are_told_of_drafts(built: Project) -> None:
    for ref in ALONE:
        page = page_of(built, ref, target_of(ref)).read_text(encoding="utf-8")
        assert "l10n-draft" in page
        assert "l10n-notice" in page


def test_building_again_changes_no_byte(built: Project) -> None:
    before = contents(built.root, "locales", "site")
    l10n("build", cwd=built.root)
    after = contents(built.root, "locales", "site")
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_articles_are_never_written(built: Project) -> None:
    for locale in built.locales:
        folder = built.root / f"locales/{locale}/articles"
        original = NEWSROOM.root / f"locales/{locale}/articles"
        assert contents(folder, ".") == contents(original, ".")


def test_status_counts_what_the_catalogs_hold(built: Project) -> None:
    rows = json.loads(l10n("status", "--format", "json", cwd=built.root))
    assert sorted(row["article"] for row in rows) == sorted(slugs(built.articles()))
    for row in rows:
        counts = Catalog.load(built.catalog_path(row["article"], row["locale"])).counts()
        assert (row["translated"], row["reviewed"], row["draft"], row["untranslated"]) == (
            counts.translated, counts.reviewed, counts.draft, counts.untranslated,
        )  # fmt: skip


@pytest.fixture(scope="module")
def started_afresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """The newsroom before anybody made a catalog, built where no engine is installed; what that said."""
    project = newsroom(tmp_path_factory.mktemp("afresh"), engine="argos", catalogs=False)
    return project, l10n("build", cwd=project.root)


def test_without_catalogs_the_earlier_translations_are_aligned(
    started_afresh: tuple[Project, str],
) -> None:
    project, _said = started_afresh
    for ref in ALIGNED:
        target = target_of(ref)
        catalog = Catalog.load(project.catalog_path(ref.slug, target))
        aligned = [entry for entry in catalog.entries if entry.origin is Origin.ALIGNED]
        assert len(aligned) > 0.75 * len(catalog.entries), ref.slug
        assert (project.derived / "align" / f"{ref.slug}.{target}.html").exists()


def test_alignment_finds_nearly_what_the_reviewers_approved(
    started_afresh: tuple[Project, str],
) -> None:
    project, _said = started_afresh
    same = all_reviewed = 0
    for ref in ALIGNED:
        path = project.catalog_path(ref.slug, target_of(ref))
        found = {entry.key: entry.msgstr for entry in Catalog.load(path).entries}
        for entry in Catalog.load(NEWSROOM.catalog_path(ref.slug, target_of(ref))).entries:
            if entry.state is State.REVIEWED:
                all_reviewed += 1
                same += found[entry.key] == entry.msgstr
    assert same / all_reviewed >= APPROVED_FLOOR


def test_without_an_engine_the_rest_of_the_road_is_gone(
    started_afresh: tuple[Project, str],
) -> None:
    project, said = started_afresh
    if "engines install" not in said:
        pytest.skip("an Argos model for Spanish and English is installed here")
    for ref in ALONE:
        counts = Catalog.load(project.catalog_path(ref.slug, target_of(ref))).counts()
        assert counts.untranslated > 0
        assert page_of(project, ref, target_of(ref)).exists()


def test_alignment_stays_at_its_floor() -> None:
    pairs = [(gold_of(ref), groups_of(alignment_of(ref).beads)) for ref in ALIGNED]
    assert evaluate(pairs).f1 >= ALIGNMENT_FLOOR


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_gettext_accepts_every_catalog(built: Project) -> None:
    for path in (*NEWSROOM.catalogs(), *built.catalogs()):
        done = subprocess.run(
            ["msgfmt", "--check", "--output-file", os.devnull, path],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_our_own_catalogs_pass_our_own_check() -> None:
    l10n("check", "--no-cache", cwd=ROOT)


def test_committed_catalogs_are_up_to_their_articles(tmp_path: Path) -> None:
    project = newsroom(tmp_path, engine="pseudo")
    before = contents(project.root, "locales")
    l10n("update", *slugs(ALIGNED), cwd=project.root)
    assert contents(project.root, "locales") == before


def test_newcomer_finds_drafts_to_try() -> None:
    for ref in ALIGNED:
        counts = Catalog.load(NEWSROOM.catalog_path(ref.slug, target_of(ref))).counts()
        assert counts.reviewed > counts.draft > 0, ref.slug
        assert counts.untranslated == 0


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the project whose set-up is done, after the script of `make demo`; what that said."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / ".ci", root / ".ci")
    shutil.copytree(ROOT / "locales", root / "locales")
    shutil.copy(ROOT / "l10n.toml", root)
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "l10n").symlink_to(Path(sys.executable).with_name("l10n"))
    return root, demonstrate(root)


def demonstrate(root: Path) -> str:
    done = subprocess.run(
        [root / ".ci" / "demo"],
        env={**os.environ, "L10N_LANG": "en", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_demo_ends_by_telling_where_everything_is(demonstrated: tuple[Path, str]) -> None:
    root, said = demonstrated
    told = re.findall(r"demo/[\w./-]+\.html", said)
    assert len(told) >= 3
    for name in told:
        assert (root / name).exists(), name
    assert "l10n review" in said


def test_demo_has_no_settings_without_a_use(demonstrated: tuple[Path, str]) -> None:
    root, said = demonstrated
    assert "unused-setting" not in said
    assert "drafts = true" in (root / "demo" / "l10n.toml").read_text(encoding="utf-8")
    assert "l10n.toml" not in l10n("check", "--no-cache", cwd=root / "demo")


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
def test_demo_drafts_read_like_the_other_language(demonstrated: tuple[Path, str]) -> None:
    project = Project.load(demonstrated[0] / "demo" / "l10n.toml")
    words = {"en": {"the", "of", "and", "to", "is"}, "es": {"el", "la", "de", "que", "un"}}
    for ref in ALONE:
        target = target_of(ref)
        catalog = Catalog.load(project.catalog_path(ref.slug, target))
        assert catalog.counts().untranslated <= 0.1 * len(catalog.entries)
        drafts = " ".join(entry.msgstr for entry in catalog.entries).lower().split()
        found = {tag: sum(word in usual for word in drafts) for tag, usual in words.items()}
        assert found[target] > 10 * found[ref.locale]


def test_demo_keeps_what_was_done_in_it(demonstrated: tuple[Path, str]) -> None:
    root, _said = demonstrated
    project = Project.load(root / "demo" / "l10n.toml")
    path = project.catalog_path("panaderia", "en")
    catalog = Catalog.load(path)
    catalog.entries[0].approve(by="A newcomer")
    catalog.save()
    before = contents(root, ".ci", "locales", "demo/locales")
    demonstrate(root)
    assert contents(root, ".ci", "locales", "demo/locales") == before
