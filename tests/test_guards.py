"""What the desk says is so: every unit is where it was read, on the page, or told of; every text is in a unit or listed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.articles import not_offered, parse_article, read_article, splice
from l10n.articles.verifying import verified
from l10n.catalog import Catalog
from l10n.model import Reading, Reason
from tests.marking import MARK, assert_all_marked, dom, marked_page, read, visible_texts

Run = Callable[..., "CompletedProcess[str]"]
UNHURRIED = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow]
)

WORDS = st.sampled_from(
    [
        "fair",
        "quay",
        "R&D",
        "&amp;",
        "&mdash;",
        "café",
        "caf&eacute;",
        "->",
        "It",
        "opens.",
        "&copy=1",
        "5",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "Fair " + " ".join(words))
SPACED = st.builds(
    lambda text, gap: text.replace(" ", gap),
    TEXT,
    st.sampled_from([" ", "  ", "\n  ", "\r\n\t"]),
)
INLINE = st.recursive(
    SPACED,
    lambda inner: st.builds(
        lambda shape, text, more: shape.format(text, more),
        st.sampled_from(
            [
                "{} <b>{}</b>", "<a href='x' title='Go to it'>{}</a> {}", "{}<br>{}", "{} <!--#echo x--> {}",
                "{} <img src=a alt='A boat'> {}", "{} <code>a < b</code> {}", "{}<!-- --> {}",
                "{} <svg><title>Map of it</title><path d='M0 0'/></svg> {}", "{} <span lang=fr>le quai</span> {}",
                "{} <img src=a alt> {}", "{} {{{{ page.x }}}} {}", "<em>{}</em><i>{}</i>",
            ]
        ),
        inner,
        inner,
    ),
    max_leaves=4,
)  # fmt: skip
BLOCK = st.one_of(
    *(
        INLINE.map(shape.format)
        for shape in (
            "<p>{}</p>", "<p>{}", "<ul><li>{}<li>Two</ul>", "<div>{}</div>", "<h2 class=x>{}</h2>",
            "<table><tr><td>{}<td>Cell</table>", "<blockquote>{}</blockquote>", "<section>{}</section>",
            "<template>{}</template>", "<video src=v>{}</video>", "<p translate=no>{}</p>",
        )
    ),
    TEXT.map(lambda text: f"<pre>When {text} is\n  calm, the boats go out.</pre>"),
    TEXT.map(lambda text: f"<pre>$ make {text} | x</pre>"),
    TEXT.map(lambda text: f"<svg viewBox='0 0 1 1'><g><text>{text}</text><desc>Drawn</desc></g></svg>"),
    st.sampled_from(
        [
            "<input placeholder=Name value=Secret>", "<input type=submit value='Send it'>",
            "<input list=l><datalist id=l><option value='Green tea'></datalist>", "<math><mi>x</mi></math>",
            "<pre>SELECT name FROM users</pre>", "<!-- l10n:off --><p>Off it is</p><!-- l10n:on -->",
            '<script type="application/ld+json">{"@type": "Question", "name": "When?", "x": "y"}</script>',
            "<canvas>No picture here</canvas>", "<xmp>Shown as it is</xmp>", "<select><option>Tea</select>",
        ]
    ),
)  # fmt: skip
PAGES = st.lists(BLOCK, min_size=1, max_size=5).map(
    lambda blocks: (
        "<!DOCTYPE html><html lang=en><head><title>The fair</title><meta name=keywords content='quay, fair'>"
        "</head><body>" + "\n".join(blocks) + "</body></html>"
    )
)


@UNHURRIED
@given(PAGES)
def test_a_marked_page_is_the_source_but_for_its_marks(page: str) -> None:
    article = read(page, "html")
    written = marked_page(article)
    assert_all_marked(article, written)
    assert dom(written.replace(MARK, "")) == dom(page)


@UNHURRIED
@given(PAGES)
def test_every_visible_text_is_offered_or_listed(page: str) -> None:
    """By another parser than ours: what it sees is in a unit, or `not_offered` names it."""
    article = read(page, "html")
    written = marked_page(article)
    listed = [text.text for text in not_offered(article)]
    shown = visible_texts(written)
    for text in shown:
        is_offered = MARK in text or _in_marked_block(text, written)
        assert (
            is_offered
            or not re.search(r"[^\W_]", text)
            or any(_without_code(text)[:40] in item for item in listed)
        )


def _without_code(text: str) -> str:
    """Return what readers see of a text once a site generator has read its code."""
    return " ".join(re.sub(r"\{\{.*?\}\}", " ", text).split())


def _in_marked_block(text: str, written: str) -> bool:
    """Whether a text stands in a passage that was marked: between two tags that part texts."""
    parts = re.split(
        r"</?(?:p|li|ul|div|h2|t[rd]|table|blockquote|section|template|video|pre|body|canvas|math|xmp)\b[^>]*>",
        " ".join(unescape(written).split()),
    )
    return any(MARK in part and text[:20] in " ".join(part.split()) for part in parts)


LINES = st.lists(
    st.one_of(
        TEXT, TEXT.map("- {}".format), st.just(""), TEXT.map("  {}".format), st.just("* * *"),
        st.lists(WORDS, min_size=9, max_size=14).map(" ".join),
    ),
    max_size=9,
).map("\n".join)  # fmt: skip


@UNHURRIED
@given(LINES, st.sampled_from(["\n", "\r\n"]))
def test_a_marked_text_is_the_source_but_for_its_marks(text: str, newline: str) -> None:
    source = f"Headline\n\n{text}\n".replace("\n", newline)
    article = read(source, "text")
    written = marked_page(article)
    assert_all_marked(article, written)
    assert written.replace(MARK, "").split() == source.split()
    assert not not_offered(article)


def test_a_block_whose_place_reads_otherwise_is_not_offered() -> None:
    source = "<p>Ann <img src=boat.jpg alt=boat> on the quay</p><p>R&D</p>"
    article = read(source, "html")
    for block in article.blocks:
        assert verified(source, [block], markup=True) == (block,)
        for wrong in (
            replace(block, start=block.start - 2),
            replace(block, end=block.end + 2),
            replace(block, start=block.start + 1),
            replace(block, start=-1, end=-1),
        ):
            assert verified(source, [wrong], markup=True) == ()


def listing(source: str, format: str) -> list[tuple[int, str, Reason]]:  # noqa: A002
    return [(text.line, text.text, text.reason) for text in not_offered(read(source, format))]


def test_what_is_not_offered_is_listed_with_its_line_and_why() -> None:
    page = (
        "<p>Hello <code>a b</code></p>\n<pre>SELECT name FROM users</pre>\n<pre>$ make x</pre>\n"
        "<p translate=no>Brand</p><p lang=fr>Bonjour</p>\n<!-- l10n:off --><p>Off</p>"
    )
    assert listing(page, "html") == [
        (2, "SELECT name FROM users", Reason.UNREAD),
        (3, "$ make x", Reason.CODE),
        (4, "Brand", Reason.AUTHOR),
        (4, "Bonjour", Reason.LANGUAGE),
        (5, "Off", Reason.AUTHOR),
    ]
    text = "---\ntitle: A\n---\n# A\n\n`npm i` <https://x.org>\n\n```\nmake x\n```\n\n> <div>In a quote</div>\n"
    assert listing(text, "markdown") == [
        (9 - 1, "make x", Reason.CODE),
        (12, "In a quote", Reason.UNREAD),
    ]


def test_elements_of_markdown_that_authors_keep_are_kept_and_listed() -> None:
    source = (
        'Take the <span translate="no">Night *Bus*</span> or <b class="notranslate">Metro</b>.\n\n'
        '<section translate="no">\n\n## Held\n\n<div>\n\nHeld too.\n\n</div>\n\n</section>\n\n'
        "<p translate=no>Also\n\nFree <i translate=no>again.\n"
    )
    article = read(source, "markdown")
    assert [unit.msgid for unit in article.units] == [
        "Take the <span1/> or <b1/>.",
        "Free <i1/>again.",
    ]
    assert [text for _line, text, _reason in listing(source, "markdown")] == [
        "Night *Bus*",
        "Metro",
        "Held",
        "Held too.",
        "Also",
    ]
    assert marked_page(article).replace(MARK, "") == source


@pytest.mark.parametrize("suffix", ["md", "mdx"])
def test_an_element_that_ends_in_a_slash_keeps_nothing_behind_it(suffix: str) -> None:
    def kept(source: str) -> tuple[list[str], list[str]]:
        path = Path(f"a.{suffix}")
        page = parse_article(source, path=path, locale="en", format="markdown")
        listed = [text.text for text in not_offered(page)]
        return [unit.msgid for unit in page.units], listed

    for head in (
        '<Tide translate="no" />',
        '<tide-table\n  translate="no" />',
        '<tide class="notranslate"/>',
    ):
        assert kept(f"{head}\n\nThe sea is calm.\n") == (["The sea is calm."], [])
        assert kept(f"The {head} sea <Tide>is</Tide> calm.\n")[1] == []
    # One more of its name inside an element opens nothing that would have to end.
    around = '<Tide translate="no">\n\nHeld.\n\n<Tide />\n\n</Tide>\n\nOffered.\n'
    assert kept(around) == (["Offered."], ["Held."])
    # To a browser the slash of a `div` means nothing, to JSX it does.
    offered, listed = kept('<div translate="no" />\n\nThe sea is calm.\n')
    assert (offered or listed) == ["The sea is calm."]
    assert bool(offered) == (suffix == "mdx")


def test_sentences_of_front_matter_that_are_offered_to_nobody_are_listed() -> None:
    source = (
        "---\ntitle: The quay\nauthor: Eva of Lima\nlayout: post\nlead_text: Ten of the boats are new\ntags: [sea, boats]\n"
        'team:\n- about: "She looks after the sails"\n---\n\nText.\n'
    )
    assert listing(source, "markdown") == [
        (5, "lead_text: Ten of the boats are new", Reason.KEY),
        (8, "about: She looks after the sails", Reason.KEY),
    ]
    assert all(reason.is_missing for _line, _text, reason in listing(source, "markdown"))
    toml = '+++\nlead = "Offered as it is"\nslogan = "All of it is ours"\n+++\n\nText.\n'
    assert [text for _line, text, _reason in listing(toml, "markdown")] == [
        "slogan: All of it is ours"
    ]


def test_lists_of_any_depth_are_offered() -> None:
    source = (
        "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(30)) + "\nAfter it.\n"
    )
    article = read(source, "markdown")
    assert len(article.blocks) == 31
    written = marked_page(article)
    assert written.replace(MARK, "") == source


@pytest.fixture
def project(newsroom: Path) -> Path:
    (newsroom / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\narticles = "a/{locale}"\ncatalogs = "c/{locale}"\nengines = []\n',
        encoding="utf-8",
    )
    (newsroom / "a" / "en").mkdir(parents=True)
    return newsroom


def translate(project: Path) -> None:
    for path in (project / "c" / "es").rglob("*.po"):
        head, *entries = path.read_text(encoding="utf-8").split("\n\n")
        entries = [
            re.sub(
                r'msgid "(.+)"\nmsgstr ""', lambda m: f'msgid "{m[1]}"\nmsgstr "{m[1]}Z"', entry
            )
            for entry in entries
        ]
        path.write_text("\n\n".join([head, *entries]), encoding="utf-8")


def test_a_page_with_text_that_nobody_was_offered_is_never_complete(
    project: Path, l10n: Run
) -> None:
    page = project / "a" / "en" / "a.html"
    page.write_text("<p>Hello</p>\n<pre>SELECT name FROM users</pre>\n", encoding="utf-8")
    l10n("update")
    translate(project)
    assert "1 (50 %)" in l10n("status").stdout
    checked = l10n("check", "--severity", "info", "es")
    assert "1 text of the article is in no unit (a/en/a.html:2)" in checked.stdout
    assert "[not-offered]" in checked.stdout
    assert checked.returncode == 0
    explained = l10n("update", "--explain", "a/en/a.html")
    assert explained.stdout == (
        "a/en/a.html:2: not offered (the desk does not read it, or cannot tell it from code): SELECT name FROM users\n"
    )
    page.write_text(
        "<p>Hello</p>\n<pre translate=no>SELECT name FROM users</pre>\n", encoding="utf-8"
    )
    l10n("update")
    assert "1 (100 %)" in l10n("status").stdout
    assert "the author says so" in l10n("update", "--explain", "a/en/a.html").stdout


def test_what_an_author_keeps_inside_a_text_is_listed(project: Path, l10n: Run) -> None:
    (project / "a/en/a.html").write_text(
        "<p>One <!-- l10n:off -->two<!-- l10n:on --> <b translate=no>three</b> four</p>\n"
    )
    lines = l10n("update", "--explain", "a/en/a.html").stdout.splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == ["two", "three"]


def test_hidden_folders_with_articles_are_said(project: Path, l10n: Run) -> None:
    (project / "a/en/.snippets").mkdir()
    (project / "a/en/.cache").mkdir()
    (project / "a/en/.snippets/part.md").write_text("A part.\n")
    (project / "a/en/a.md").write_text("Hello.\n")
    assert "1 hidden folder is passed over: a/en/.snippets" in l10n("update").stderr
    settings = project / "l10n.toml"
    settings.write_text(f'exclude = [".snippets/**"]\n{settings.read_text()}')
    assert "hidden" not in l10n("update").stderr


def test_files_without_a_byte_are_named_and_emptied_articles_refused(
    l10n: Run, newsroom: Path
) -> None:
    begun = newsroom / "locales/es/articles/begun.md"
    begun.touch()
    first = l10n("update")
    assert first.returncode == 0
    assert (
        "1 file is empty and needs no translation: locales/es/articles/begun.md" in first.stderr
    )
    assert not (newsroom / "locales/en/LC_MESSAGES/begun.po").exists()
    catalog = newsroom / "locales/en/LC_MESSAGES/faro.po"
    before = catalog.read_bytes()
    (newsroom / "locales/es/articles/faro.txt").write_bytes(b"")
    emptied = l10n("update")
    assert emptied.returncode == 2
    assert "faro.txt: the file is empty" in emptied.stderr
    assert catalog.read_bytes() == before


def test_the_page_inside_an_attribute_is_listed() -> None:
    page = "<p>Hi</p><iframe srcdoc='&lt;p&gt;Held inside&lt;/p&gt;' title='Map'></iframe>"
    assert [(line, reason) for line, _text, reason in listing(page, "html")] == [
        (1, Reason.UNREAD)
    ]


def test_an_article_in_another_language_than_its_place_is_named(
    project: Path, l10n: Run
) -> None:
    (project / "a/en/raro.md").write_text(
        "# Aviso\n\nEl puerto abre todos los días salvo los lunes, y nadie sabe todavía por qué no abre antes.\n"
    )
    (project / "a/en/a.md").write_text(
        "# Notice\n\nThe harbour opens every day but Monday, and nobody knows yet why it does not open earlier.\n"
    )
    said = l10n("update").stderr
    assert "c/es/raro.po: its article is written in “es”" in said
    assert "c/es/a.po: its" not in said
    assert "written in" not in l10n("update").stderr


def test_what_the_page_has_no_place_for_is_told_with_its_line(project: Path, l10n: Run) -> None:
    (project / "a" / "en" / "a.md").write_text(
        "---\ntitle: Fair\nsidebar_label: Quay hours\n---\n\nHello.\n", encoding="utf-8"
    )
    l10n("update")
    translate(project)
    result = l10n("export", "es")
    assert result.returncode == 1
    catalog = (project / "c" / "es" / "a.po").read_text(encoding="utf-8").splitlines()
    line = catalog.index('msgctxt "meta:sidebar_label"') + 2
    assert f"c/es/a.po:{line}: not shown: " in result.stderr
    assert result.stderr.count("not shown") == 1


def test_a_template_that_leaves_the_text_out_is_told_of(project: Path, l10n: Run) -> None:
    (project / "a" / "en" / "a.md").write_text("# Fair\n\nHello quay.\n", encoding="utf-8")
    (project / "templates").mkdir()
    (project / "templates" / "article.html").write_text(
        "<html><title>{{ page.title }}</title></html>", encoding="utf-8"
    )
    l10n("update")
    translate(project)
    result = l10n("export", "es")
    assert (result.returncode, result.stderr.count("not shown: ")) == (1, 1)


def test_articles_of_the_newsroom_are_read_where_they_stand(newsroom: Path) -> None:
    for path in sorted((newsroom / "locales").rglob("articles/*.*")):
        article = read_article(path, path.parts[-3])
        assert all(
            verified(article.text, [block], markup=path.suffix != ".txt")
            for block in article.blocks
        )


def test_check_says_why_a_count_stays_below_100(tmp_path: Path, l10n: Run) -> None:
    (tmp_path / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\nengines = []\narticles = "text/{locale}"\ncatalogs = "po/{locale}"\n'
    )
    (tmp_path / "text/en").mkdir(parents=True)
    (tmp_path / "text/en/a.html").write_text(
        "<!DOCTYPE html><html lang=en><title>A fair</title><body><pre>SELECT name FROM users</pre>"
    )
    assert l10n("update").returncode == 0
    catalog = Catalog.load(tmp_path / "po/es/a.po")
    for entry in catalog.entries:
        entry.translate("Una feria")
    catalog.save(tmp_path / "po/es/a.po")
    result = l10n("check", "--only", "completeness")
    assert result.returncode == 0
    assert "(50 %)" in result.stdout
    assert "of 1 catalog has text in no unit" in result.stdout
    listed = l10n("update", "--explain")
    assert "a.html:1: not offered" in listed.stdout


BUTTONS = (
    '<div>\n  <a {{% look primary %}}\n    href="start/">\n    Get started\n  </a>\n  <a href="examples/">\n'
    "    Explore examples\n  </a>\n</div>\n"
)
WRAPPED = (
    "<p>\n  These are the parts that can be mixed and matched by your layouts and your posts.\n  The tag\n"
    "  <code>include</code>\n  brings one in.\n</p>\n"
)


@pytest.mark.parametrize("source", [BUTTONS, WRAPPED])
@pytest.mark.parametrize("format", ["html", "markdown"])
def test_lines_that_end_at_a_tag_on_purpose_stay(source: str, format: str) -> None:  # noqa: A002
    page = marked_page(read(source, format))
    tags = [line for line in source.splitlines() if line.lstrip().startswith("<")]
    assert [line for line in page.splitlines() if line.lstrip().startswith("<")] == tags


def test_a_line_that_a_tag_begins_by_chance_is_filled() -> None:
    source = "<p>A long line of text that is broken at a width, and a\n<b>word</b> at the margin.</p>\n"
    article = read(source, "html")
    page = splice(
        article, {0: "Una línea larga de texto que se parte, y <b1>una</b1> palabra más."}
    )
    assert "y <b>una</b>" in page


@pytest.mark.parametrize(
    ("dialect", "source"),
    [
        ("docusaurus", ":::tip\nText\n:::\n"),
        ("mdx", "import A from 'a'\n\n<A>\n  Text\n</A>\n"),
        ("mkdocs", "`type`\n\n:   !!! note\n\n        Text.\n"),
        ("mkdocs", '!!! note\n\n    Text.\n\n=== "Tab"\n\n    Text.\n'),
        ("hugo", "{{< toc >}}\n\n{{% note %}}\nText\n{{% /note %}}\n"),
    ],
)
def test_lines_of_a_generator_are_no_text_that_is_left_out(dialect: str, source: str) -> None:
    article = read(source, "markdown", reading=Reading(dialect=dialect))
    assert not not_offered(article)


def test_code_in_a_component_is_listed_as_code() -> None:
    article = read(
        "<A>\n  ```sh\n  # install\n  ```\n</A>\n", "markdown", reading=Reading(dialect="mdx")
    )
    assert [text.reason for text in not_offered(article)] == [Reason.CODE]


def test_what_has_the_name_of_an_article_and_is_no_text_is_named_and_no_error(
    newsroom: Path, l10n: Run
) -> None:
    folder = newsroom / "locales/es/articles"
    os.mkfifo(folder / "pipe.md")
    (folder / "link.md").symlink_to("nowhere.md")
    (folder / "blanks.md").write_bytes(b"\xef\xbb\xbf  \n\t\n")
    (folder / "zero.md").write_bytes(b"")
    done = l10n("update")
    assert done.returncode == 0, done.stderr
    assert "link.md, locales/es/articles/pipe.md" in done.stderr
    assert "blanks.md, locales/es/articles/zero.md" in done.stderr
    checked = l10n("check", "--only", "article-without-catalog")
    assert (checked.returncode, "blanks" in checked.stdout) == (0, False)
