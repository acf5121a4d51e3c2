"""Markdown of site generators: what is theirs stays theirs, what readers see is offered."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.articles import parse_article, splice
from l10n.articles.markdown.coverage import not_offered
from l10n.articles.options import Options
from l10n.errors import ArticleError, ProjectError
from l10n.model import Article, Reading, Reason
from l10n.project import Project

MARK = "¤"


def article(source: str, name: str = "x.md", dialect: str = "", **keys: object) -> Article:
    options = Options(reading=Reading(dialect=dialect, **keys))  # type: ignore[arg-type]
    return parse_article(
        source, path=Path(name), locale="en", format="markdown", options=options
    )


def units(page: Article) -> list[str]:
    return [
        f"{b.unit.context}|{b.unit.msgid}" if b.unit.context else b.unit.msgid
        for b in page.blocks
    ]


def marked(page: Article) -> str:
    """Write the article with a mark behind the first letter of each unit."""
    return splice(page, {n: with_mark(b.unit.msgid) for n, b in enumerate(page.blocks)})


def with_mark(msgid: str) -> str:
    inside = ""
    for place, character in enumerate(msgid):
        inside = {"<": "<", ">": "", "&": "&", ";": ""}.get(character, inside)
        if not inside and character.isalpha():
            return msgid[: place + 1] + MARK + msgid[place + 1 :]
    return msgid


CASES: tuple[tuple[str, list[str]], ...] = (
    # Code of a generator as an address.
    ('See [the map]({{< ref "map.md" >}}) now.', ["See <a1>the map</a1> now."]),
    ("See [it]({% link a b.md %}) and [us]({{ site.url }}/us).", ["See <a1>it</a1> and <a2>us</a2>."]),
    ('![A mill]({{ "/m.png" | relative_url }}) here', ["attr:alt|A mill", "here"]),
    ("A [mill] here.\n\n[mill]: {{ site.url }}/mill", ["A <a1>mill</a1> here."]),
    ('[a]({{ x }} "Title of {{ y }} it") b', ["<a1>a</a1> b", "attr:title|Title of {{ y }} it"]),
    # Shortcodes and tags.
    (
        '{{< figure src="a.png" alt="An old mill"\n   caption="It \\"turns\\"" >}}\n\nText.',
        ["attr:alt|An old mill", 'attr:caption|It "turns"', "Text."],
    ),
    ('{% include fig.html title="An old mill" src=\'x y\' %}', ["attr:title|An old mill"]),
    ("{{% note %}}\nText.\n{{% /note %}}", ["Text."]),
    ("{{< note >}}Text{{< /note >}}", ["<x1/>Text<x2/>"]),
    ("It has {{ n }} pages{{< ref >}}.", ["It has <x1/> pages<x2/>."]),
    ("{% highlight python %}\nprint('*a*')\n\nx\n{% endhighlight %}\n\nText.", ["Text."]),
    ("{{< highlight go >}}\n# a\n{{< /highlight >}}", []),
    ("Text\n{: .note #x}\n\n* TOC\n{:toc}", ["Text", "TOC"]),
    ("{% raw %}\nText with `{{ x }}`.\n{% endraw %}", ["Text with <code1/>."]),
    # What a shortcode holds is code where it says in which language, or stands in Docsy's panes.
    ('{{< listing lang=yaml title="A file" >}}\na:\n  title: "no"\n\nb: c\n{{< /listing >}}', ["attr:title|A file"]),
    ('{{< tabpane >}}\n{{< tab header="The site" disabled=true />}}\n{{< tab "C" >}}\nint x;\n{{< /tab >}}\n{{< /tabpane >}}', ["attr:header|The site"]),
    ('{{< tabpane text=true >}}\n{{< tab header="German" lang="de" >}}\nGuten *Tag*\n{{< /tab >}}\n{{< /tabpane >}}', ["attr:header|German", "Guten <em1>Tag</em1>"]),
    ('{{< card code=true header="In Java" >}}\nFile f;\n{{< /card >}}', ["attr:header|In Java"]),
    ('{{< card title="\\*1732 a mill" >}}', ["attr:title|\\*1732 a mill"]),
    ('{{< card title="1732, a \\"mill\\"" >}}', ['attr:title|1732, a "mill"']),
    # Elements that hold Markdown.
    ('<div class="x" markdown="1">\nA *label*\n{: .label }\n\n- One\n</div>\n```md\n[x](y)\n```', ["A <em1>label</em1>", "One"]),
    ('<details open\n  markdown="block">\n<summary>Contents</summary>\n{: .x }\n- TOC\n{:toc}\n</details>', ["Contents", "TOC"]),
    # Tables and terms that CommonMark takes for paragraphs.
    ("| A | B |\n| --- | -- ---|\n| C | D |", ["A", "B", "C", "D"]),
    ("Fair\nMarket\n: Where one buys.\n\nQuay\n: By the sea.", ["Fair", "Market", "Where one buys.", "Quay", "By the sea."]),
    # MkDocs and PyMdown.
    ('=== "First *tab*"\n\n    Body.\n\n=== "Other"\n    More.', ["attr:title|First <em1>tab</em1>", "Body.", "attr:title|Other", "More."]),
    ("/// note | A title\n    open: True\nSome text\n///", ["attr:title|A title", "Some text"]),
    ("/// html | div.result\nSome text\n///", ["Some text"]),
    ('!!! note inline end "Title"\n\n    Body.\n\n???+ tip\n    More.', ["Title", "Body.", "More."]),
    ("*[HTML]: Hyper Text\n*[W3C]: The Web", ["attr:title|Hyper Text", "attr:title|The Web"]),
    ("A card.\n{ .card #x }\n\n[a](b){ .x } and **c**{: .y }.", ["A card.", "<a1>a</a1><x1/> and <strong1>c</strong1><x2/>."]),
    ('{* ../a.py hl[1] *}\n\n{!a.md!}\n\n--8<-- "a.md"\n\n--8<--\na.md\nb.md\n--8<--', []),
    ("`type`\n\n:   !!! note\n\n        Body.", ["Body."]),
    ('Press ++ctrl+alt+"Del"++ now, C++ or a++', ["Press <x1/> now, C++ or a++"]),
    ("A {++new++} and {--old--} {==x==}{>>why<<} {~~a~>b~~}", ["A <x1>new</x1> and <x2>old</x2> <x3>x</x3><x4/> <x5>a~&gt;b</x5>".replace("&gt;", ">")]),
    ("Read [[Main Square]], [[Port|the port]], ![[p.png]] and [[a]](b).", ["Read <x1/>, <x2>the port</x2>, <x3/> and <a1>[a]</a1>."]),
    ("Here^[A *note* on it.] too.", ["Here<x1>A <em1>note</em1> on it.</x1> too."]),
    # Containers of Docusaurus, VitePress, Starlight.
    (":::tip Before you go\nTake water.\n:::", ["attr:title|Before you go", "Take water."]),
    (":::note[Opening *hours*]{icon=x}\nAt 9.\n:::", ["attr:title|Opening <em1>hours</em1>", "At 9."]),
    ("::: details Click me {open}\nText\n:::", ["attr:title|Click me", "Text"]),
    (':::image type="content" alt-text="A mill":::', ["attr:alt-text|A mill"]),
    ("::: code-group\n\n```js\nx\n```\n\n:::", []),
    ("<<< @/snippets/a.js{2}\n\n[[toc]]", []),
    ('The :abbr[HTML]{title="Hyper Text"} at 10:30:20 and a:b[c]', ["The <x1>HTML</x1> at 10:30:20 and a:b[c]", "attr:title|Hyper Text"]),
    # Alerts.
    ("> [!NOTE]\n> Text", ["Text"]),
    ("> [!tip]- A title\n> Text", ["attr:title|A title", "Text"]),
    # Headings and their ids.
    ("## Hours {#hours}\n\n## Place ## {#place}\n\n## Price { #price .x }", ["Hours", "Place", "Price"]),
    # Mathematics.
    ("Let $x*y*z$ and $\\alpha < \\beta$ or \\(a_1\\) and \\[b^2\\] be.", ["Let <x1/> and <x2/> or <x3/> and <x4/> be."]),
    ("$$\nx < y\n= z\n$$\n\nText $$a$$ here.\n\n\\begin{align}\nx\n\\end{align}", ["Text <x1/> here."]),
    ("From $5 and $10 to US$20, file\\(s\\), \\[optional\\] and $HOME.", ["From $5 and $10 to US$20, file(s), [optional] and $HOME."]),
)  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_what_readers_see_is_offered(source: str, expected: list[str]) -> None:
    page = article(source)
    assert units(page) == expected
    if expected:
        written = marked(page)
        assert written.count(MARK) == len(expected)
        assert written.replace(MARK, "") == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("| Traits  | `T1`, `T2` | One\n| Classes | C extends T \\| S", ["Traits", "One", "Classes", "C extends T | S"]),
        ("Use | Link\n----|-----\nfirst | [the types]({{ site.url | x }}/t.html)", ["Use", "Link", "first", "the types"]),
        ("- an item\n\n  a | b\n  c | d", ["an item", "a", "b", "c", "d"]),
        # A pipe in code is none.
        ("Either `a|b` or c", ["Either <code1/> or c"]),
    ],
)  # fmt: skip
def test_lines_with_pipes_are_a_table_to_kramdown(source: str, expected: list[str]) -> None:
    page = article(source, dialect="jekyll")
    assert units(page) == expected
    assert marked(page).replace(MARK, "") == source
    assert units(article("a | b\nc | d", dialect="hugo")) == ["a | b c | d"]
    assert units(article("a | b\nmore words", dialect="jekyll")) == ["a | b more words"]


def test_code_in_raw_html_may_speak_of_tags() -> None:
    source = (
        "<dl>\n<dd>New: {{ o.d | remove: '<p>' | remove: \"</p>\" }}</dd>\n<dt>Old</dt>\n</dl>"
    )
    page = article(source, dialect="jekyll")
    assert units(page) == ["New: <x1/>", "Old"]
    assert marked(page).replace(MARK, "") == source
    # Two passages that each speak of braces are no code.
    apart = "<p>Write <code>{{</code> here, <b>then</b> write <code>}}</code> there.</p>"
    page = parse_article(apart, path=Path("x.html"), locale="en", format="html")
    assert units(page) == ["Write <code1/> here, <b1>then</b1> write <code2/> there."]


def test_an_unknown_fence_stays_and_is_listed() -> None:
    source = "Above it\n%%% odd fence\nwhat is *this*\n\n  and this\n%%%\nBelow it\n\n- An item\n\n  @@@ note\n  Text\n  @@@\n"
    page = article(source)
    assert units(page) == ["Above it", "Below it", "An item"]
    assert marked(page).replace(MARK, "") == source
    listed = [text.text for text in not_offered(page)]
    assert any("what is *this*" in text for text in listed)
    # Without an end it is a text.
    assert units(article("%%% odd\n\nText")) == ["%%% odd", "Text"]


def test_a_snippet_in_raw_html_is_no_text() -> None:
    source = '<div class="x">\n--8<-- "images/box.svg"\n<p>Text</p>\n</div>\n'
    page = article(source, dialect="mkdocs")
    assert units(page) == ["Text"]
    assert marked(page).replace(MARK, "") == source


@pytest.mark.parametrize("dialect", ["jekyll", "mkdocs"])
def test_below_the_end_of_an_element_is_markdown_again(dialect: str) -> None:
    source = "<div>\n<div>One</div>\n</div>\nTwo *three*\n"
    assert units(article(source, dialect=dialect)) == ["One", "Two <em1>three</em1>"]
    assert units(article(source, dialect="hugo")) == ["One", "Two *three*"]


MDX = """import Since from '~/Since.astro'
import {
  Tabs,
} from '~/Tabs.astro'

