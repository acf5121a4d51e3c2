"""Real sites built by their own generators: the original against a marked and a real translation of it.

Run: L10N_DATA=FOLDER [DOCUSAURUS=FOLDER] [ASTRO=FOLDER] python tests/benchmarks/bench_builds.py [SITE…] [-v]
The last two are folders in which npm has installed `@docusaurus/core @docusaurus/preset-classic react react-dom`, and
`astro @astrojs/mdx` (5 and 4 for Node 20); a site whose generator or pages are missing is passed over, saying so.
For each site of FOLDER/sites it exports a translation that adds one letter to every unit, and the one that `l10n align`
takes over from the existing pages (where the site has some), builds all of them, and prints: pages whose rendered elements, attributes and texts are the
same but for the marks; links to a place on the page itself that lead nowhere (original / marked / real translation).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builds import generators
from builds.pages import dead_links, differences, mark_catalog, read

MATERIAL = os.environ.get("MKDOCS", "mkdocs")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages of a site lie, and what builds it."""

    name: str
    english: str
    spanish: str
    """Empty where nobody has translated it."""
    build: Callable[[Path, Path], Path]
    within: str = "body"
    dialect: str = ""
    modules: str = ""
    """Variable that names the folder where npm has installed its generator."""


def _by_npm(
    build: Callable[[Path, Path, Path], Path], variable: str
) -> Callable[[Path, Path], Path]:
    return lambda pages, work: build(
        pages, work, Path(os.environ[variable]).resolve() / "node_modules"
    )


SITES = (
    Site("hugo-cncf-glossary", "content/en", "content/es", generators.hugo, "main"),
    Site("jekyll-opensource-guide", "_articles", "_articles/es", generators.jekyll),
    Site(
        "mkdocs-fastapi",
        "docs/en/docs",
        "docs/es/docs",
        partial(generators.mkdocs, program=MATERIAL, theme="material", more=generators.BLOCKS),
        "article",
    ),
    Site(
        "astro-express",
        "src/content/docs/en",
        "src/content/docs/es",
        _by_npm(generators.astro, "ASTRO"),
        dialect="astro",
        modules="ASTRO",
    ),
    Site(
        "docusaurus-testing-library",
        "docs",
        "",
        _by_npm(generators.docusaurus, "DOCUSAURUS"),
        "article",
        "docusaurus",
        "DOCUSAURUS",
    ),
)
_TOML = (
    'source = "en"\ntargets = ["es"]\nengines = []\n{dialect}'
    '[export]\nformat = "same"\nnotice = false\nswitcher = false\n'
)


def l10n(folder: Path, *arguments: str) -> str:
    """Run the tool in a folder, and return what it says."""
    result = subprocess.run(
        [sys.executable, "-m", "l10n", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode > 1:
        raise SystemExit(result.stderr)
    return result.stderr


def copy_pages(source: Path, target: Path, without: str = "") -> None:
    """Copy the pages below a folder, those of another language in it aside."""
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        if (
            path.is_file()
            and path.suffix in (".md", ".mdx")
            and (without not in relative.parts or not without)
        ):
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / relative)


def exported(site: Site, data: Path, work: Path, *, real: bool) -> Path:
    """Return the folder of the pages of a translation: a marked one, or the one that the site has."""
    project = work / ("real" if real else "marked")
    articles = project / "locales/en/articles"
    copy_pages(data / site.english, articles, without="es")
    dialect = f'dialect = "{site.dialect}"\n' if site.dialect else ""
    project.joinpath("l10n.toml").write_text(_TOML.format(dialect=dialect))
    if real:
        copy_pages(data / site.spanish, project / "locales/es/articles")
    l10n(project, "update")
    if real:
        l10n(project, "align", "--engine", "none", "--trust", "0")
    else:
        for path in sorted((project / "locales/es/LC_MESSAGES").rglob("*.po")):
            mark_catalog(path)
    sys.stderr.write(l10n(project, "export", "es", "-o", "out"))
    return project / "out/es"


def measure(site: Site, data: Path, *, verbose: bool) -> str:
    """Return the figures of a site."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pages = {
            "original": work / "original/pages",
            "marked": exported(site, data, work, real=False),
        }
        if site.spanish:
            pages["real"] = exported(site, data, work, real=True)
        copy_pages(data / site.english, pages["original"], without="es")
        built = {}
        for name, folder_of_pages in pages.items():
            (work / name / "site").mkdir(parents=True)
            built[name] = site.build(folder_of_pages, work / name / "site")
        names = sorted(
            path.relative_to(built["original"])
            for path in built["original"].rglob("*.html")
            if path.name not in ("404.html", "search.html")
        )
        same = 0
        dead = dict.fromkeys(built, 0)
        for name in names:
            for edition, out in built.items():
                links = dead_links(read(out / name)) if (out / name).exists() else []
                dead[edition] += len(links)
                if verbose and links:
                    print(f"  {name}, {edition}: dead {' '.join(links)}")
            if not (built["marked"] / name).exists():
                print(f"  {name}: no page")
                continue
            different = differences(
                built["original"] / name, built["marked"] / name, site.within
            )
            same += not different
            if different:
                print(f"  {name}: {len(different)} places differ")
            for ours, theirs in different if verbose else ():
                print(f"    - {ours!r}\n    + {theirs!r}")
        links = " / ".join(str(dead[edition]) for edition in built)
        return (
            f"{site.name}: {same} of {len(names)} pages the same; dead links on a page {links}"
        )


def main(arguments: Sequence[str]) -> None:
    """Measure the named sites, or all."""
    data = os.environ.get("L10N_DATA")
    if not data:
        print(
            "bench_builds: L10N_DATA does not name the folder of the measuring data; nothing measured"
        )
        return
    names = [argument for argument in arguments if argument != "-v"]
    for site in SITES:
        if names and site.name not in names:
            continue
        if site.modules and not os.environ.get(site.modules):
            print(f"{site.name}: {site.modules} names no folder of npm; not measured")
        elif not (Path(data) / "sites" / site.name).is_dir():
            print(f"{site.name}: its pages are not in L10N_DATA; not measured")
        else:
            print(measure(site, Path(data) / "sites" / site.name, verbose="-v" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
