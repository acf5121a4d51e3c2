"""What an upgrade costs: real sites whose catalogs an earlier version wrote, brought up by this one.

Run: L10N_DATA=FOLDER python tests/benchmarks/bench_upgrade.py [COMMIT]
The version of COMMIT (431b4b7) aligns each site of FOLDER/sites with its translation and approves everything; `l10n update` of
this version follows. Prints reviewed texts before and after, those carried over to what they are read as today, those named as
not carried over, and drafts. Pages of MDX are given the suffix .md for the earlier version, which knew no other.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = {
    "mkdocs-fastapi": ("docs/en/docs", "docs/es/docs"),
    "jekyll-opensource-guide": ("_articles", "_articles/es"),
    "hugo-cncf-glossary": ("content/en", "content/es"),
    "html-w3c-i18n": (".", "."),
    "astro-express": ("src/content/docs/en", "src/content/docs/es"),
}
"""Folders of the originals and of the translations."""
_TOML = 'source = "en"\ntargets = ["es"]\nengines = []\n'


def l10n(version: Path, folder: Path, *arguments: str) -> str:
    """Run a version of the tool in a folder, and return all it says."""
    result = subprocess.run(
        [sys.executable, "-m", "l10n", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(version), "L10N_LANG": "en"},
    )
    return result.stdout + result.stderr


def lay_out(site: str, data: Path, project: Path) -> list[tuple[Path, Path]]:
    """Copy a site's pages into a project, and return the pairs of original and translation."""
    pairs = []
    english, spanish = (data / folder for folder in SITES[site])
    for path in sorted(english.rglob("*")):
        name = path.relative_to(english).as_posix()
        if site == "html-w3c-i18n":
            if not name.endswith(".en.html"):
                continue
            name, facing = (
                name.replace(".en.", "."),
                Path(str(path).replace(".en.html", ".es.html")),
            )
        elif path.suffix in (".md", ".mdx") and "es" not in Path(name).parts:
            name, facing = re.sub(r"\.mdx$", ".md", name), spanish / name
        else:
            continue
        places = [project / f"locales/{locale}/articles/{name}" for locale in ("en", "es")]
        for place, source in zip(places, (path, facing), strict=True):
            if source.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, place)
        if facing.exists():
            pairs.append((places[0], places[1]))
    return pairs


def count(project: Path, mark: str) -> int:
    """Return how many live entries of a project's catalogs have a mark in their comments."""
    catalogs = (project / "locales/es/LC_MESSAGES").rglob("*.po")
    entries = (entry for path in catalogs for entry in path.read_text().split("\n\n"))
    return sum(mark in entry and "\n#~ " not in entry for entry in entries)


def measure(site: str, data: Path, old: Path, work: Path) -> str:
    """Return the figures of a site."""
    project = work / site
    project.mkdir()
    (project / "l10n.toml").write_text(_TOML)
    pairs = lay_out(site, data, project)
    l10n(old, project, "update")
    for source, target in pairs:
        catalog = (
            project
            / "locales/es/LC_MESSAGES"
            / source.relative_to(project / "locales/en/articles")
        )
        l10n(
            old,
            project,
            "align",
            str(source),
            str(target),
            "-o",
            str(catalog.with_suffix(".po")),
            "--engine",
            "none",
        )
    l10n(old, project, "approve", "--by", "Ana", "--yes")
    before = count(project, "reviewed=Ana")
    said = l10n(ROOT, project, "update")
    carried = sum(map(int, re.findall(r"(\d+) kept, read differently", said)))
    return (
        f"{site}: {before} reviewed before, {count(project, 'reviewed=Ana')} after; {carried} carried over,"
        f" {said.count('another look: ')} named, {count(project, '#, fuzzy')} drafts"
    )


def main() -> None:
    """Measure every site."""
    data = os.environ.get("L10N_DATA")
    if not data:
        print(
            "bench_upgrade: L10N_DATA does not name the folder of the measuring data; nothing measured"
        )
        return
    commit = sys.argv[1] if len(sys.argv) > 1 else "431b4b7"
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        old.mkdir()
        archive = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "x"], cwd=old, input=archive.stdout, check=True)
        for site in SITES:
            print(measure(site, Path(data) / "sites" / site, old, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
