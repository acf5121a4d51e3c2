"""A whole site taken in: which pairs, what a person should look at first and why, one report, and nothing twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.align import align_articles
from l10n.align.reasons import doubtful_beads
from l10n.articles import parse_article
from l10n.catalog import Catalog
from l10n.model import Doubt

Run = Callable[..., "subprocess.CompletedProcess[str]"]

HARBOUR = (
    "# The harbour\n\nThe old harbour was closed to ships in the spring. The council wants to build a park there.\n\n"
    "Nearly 340 people came to the first meeting about the park.\n\n"
    "The architect Laura Gil showed drawings of trees, benches and a fountain.\n"
)
PUERTO = (
    "# El puerto\n\nEl viejo puerto se cerró a los barcos en primavera. El ayuntamiento quiere construir un parque allí.\n\n"
    "Casi 430 personas vinieron a la primera reunión sobre el parque.\n\n"
    "La arquitecta Laura Gil mostró dibujos de árboles, bancos y una fuente.\n\n"
    "Este artículo fue traducido por un grupo de vecinas de la ciudad el año pasado.\n"
)
BRIDGE = "# The bridge\n\nThe bridge over the river opens on Monday. Cars pay 2 euros.\n"
PUENTE = "# El puente\n\nEl puente sobre el río abre el lunes. Los coches pagan 2 euros.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "l10n.toml": 'source = "en"\ntargets = ["es"]\noriginals = ["en"]\narticles = "docs/{locale}"\nengines = []\n',
        "docs/en/harbour.md": HARBOUR,
        "docs/es/harbour.md": PUERTO,
        "docs/en/bridge.md": BRIDGE,
        "docs/es/bridge.md": PUENTE,
        "docs/en/alone.md": "Nobody has translated this page.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def contents(root: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and path.suffix in {".po", ".html", ".md"}
    }


def test_every_pair_is_taken_in_and_one_report_is_written(l10n: Run, site: Path) -> None:
    run = l10n("align")
    assert run.returncode == 0, run.stderr
    assert "docs/en/harbour.md" in run.stdout
    assert "docs/en/bridge.md" in run.stdout
    assert "alone" not in run.stdout
    report = (site / ".l10n/align/l10n.html").read_text(encoding="utf-8")
    # The number that differs comes first of its article, and what only the translation says is there.
    assert "a number differs" in report
    assert "un grupo de vecinas" in report
    pages = set(re.findall(r'href="([^"#]+\.html)', report))
    assert {"harbour.es.html", "bridge.es.html"} <= pages
    assert all((site / ".l10n/align" / page).is_file() for page in pages)
    catalog = Catalog.load(site / "locales/es/LC_MESSAGES/harbour.po")
    assert catalog.counts().untranslated == 0


def test_the_screen_says_where_to_look_first_and_why(l10n: Run, site: Path) -> None:
    output = l10n("align").stdout
    place = output.index("docs/en/harbour.md:5: ")
    assert output[place:].split("\n")[0].endswith("a number differs")
    assert "340 people" in output[place:]


def test_a_second_run_changes_nothing(l10n: Run, site: Path) -> None:
    l10n("align")
    before = contents(site)
    run = l10n("align")
    assert run.returncode == 0
    assert "2 translations were taken in before" in run.stderr
    assert contents(site) == before


def test_only_what_changed_is_looked_at_again(l10n: Run, site: Path) -> None:
    l10n("align")
    with (site / "docs/en/bridge.md").open("a", encoding="utf-8") as page:
        page.write("\nBicycles cross for free.\n")
    with (site / "docs/es/bridge.md").open("a", encoding="utf-8") as page:
        page.write("\nLas bicicletas pasan gratis.\n")
    l10n("update")
    run = l10n("align")
    assert "bridge" in run.stdout
    assert "harbour" not in run.stdout


def test_a_report_of_everything_can_be_had_at_any_time(l10n: Run, site: Path) -> None:
    l10n("align")
    before = contents(site / "locales")
    run = l10n("align", "--report", "pages")
    assert run.returncode == 0
    assert {path.name for path in (site / "pages").iterdir()} == {
        "l10n.html",
        "harbour.es.html",
        "bridge.es.html",
    }
    assert contents(site / "locales") == before


def compared(english: str, spanish: str) -> dict[str, set[Doubt]]:
    alignment = align_articles(
        parse_article(english, path=Path("a.md"), locale="en", format="markdown"),
        parse_article(spanish, path=Path("b.md"), locale="es", format="markdown"),
    )
    return {doubtful.source: set(doubtful.doubts) for doubtful in doubtful_beads(alignment)}


def test_a_name_that_somebody_else_has_is_told() -> None:
    doubts = compared(HARBOUR, PUERTO.replace("Laura Gil", "Carmen Paz").replace("430", "340"))
    assert [text for text, why in doubts.items() if Doubt.NAME in why] == [
        HARBOUR.strip().rpartition("\n")[2]
    ]


def test_a_sentence_that_says_something_else_is_told() -> None:
    other = PUERTO.replace("430", "340").replace(
        "mostró dibujos de árboles, bancos y una fuente",
        "enseñó, además de lo que había traído, casi todo lo que en otras ciudades se ha hecho con los muelles viejos, y explicó "
        "con calma lo caro que sale mantener un jardín junto al mar cuando sopla el viento del norte",
    )
    doubts = compared(HARBOUR, other)
    assert Doubt.WORDS in doubts[HARBOUR.strip().rpartition("\n")[2]]


def test_the_stamp_of_a_doubtful_draft_says_why(l10n: Run, site: Path) -> None:
    page = site / "docs/es/bridge.md"
    page.write_text(PUENTE.replace("Los coches pagan 2 euros.", ""), encoding="utf-8")
    l10n("align")
    catalog = Catalog.load(site / "locales/es/LC_MESSAGES/bridge.po")
    entry = catalog.find(BRIDGE.strip().rpartition("\n")[2])
    assert entry is not None
    assert entry.stamp is not None
    assert entry.stamp.doubts[:1] == (Doubt.PART,)
    assert len(entry.stamp.format().rstrip()) <= 76
