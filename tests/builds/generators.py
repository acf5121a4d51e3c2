"""Site generators run on a folder of pages: Hugo, MkDocs, Jekyll, Docusaurus, Astro; each gives a folder of HTML."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

_SHORTCODE = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-]+)")


class BuildError(Exception):
    """What a generator says when it does not build."""


def run(folder: Path, *command: str | Path) -> None:
    """Run a program in a folder; raises BuildError with what it says."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"},
    )
    if result.returncode:
        raise BuildError((result.stderr or result.stdout)[-2000:])


def hugo(pages: Path, work: Path) -> Path:
    """Build with Hugo; a shortcode that it does not bring shows its parameters and what it holds."""
    (work / "layouts/_default").mkdir(parents=True)
    (work / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "t"\ndisableKinds = ["sitemap", "RSS", "taxonomy", "term"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n"
        "[markup.goldmark.parser.attribute]\nblock = true\n"
        "[markup.highlight]\nnoClasses = false\n"
        'refLinksErrorLevel = "WARNING"\n',
        encoding="utf-8",
    )
    page = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"
    for name in ("single", "list"):
        (work / f"layouts/_default/{name}.html").write_text(page)
    (work / "layouts/index.html").write_text(page)
    shortcodes = work / "layouts/shortcodes"
    shortcodes.mkdir()
    for name, is_closed in _shortcodes(pages):
        if name in {"ref", "relref", "highlight", "param"}:
            continue
        (shortcodes / f"{name}.html").parent.mkdir(parents=True, exist_ok=True)
        inner = "{{ .Inner | markdownify }}" if is_closed else ""
        (shortcodes / f"{name}.html").write_text(
            f'<div class="{name}">{{{{ range $k, $v := .Params }}}}<i title="{{{{ $k }}}}">{{{{ $v }}}}</i>{{{{ end }}}}{inner}</div>'
        )
    shutil.copytree(pages, work / "content")
    run(work, "hugo", "--quiet", "--ignoreCache", "--destination", work / "out")
    return work / "out"


def _shortcodes(pages: Path) -> Iterator[tuple[str, bool]]:
    closed: set[str] = set()
    names: set[str] = set()
    for path in sorted(pages.rglob("*.md")):
        for slash, name in _SHORTCODE.findall(path.read_text(encoding="utf-8")):
            (closed if slash else names).add(name)
    for name in sorted(names | closed):
        yield name, name in closed


MKDOCS = """\
site_name: t
theme: {theme}
docs_dir: docs
site_dir: out
use_directory_urls: false
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, pymdownx.details,
  pymdownx.superfences, pymdownx.keys, pymdownx.mark, pymdownx.caret, pymdownx.tilde, pymdownx.critic,
  {{pymdownx.arithmatex: {{generic: true}}}}, {{pymdownx.tasklist: {{}}}}, {{pymdownx.tabbed: {{alternate_style: true}}}}{more}]
"""
BLOCKS = ", pymdownx.blocks.admonition, pymdownx.blocks.details, pymdownx.blocks.tab"
"""Extensions that PyMdown has from version 10 on."""


def mkdocs(
    pages: Path, work: Path, program: str = "mkdocs", theme: str = "mkdocs", more: str = ""
) -> Path:
    """Build with MkDocs, PyMdown's extensions on."""
    (work / "mkdocs.yml").write_text(MKDOCS.format(theme=theme, more=more))
    shutil.copytree(pages, work / "docs")
    run(work, program, "build", "--quiet")
    return work / "out"


def jekyll(pages: Path, work: Path) -> Path:
    """Build with Jekyll; a page without front matter would be copied only, so it gets an empty one."""
    (work / "_config.yml").write_text(
        "markdown: kramdown\nkramdown: {input: GFM, hard_wrap: false}\nbaseurl: ''\nstrict_front_matter: true\n"
        "exclude: [vendor]\nsafe: true\n"
    )
    shutil.copytree(pages, work, dirs_exist_ok=True)
    for path in work.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        head = "" if text.startswith("---") else "---\n---\n"
        # A layout of the site itself would be missing here.
        text = re.sub(r"(?m)^layout:.*\n", "", head + text, count=1)
        path.write_text(text, encoding="utf-8")
    run(work, "jekyll", "build", "--quiet", "--destination", work / "out")
    return work / "out"


_IMPORT = re.compile(
    r"""^import\s+(?:[\w\s$*{},]+\sfrom\s*)?["']([^"'\n]+)["']""", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)
_LAYOUT = re.compile(r"(?m)^layout:.*\n")
_STUB = """\
const React = require('react');
const shown = (p) => Object.fromEntries(Object.entries(p).filter(([, v]) => typeof v === 'string').map(([k, v]) => ['data-' + k.toLowerCase(), v]));
const Stub = (p) => React.createElement('div', shown(p), p.children);
module.exports = new Proxy(Stub, {get: (target, key) => (key === '__esModule' ? true : Stub)});
"""
_DOCUSAURUS = """\
const webpack = require('webpack');
const missing = new Set({missing});
module.exports = {{
  title: 't', url: 'https://example.org', baseUrl: '/', onBrokenLinks: 'ignore', onBrokenAnchors: 'ignore',
  markdown: {{hooks: {{onBrokenMarkdownLinks: 'ignore', onBrokenMarkdownImages: 'ignore'}}}},
  presets: [['classic', {{docs: {{routeBasePath: '/', sidebarPath: false}}, blog: false, pages: false, sitemap: false}}]],
  plugins: [() => ({{name: 'stubs', configureWebpack: () => ({{plugins: [new webpack.NormalModuleReplacementPlugin(/./, (asked) => {{
    if (missing.has(asked.request)) asked.request = require.resolve('./stub.js');
  }})]}})}})],
}};
"""
_ASTRO = """\
import mdx from '@astrojs/mdx';
import {{defineConfig}} from 'astro/config';
const missing = new Set({missing});
const stub = new URL('./src/Stub.astro', import.meta.url).pathname;
export default defineConfig({{
  integrations: [mdx()], outDir: 'out', markdown: {{syntaxHighlight: false}},
  vite: {{plugins: [{{name: 'stubs', enforce: 'pre', resolveId: (asked) => (missing.has(asked) ? stub : null)}}]}},
}});
"""
_ASTRO_STUB = "<div data-props={JSON.stringify(Astro.props)}><slot /></div>\n"


def docusaurus(pages: Path, work: Path, modules: Path) -> Path:
    """Build with Docusaurus; components of the site itself show their attributes and what they hold."""
    shutil.copytree(pages, work / "docs")
    missing = _own_modules(work / "docs", ("@theme/", "@docusaurus/", "react"))
    (work / "docusaurus.config.js").write_text(_DOCUSAURUS.format(missing=missing))
    (work / "stub.js").write_text(_STUB)
    (work / "package.json").write_text('{"private": true}')
    (work / "node_modules").symlink_to(modules)
    # What an earlier build of other pages left there would be taken for theirs.
    shutil.rmtree(modules / ".cache", ignore_errors=True)
    run(work, modules / ".bin/docusaurus", "build", "--out-dir", "out", "--no-minify")
    return work / "out"


def astro(pages: Path, work: Path, modules: Path) -> Path:
    """Build with Astro and MDX; components of the site itself show their attributes and what they hold."""
    shutil.copytree(pages, work / "src/pages")
    for path in (work / "src/pages").rglob("*.md*"):
        path.write_text(_LAYOUT.sub("", path.read_text(encoding="utf-8"), count=1))
    missing = _own_modules(work / "src/pages", ("astro:", "@astrojs/"))
    (work / "astro.config.mjs").write_text(_ASTRO.format(missing=missing))
    (work / "src/Stub.astro").write_text(_ASTRO_STUB)
    (work / "package.json").write_text('{"private": true, "type": "module"}')
    (work / "node_modules").symlink_to(modules)
    run(work, modules / ".bin/astro", "build", "--silent")
    return work / "out"


def _own_modules(pages: Path, known: tuple[str, ...]) -> str:
    """Return what pages import of their site, as a list of JavaScript; what a sample of code imports is text."""
    asked = {
        name
        for path in pages.rglob("*.md*")
        for name in _IMPORT.findall(_FENCE.sub("", path.read_text(encoding="utf-8")))
        if not name.startswith(known) and not (path.parent / name).is_file()
    }
    return json.dumps(sorted(asked))


GENERATORS: dict[str, Callable[[Path, Path], Path]] = {
    "hugo": hugo,
    "mkdocs": mkdocs,
    "jekyll": jekyll,
}
