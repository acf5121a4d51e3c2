"""Write the documentation as a site of its own, in both languages: `python .ci/write_site.py FOLDER`."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Container, Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from l10n import desk
from l10n.interface import LANGUAGES
from l10n.project import Project

ROOT = Path(__file__).resolve().parent.parent
PARTS = Path(__file__).resolve().parent / "site"
NAMES = {"en": "English", "es": "Español"}
STYLES = ROOT / "l10n/export/data/article.css"
OUTSIDE = {"README.md": "readme.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}  # fmt: skip
"""Pages of the top folder, and what they are called among the others."""


class Sections(HTMLParser):
    """Collects the sections of a page: anchor, title, and the text below it."""

    HEADINGS = ("h1", "h2", "h3")

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[tuple[str, list[str], list[str]]] = []
        self.in_article = self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section at a heading."""
        self.in_article |= tag == "article"
        if self.in_article and tag in self.HEADINGS:
            self.in_heading = True
            self.sections.append((dict(attrs).get("id") or "", [], []))

    def handle_endtag(self, tag: str) -> None:
        """End a heading, or the article."""
        self.in_article &= tag != "article"
        self.in_heading &= tag not in self.HEADINGS

    def handle_data(self, data: str) -> None:
        """Take text of the article."""
        if self.in_article and self.sections:
            self.sections[-1][1 if self.in_heading else 2].append(data)


def sources(language: str) -> Iterator[tuple[str, str]]:
    """Give the pages of one language: name and Markdown, links as they are in one folder."""
    suffix = "" if language == LANGUAGES[0] else f".{language}"
    for name, inside in OUTSIDE.items():
        path = ROOT / f"{Path(name).stem}{suffix}.md"
        if path.exists():
            text = path.read_text("utf-8").replace("](docs/screens/", "](../screens/")
            yield inside, re.sub(rf"\]\(docs/(?:{language}/)?", "](", text)
    folder = ROOT / "docs" if not suffix else ROOT / "docs" / language
    for path in sorted(folder.glob("*.md")):
        yield path.name, path.read_text("utf-8")


def settle(text: str, language: str, names: Container[str]) -> str:
    """Let links lead to the pages beside; to the first language's where this one lacks them."""
    for name, inside in OUTSIDE.items():
        own = f"{Path(name).stem}.{language}.md"
        for spelled in (name, own):
            text = re.sub(rf"\]\((?:\.\./)*{re.escape(spelled)}", f"]({inside}", text)

    def lead(match: re.Match[str]) -> str:
        if match[1] in names:
            return f"]({match[1]}"
        return f"](../{LANGUAGES[0]}/{Path(match[1]).stem}.html"

    return re.sub(r"\]\((?:\.\./)?([\w-]+\.md)(?=[)#])", lead, text)


def write_language(language: str, out: Path) -> None:
    """Write the pages of one language below a folder."""
    other = next(tag for tag in LANGUAGES if tag != language)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        (root / "templates").mkdir()
        shutil.copy(PARTS / "article.html", root / "templates")
        styles = STYLES.read_text("utf-8") + (PARTS / "site.css").read_text("utf-8")
        (root / "templates/article.css").write_text(styles, "utf-8")
        articles = root / "articles" / language
        articles.mkdir(parents=True)
        pages = dict(sources(language))
        for name, text in pages.items():
            (articles / name).write_text(settle(text, language, pages), "utf-8")
        (root / "articles" / other).mkdir()
        (root / "l10n.toml").write_text(
            f'source = "{language}"\ntargets = ["{other}"]\narticles = "articles/{{locale}}"\n'
            'catalogs = "catalogs/{locale}"\n[export]\nout = "site"\nswitcher = false\nnotice = false\n',
            "utf-8",
        )
        report = desk.publish(Project.load(root / "l10n.toml"), [language])
        for problem in report.problems:
            sys.stderr.write(f"{problem}\n")
        shutil.copytree(root / "site" / language, out / language, dirs_exist_ok=True)


def link_to(tag: str, name: str, language: str) -> str:
    """Return the link of a switcher to the edition of a page in a language."""
    current = ' aria-current="page"' if tag == language else ""
    return f'<a href="../{tag}/{name}" hreflang="{tag}" lang="{tag}"{current}>{NAMES[tag]}</a>'


def finish(out: Path) -> None:
    """Put switchers and indexes of the search in, and the page that leads to a language."""
    for language in LANGUAGES:
        index = []
        for page in sorted((out / language).glob("*.html")):
            text = page.read_text("utf-8")
            editions = [tag for tag in LANGUAGES if (out / tag / page.name).exists()]
            links = " · ".join(link_to(tag, page.name, language) for tag in editions)
            page.write_text(
                text.replace('<nav class="l10n-switcher"></nav>', f"<nav>{links}</nav>"),
                "utf-8",
            )
            parser = Sections()
            parser.feed(text)
            for anchor, title, words in parser.sections:
                url = f"{page.name}#{anchor}" if anchor else page.name
                index.append(
                    {
                        "url": url,
                        "title": "".join(title),
                        "text": " ".join(" ".join(words).split()),
                    }
                )
        script = f"window.searchIndex = {json.dumps(index, ensure_ascii=False)};\n"
        (out / language / "search-index.js").write_text(script, "utf-8")
    shutil.copy(PARTS / "search.js", out)
    shutil.copytree(ROOT / "docs/screens", out / "screens", dirs_exist_ok=True)
    choices = "".join(
        f'<li><a href="{tag}/index.html" lang="{tag}">{escape(NAMES[tag])}</a></li>'
        for tag in LANGUAGES
        if (out / tag / "index.html").exists()
    )
    (out / "index.html").write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>l10n-workbench</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        "<script>location.replace(`${navigator.language.startsWith('es') ? 'es' : 'en'}/index.html`)</script>"
        f"</head><body><h1>l10n-workbench</h1><ul>{choices}</ul></body></html>\n",
        "utf-8",
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs-site").resolve()
    for tag in LANGUAGES:
        write_language(tag, folder)
    finish(folder)
    sys.stdout.write(f"{folder}\n")
