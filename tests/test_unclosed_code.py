"""Code of a generator that is not whole: one line with path and line, and the page stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.articles import parse_article
from l10n.articles.options import Options
from l10n.errors import ArticleError
from l10n.model import Reading
from tests.conftest import Run


def read(source: str, dialect: str = "") -> None:
    options = Options(reading=Reading(dialect=dialect))
    parse_article(source, path=Path("x.md"), locale="en", format="markdown", options=options)


BROKEN = (
    # Dialect, source, line, message.
    ("", 'A fair.\n\nSee {{< figure src="a.png"\n\nhere.', 3, '{{< figure src="a.png" is not closed'),
    ("hugo", "A\n{{< fig %}} b", 2, "{{< fig %}} b is not closed"),
    ("hugo", "```\n{{<\n```\n\nText", 2, "{{< is not closed"),
    ("", "{{< tab >}}\na\n{{< /tab >}}\n\n{{% tab %}}\nb\n", 5, "{{% tab %}} is not closed"),
    ("", "Text\n{{% /note %}}", 2, "{{% /note %}} closes nothing"),
    ("", "A {% link\n\nb", 1, "{% link is not closed"),
    ("jekyll", "{% if a %}\n\nText", 1, "{% if %} is not closed"),
    ("jekyll", "A {% raw %}{{ x }}", 1, "{% raw %} is not closed"),
    ("jekyll", "{% for a in b %}{% endif %}{% endfor %}", 1, "{% endif %} closes nothing"),
    ("mdx", "Text\n\n<Tabs>\n\n<Tab>a</Tab>", 3, "<Tabs> is not closed"),
    ("docusaurus", "<Tabs>\n<Tab>\nx\n</Tabs>", 2, "<Tab> is not closed"),
    ("mdx", "Text\nwith {count of", 2, "{count of is not closed"),
    ("mdx", 'A <Badge text="x" here', 1, '<Badge text="x" here is not closed'),
    ("mdx", "Text\n\n</Card>", 3, "</Card> closes nothing"),
    ("", "---\ntitle: A fair\n\nText", 1, "the front matter has no end"),
    ("", '+++\ntitle = "A fair"\n\nText', 1, "the front matter has no end"),
)  # fmt: skip
WHOLE = (
    ("hugo", '{{< x >}} and {{< y />}}, {{</* tab >}} shown {{< /tab */>}}, {{< z\n  a="%}}"\n>}}'),
    ("", "`{{<` and\n\n```\n{{% /note %}}\n```"),
    ("", "{{< tabs >}}\n\n    {{< /tabs >}}\n"),
    ("mkdocs", "The sign {% opens a tag, {{< too"),
    ("jekyll", "{% raw %}{% if {% endraw %}{% include a.html %}{% toc %}{% comment %}{% x {% endcomment %}"),
    ("jekyll", "---\nrender_with_liquid: false\n---\nA {% raw"),
    ("mdx", "<A.B>x <b>y</b></A.B> <C/> <>z</> \\{ 3 < 4 `{` {/* { */} <br>\n\n## H {#x}\n\n```\n<Tabs>\n```"),
    ("mdx", "import A from 'a'\n\n<A\n  b={{\n  c: 1}}\n>\n\nx\n\n</A>"),
    ("", "---\nNote: this line is text.\n\nMore."),
)  # fmt: skip


@pytest.mark.parametrize(("dialect", "source", "line", "message"), BROKEN)
def test_what_has_no_end_is_named(dialect: str, source: str, line: int, message: str) -> None:
    with pytest.raises(ArticleError) as raised:
        read(source, dialect)
    assert (raised.value.line, raised.value.message) == (line, message)


@pytest.mark.parametrize(("dialect", "source"), WHOLE)
def test_what_is_whole_is_read(dialect: str, source: str) -> None:
    read(source, dialect)


def test_its_page_and_catalog_stay(tmp_path: Path, l10n: Run) -> None:
    (tmp_path / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\nengines = []\narticles = "text/{locale}"\ncatalogs = "po/{locale}"\n'
        '[export]\nformat = "same"\n'
    )
    page = tmp_path / "text/en/a.md"
    page.parent.mkdir(parents=True)
    page.write_text("A fair.\n\n{{< map >}}\n")
    (tmp_path / "text/en/b.md").write_text("Another.\n")
    for command in ("update", "export"):
        assert l10n(command).returncode == 0
    kept = [tmp_path / "po/es/a.po", tmp_path / "site/es/a.md"]
    before = [file.read_bytes() for file in kept]
    page.write_text("A fair.\n\n{{< map\n\nMore.\n")
    (tmp_path / "text/en/b.md").write_text("Another one.\n")
    for command in ("update", "export"):
        result = l10n(command)
        assert result.returncode == 2
        assert "text/en/a.md:3: {{< map is not closed" in result.stderr
    assert [file.read_bytes() for file in kept] == before
    assert "Another one." in (tmp_path / "site/es/b.md").read_text()
