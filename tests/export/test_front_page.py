"""The front page of a site: what a server shows for `/`."""

from __future__ import annotations

from pathlib import Path

from l10n import desk
from l10n.project import Project


def write(root: Path, **articles: str) -> Project:
    (root / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\nengines = []\n', "utf-8")
    for name, text in articles.items():
        path = root / f"locales/es/articles/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    project = Project.load(root / "l10n.toml")
    desk.update(project)
    return project


def test_it_leads_to_every_page_of_every_language(tmp_path: Path) -> None:
    desk.publish(write(tmp_path, feria="La feria.", **{"año 1": "Uno."}))
    page = (tmp_path / "site/index.html").read_text("utf-8")
    for address in ("es/feria.html", "en/feria.html", "es/a%C3%B1o%201.html"):
        assert f'href="{address}"' in page
    assert "<h2>Español</h2>" in page


def test_it_leads_to_the_index_of_a_language_that_has_one(tmp_path: Path) -> None:
    desk.publish(write(tmp_path, index="Portada.", feria="La feria."))
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'href="en/index.html"' in page
    assert "feria" not in page


def test_that_of_people_stays(tmp_path: Path) -> None:
    project = write(tmp_path, feria="La feria.")
    front = tmp_path / "site/index.html"
    front.parent.mkdir()
    front.write_text("<h1>The Paper</h1>", "utf-8")
    desk.publish(project)
    assert front.read_text("utf-8") == "<h1>The Paper</h1>"