export const x = {

  y: 5,
};

## Heading {/*my-heading*/}

<Tabs label="Systems">
  <TabItem value="mac" label="On a Mac">
    Text *one*.

    ```shell
    # install
    ```
  </TabItem>
  <TabItem value="x"><b>Two</b> {props.x} texts</TabItem>
</Tabs>

<video
  style={{
    margin: '40px auto',
  }}
  title="A film"
  src={use('a > b')}
/>

{/* a comment
    on two lines */}

A <Tabs.Item x={1}>text</Tabs.Item>, a <br /> and <>more</>.

<table>
  <tr>
    <td>One</td>
    <td>Two</td>
  </tr>
</table>
"""


class TestMdx:
    def test_its_texts(self) -> None:
        page = article(MDX, "x.mdx")
        assert units(page) == [
            "Heading",
            "attr:label|Systems",
            "attr:label|On a Mac",
            "Text <em1>one</em1>.",
            "<b1>Two</b1> <x1/> texts",
            "attr:title|A film",
            "A <x1>text</x1>, a <br1/> and <x2>more</x2>.",
            "One",
            "Two",
        ]

    def test_all_else_stays(self) -> None:
        written = marked(article(MDX, "x.mdx"))
        assert written.count(MARK) == 9
        assert written.replace(MARK, "") == MDX

    def test_a_page_that_imports_is_mdx(self) -> None:
        assert article(MDX).reading.dialect == "mdx"
        assert article(MDX, dialect="docusaurus").reading.dialect == "docusaurus"
        quoted = "```js\nimport a from 'b'\n```\n\nText {x}"
        assert article(quoted).reading.dialect == ""
        assert (
            article("<script setup>\nimport a from 'b'\n</script>\n\nText").reading.dialect
            == ""
        )

    def test_a_page_of_a_site_of_astro_keeps_its_name_beside_its_grammar(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "astro.config.mjs").touch()
        reading = article(MDX, str(tmp_path / "a.mdx")).reading
        assert (reading.dialect, reading.is_mdx) == ("astro", True)

    def test_no_translation_makes_an_expression(self) -> None:
        page = article("Text here", "x.mdx")
        written = splice(page, {0: "Un {x} y &lt;B>"})
        assert units(article(written, "x.mdx")) == ["Un {x} y &lt;B>"]


class TestCodeBesideText:
    def test_emphasis_ends_before_code_that_follows_it(self) -> None:
        page = article(
            "* **Now:**{% for v in all %}\n  * [A {{ v }}]({{ v.url }}){% endfor %}\n"
        )
        assert units(page)[0] == "Now:"
        assert marked(page).replace(MARK, "") == page.text

    def test_a_definition_that_is_a_comment_keeps_its_line(self) -> None:
        page = article("![](x.png)\n*Seen from above*\n[//]: # (https://example.org/x)\n")
        assert units(page) == ["Seen from above"]
        assert marked(page).replace(MARK, "") == page.text

    def test_what_its_author_keeps_inside_a_text_is_code_to_others_and_is_listed(self) -> None:
        page = article("One\ntwo <!-- l10n:off -->three four<!-- l10n:on --> five.\n")
        assert units(page) == ["One two <x1/> five."]
        assert [(text.line, text.text, text.reason) for text in not_offered(page)] == [
            (2, "three four", Reason.AUTHOR)
        ]
        assert units(article("One <!-- l10n:off -->two\n\nThree")) == ["One", "Three"]


@pytest.mark.parametrize(
    "source",
    [
        "[Fair][1]\n: Every year.\n\n[1]: /x\n",
        "Fair\nMarket\n:   Every year.\n\nQuay\n\n:   Text.\n",
        "Text[^1] here.\n\n[^1]:\n    A note.\n\n    Its end.\n",
    ],
)
def test_what_a_unit_holds_is_not_listed(source: str) -> None:
    assert not_offered(article(source)) == ()


class TestDialects:
    @pytest.mark.parametrize(
        ("file", "dialect"),
        [
            ("hugo.toml", "hugo"),
            ("mkdocs.yml", "mkdocs"),
            ("docusaurus.config.ts", "docusaurus"),
            (".vitepress/config.ts", "vitepress"),
            ("astro.config.mjs", "astro"),
            ("_config.yml", "jekyll"),
        ],
    )
    def test_the_site_tells(self, tmp_path: Path, file: str, dialect: str) -> None:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
        page = article("Text", str(tmp_path / "docs" / "en" / "x.md"))
        assert page.reading.dialect == dialect
        assert (
            article("Text", str(tmp_path / "x.md"), dialect="github").reading.dialect
            == "github"
        )

    def test_nothing_above_the_project_tells(self, tmp_path: Path) -> None:
        (tmp_path / "mkdocs.yml").touch()
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "l10n.toml").touch()
        assert article("Text", str(tmp_path / "site" / "x.md")).reading.dialect == ""

    def test_the_project_says(self, tmp_path: Path) -> None:
        file = tmp_path / "l10n.toml"
        file.write_text('dialect = "mdx"\nmath = false\ndirective_attributes = ["kicker"]\n')
        reading = Project.load(file).options.reading
        assert reading == Reading(dialect="mdx", math=False, attributes=("kicker",))
        file.write_text('targets = ["en"]\ndialect = "hugi"\n')
        with pytest.raises(
            ProjectError, match="dialect: wanted commonmark, github, hugo"
        ) as caught:
            Project.load(file)
        assert caught.value.line == 2

    def test_without_formulas(self) -> None:
        assert units(article("Let $a*b*c$ be", math=False)) == ["Let $a<em1>b</em1>c$ be"]

    def test_further_attributes(self) -> None:
        source = '{{< card kicker="Old mills" title="New" >}}'
        assert units(article(source)) == ["attr:title|New"]
        assert units(article(source, attributes=("kicker",))) == [
            "attr:kicker|Old mills",
            "attr:title|New",
        ]


WORDS = st.sampled_from(
    ["the mill", "an old town", "water", "of *it*", "in `code`", "it &amp; she"]
)
CODE = st.sampled_from(
    ['{{< ref "a b" >}}', "{{ x | y }}", "{% if a %}", "{%- end -%}", "<% x %>", "$a_1 * b_2$", "\\(a*b\\)",
     "[[Wiki page]]", "++ctrl+x++", "{target=_blank}", "{: .x}", "[t]({{ u }}/x y)".replace(" y", ""), "![alt]({% m %})",
     "^[a note]", ':abbr[it]{title="x"}', "{++new++}", "<A.B c={d}>it</A.B>"]
)  # fmt: skip
LINE = st.lists(st.one_of(WORDS, CODE), min_size=1, max_size=6).map(
    lambda parts: " ".join(["Text", *parts])
)
OPENINGS: tuple[Callable[[str], str], ...] = (
    lambda body: f":::note[A title]\n{body}\n:::",
    lambda body: f"::: tip A *title*\n\n{body}\n\n:::",
    lambda body: f"/// details | Title\n    type: x\n\n{body}\n///",
    lambda body: '=== "Tab"\n\n' + indented(body),
    lambda body: '!!! note "Title"\n\n' + indented(body),
    lambda body: "??? tip\n\n" + indented(body),
    lambda body: '{{< card title="Title" >}}\n' + body + "\n{{< /card >}}",
    lambda body: "{% if x %}\n" + body + "\n{% endif %}",
    lambda body: "- item\n\n" + indented(body),
    lambda body: (
        "> [!tip] Title\n>\n" + "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
    ),
    lambda body: f"{body}\n\n{{: .x #y }}",
    lambda body: f"## Head {{#head}}\n\n{body}\n\n*[HTML]: Hyper Text\n\n$$\na < b\n$$",
)


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


PAGES = st.recursive(
    LINE,
    lambda body: st.builds(
        lambda opening, parts: opening("\n\n".join(parts)),
        st.sampled_from(OPENINGS),
        st.lists(body, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


class TestAnyPage:
    @settings(deadline=None, max_examples=150)
    @given(PAGES)
    def test_every_text_is_written_and_nothing_else(self, source: str) -> None:
        page = article(source)
        written = marked(page)
        assert written.count(MARK) == len(page.blocks)
        assert written.replace(MARK, "") == source


@pytest.mark.parametrize(
    "source",
    [
        "{{" * 50_000, "{{< " * 30_000, "{% a" * 30_000, "{#" * 50_000, "<% " * 40_000, "$a " * 50_000, "$$ " * 40_000, "\\(" * 40_000,
        "\\[a" * 30_000, "[[a" * 30_000, "![[" * 30_000, "{++" * 30_000, "^[" * 20_000, ":a[" * 20_000, "++a" * 40_000,
        "{: .a " * 20_000, "$$\na\n" * 20_000, "\\begin{a}\n" * 20_000, '=== "a"\n' * 10_000, "!!! a\n" * 10_000, ":::a\n" * 20_000,
        "/// a\n" * 20_000, "%%% a\n" * 20_000, "%%%\na\n" * 20_000, "--8<--\n" * 20_000, "*[a]: b\n" * 10_000, "!!! " + "a" * 50_000 + "!", ":::a " + "b=c" * 20_000,
        "{% highlight a %}\n" * 5_000, "<A b={" * 20_000, "{/*" * 30_000, "{'" * 30_000, "<a " * 30_000, "<b translate=no>" * 10_000,
    ],
    ids=lambda source: source[:8].replace("\n", " "),
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.md", "x.mdx"])
def test_hostile_pages_take_linear_time(source: str, name: str) -> None:
    start = time.process_time()
    # What no generator could read is refused, and that takes no longer.
    with suppress(ArticleError):
        article(source[: len(source) // 4], name)
    assert time.process_time() - start < 4


@pytest.mark.parametrize("link", ["[guide]({})", "<{}>", "![]({})", "[guide]"])
def test_an_address_with_a_template_is_told_as_written(link: str) -> None:
    address = "https://example.org/en/{{ book.version }}/start"
    page = article(f"Read the {link.format(address)} first.\n\n[guide]: {address}\n")
    (placeholder,) = page.units[0].placeholders
    assert placeholder.stands_for == address
