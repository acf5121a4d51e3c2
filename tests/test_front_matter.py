"""Front matter in YAML, TOML and JSON: every text is a unit, and a translation changes nothing but that text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.articles import Options, parse_article, splice
from l10n.catalog import Catalog
from l10n.errors import ArticleError
from l10n.export.pages.markdown_same import with_addresses
from l10n.model import Article, Kind

Run = Callable[..., "CompletedProcess[str]"]
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARK = "¤"


def article(source: str, *wanted: str) -> Article:
    return parse_article(
        source,
        path=Path("a.md"),
        locale="en",
        format="markdown",
        options=Options(front_matter=wanted),
    )


def texts(source: str, *wanted: str) -> list[tuple[str | None, str]]:
    return [
        (block.unit.context, block.unit.msgid)
        for block in article(source, *wanted).blocks
        if block.unit.kind is Kind.METADATA
    ]


def marked(source: str, *wanted: str) -> str:
    """A page whose every text ends in a mark."""
    page = article(source, *wanted)
    return splice(
        page, {number: block.unit.msgid + MARK for number, block in enumerate(page.blocks)}
    )


YAML = """\
---
# who reads this?
title: &t The fair   # the headline
subtitle: 'It''s on'
description: |
  - Free entry
  - No dogs

    not even small ones
summary: >-
  A long afternoon at the fair with
  all the friends of the quay.

  A second paragraph.
lead: A plain text that its author has written
  and put on two lines
seo_title: "Two\\nlines"
hero:
  tagline: Of the quay
  actions:
    - text: Start now
      link: /start
faq:
  - question: "When?"
    answer: >
      At nine.
keywords: [fair, quay]
draft: no
weight: 10
date: 2024-05-01
again: *t
---
Body.
"""


def test_yaml_of_every_style_stays_as_its_author_wrote_it() -> None:
    written = marked(YAML)
    assert written == YAML.replace("The fair   #", "The fair¤   #").replace(
        "It''s on", "It''s on¤"
    ).replace("small ones", "small ones¤").replace(
        "A second paragraph.", "A second paragraph.¤"
    ).replace("two lines", "two lines¤").replace("Two\\nlines", "Two\\nlines¤").replace(
        "Of the quay", "Of the quay¤"
    ).replace("Start now", "Start now¤").replace('"When?"', '"When?¤"').replace(
        "At nine.", "At nine.¤"
    ).replace("[fair, quay]", "[fair¤, quay¤]").replace("Body.", "Body.¤").replace(
        # The text of a folded block is broken at the width its author broke it at.
        "A long afternoon at the fair with\n  all the friends of the quay.",
        "A long afternoon at the fair with all\n  the friends of the quay.",
    )


TOML = '''\
+++
# who reads this?
title = "The fair"   # the headline
description = """
A "quiet" afternoon
at the fair"""
lead = \'\'\'
a \\ back
slash\'\'\'
draft = false
keywords = ["fair",
  'quay'] # both
faq = [ {question = "When?", answer = "At nine"} ]
[hero]
tagline = 'Of the quay'
[[hero.actions]]
text = "Start now"
+++
Body.
'''


def test_toml_of_every_style_stays_as_its_author_wrote_it() -> None:
    written = marked(TOML)
    plain = written.replace(MARK, "")
    assert plain == TOML
    assert written.count(MARK) == 10
    assert tomllib.loads(written.split("+++")[1])["lead"] == "a \\ back\nslash¤"


def test_json_is_front_matter_too() -> None:
    source = (
        '{\n  "title": "The f\\u00e1ir",\n  "hero": {"actions": [{"text": "Go"}]}\n}\n\nBody.\n'
    )
    assert marked(source) == source.replace("ir", "ir¤").replace("Go", "Go¤").replace(
        "Body.", "Body.¤"
    ).replace("¤", "\\u00a4", 1)
    assert texts("{{< note >}}\nBody\n") == []
    assert texts('{"a" of course}\n') == []


def test_a_project_names_further_keys() -> None:
    source = "---\nteam:\n- bio: Writes\n  name: Ann\nbio: Here\nbadge: New\n---\nBody\n"
    assert texts(source) == []
    assert texts(source, "team[].bio") == [("meta:bio", "Writes")]
    assert texts(source, "bio", "badge") == [
        ("meta:bio", "Writes"),
        ("meta:bio", "Here"),
        ("meta:badge", "New"),
    ]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("---\ntitle: a\n  b: c\n---\nBody\n", 3, "no YAML"),
        ('+++\ntitle = "a"\nx = \n+++\nBody\n', 3, "no TOML: Invalid value"),
        ('{\n  "title": "a"\n  "x": 1\n}\n\nBody\n', 3, "no JSON: Expecting ',' delimiter"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    source: str, line: int, message: str
) -> None:
    with pytest.raises(ArticleError, match=message) as raised:
        article(source)
    assert raised.value.line == line


words = st.text(
    st.one_of(
        st.sampled_from("aeñ ,.:;#'\"-[]{}&*!|>%@`\\=?¿"),
        st.characters(min_codepoint=0x21, max_codepoint=0x2FF, exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(f"a{text}b".split()))
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
matter = st.fixed_dictionaries(
    {"title": words, "weight": st.integers(), "draft": st.booleans()},
    optional={
        "description": lines,
        "hero": st.fixed_dictionaries({"tagline": words, "url": words}),
        "faq": st.lists(
            st.fixed_dictionaries({"question": lines, "answer": words}), max_size=2
        ),
        "keywords": st.lists(words, max_size=2),
    },
)


def _text_keys(value: Any, key: str = "") -> Any:
    """What a marked translation makes of front matter: a mark behind each text for readers."""
    if isinstance(value, dict):
        return {name: _text_keys(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_text_keys(item, key) for item in value]
    is_text = isinstance(value, str) and key not in ("url", "weight", "draft")
    return value + MARK if is_text else value


class _Styled(yaml.SafeDumper):
    """Writes texts over several lines as blocks, others as any style allows."""


def _dump_text(style: str) -> Callable[[yaml.SafeDumper, str], yaml.ScalarNode]:
    def dump(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    return dump


@UNHURRIED
@given(
    matter, st.sampled_from(["", "'", '"', "|", ">"]), st.sampled_from([30, 80]), st.booleans()
)
def test_a_marked_translation_of_yaml(
    front: dict[str, Any], style: str, width: int, flow: bool
) -> None:
    dumper = type("Dumper", (_Styled,), {})
    dumper.add_representer(str, _dump_text(style))
    dumped = yaml.dump(
        front, Dumper=dumper, allow_unicode=True, width=width, sort_keys=False,
        default_flow_style=flow,
    )  # fmt: skip
    written = marked(f"---\ntop:\n{_indented(dumped)}---\n\nBody\n")
    read = yaml.safe_load(written.split("\n---\n")[0].removeprefix("---\n"))
    assert read["top"] == _text_keys(front)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


@UNHURRIED
@given(matter, st.booleans(), st.booleans())
def test_a_marked_translation_of_json(
    front: dict[str, Any], ascii_only: bool, indented: bool
) -> None:
    dumped = json.dumps(front, ensure_ascii=ascii_only, indent=2 if indented else None)
    written = marked(f"{dumped}\n\nBody\n")
    value, _end = json.JSONDecoder().raw_decode(written)
    assert value == _text_keys(front)


@UNHURRIED
@given(matter, st.sampled_from(["'''", '"""', "'", '"']))
def test_a_marked_translation_of_toml(front: dict[str, Any], quotes: str) -> None:
    def value(item: Any) -> str:
        if isinstance(item, dict):
            return "{" + ", ".join(f"{name} = {value(v)}" for name, v in item.items()) + "}"
        if isinstance(item, list):
            return "[" + ",\n  ".join(map(value, item)) + "]"
        if not isinstance(item, str):
            return json.dumps(item)
        if quotes == '"""':
            return '"""\n' + item.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        if quotes[0] == "'" and "'" not in item and ("\n" not in item or quotes == "'''"):
            return f"{quotes}{item}{quotes}"
        return json.dumps(item, ensure_ascii=False)

    dumped = "".join(f"{name} = {value(item)}\n" for name, item in front.items())
    written = marked(f"+++\n{dumped}+++\n\nBody\n")
    assert tomllib.loads(written.removeprefix("+++\n").split("\n+++\n")[0]) == _text_keys(front)


def test_addresses_are_led_to_the_language(newsroom: Path, l10n: Run) -> None:
    (newsroom / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\narticles = "a/{locale}"\nengines = []\n'
        'front_matter = ["badge"]\n[export]\nformat = "same"\nout = "site"\nkeys = false\n',
        encoding="utf-8",
    )
    page = newsroom / "a" / "en" / "guide.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\ntitle: Guide\npermalink: /en/guide/\naliases: [/old, '/es/guia']\nslug: guide\n"
        "url: https://example.org/x\nbadge: New\n---\n\nHello.\n",
        encoding="utf-8",
    )
    assert l10n("update").returncode == 0
    catalog = newsroom / "locales" / "es" / "LC_MESSAGES" / "guide.po"
    assert 'msgctxt "meta:badge"' in catalog.read_text(encoding="utf-8")
    assert l10n("export").returncode == 0
    assert (newsroom / "site" / "es" / "guide.md").read_text(encoding="utf-8") == (
        "---\ntitle: Guide\npermalink: /es/guide/\naliases: [/es/old, '/es/guia']\nslug: guide\n"
        "url: https://example.org/x\nbadge: New\n---\n\nHello.\n"
    )
    assert (newsroom / "site" / "en" / "guide.md").read_bytes() == page.read_bytes()


def test_the_language_is_found_at_any_depth_of_an_address() -> None:
    addresses = (
        "/docs/en/start",
        "/docs/EN/",
        "/en",
        "/docs/es/guia",
        "/enter/here",
        "/es/x/en",
    )
    led = ("/docs/es/start", "/docs/es/", "/es", "/docs/es/guia", "/es/enter/here", "/es/x/en")
    text = "---\naliases: [{}]\npermalink: pretty\n---\n".format
    written = with_addresses(text(", ".join(addresses)), source="en", target="es")
    assert written == text(", ".join(led))


def test_links_to_an_address_that_front_matter_claims_lead_to_the_page_of_the_language(
    newsroom: Path, l10n: Run
) -> None:
    (newsroom / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\noriginals = ["en"]\narticles = "_docs/{locale}"\n'
        'engines = []\n[export]\nformat = "same"\nout = "_docs/{locale}"\n'
        'base_url = "https://example.org/base"\n',
        encoding="utf-8",
    )
    folder = newsroom / "_docs/en"
    folder.mkdir(parents=True)
    (folder / "setup.md").write_text(
        "---\npermalink: /docs/en/set-up/\n---\n\nPlug it in.\n", encoding="utf-8"
    )
    (folder / "quick.md").write_text(
        "---\npermalink: /docs/en/quick-start\n---\n\n"
        "See [the guide](/base/docs/en/set-up#two), [all](https://example.org/base/docs/en/set-up/),\n"
        "[others](/base/docs/en/nobody).\n",
        encoding="utf-8",
    )
    assert l10n("update").returncode == 0
    written = []
    for slugs in (["quick"], ["quick", "setup"]):
        # A page of which nothing is accepted is not written in place: then the link stays.
        for slug in slugs:
            catalog = Catalog.load(newsroom / f"locales/es/LC_MESSAGES/{slug}.po")
            for entry in catalog.entries:
                entry.translate(entry.msgid)
            catalog.save()
        assert l10n("export").returncode == 0
        written.append((newsroom / "_docs/es/quick.md").read_text(encoding="utf-8"))
    alone, both = written
    assert "permalink: /docs/es/quick-start\n" in both
    assert "[the guide](/base/docs/en/set-up#two)" in alone
    assert "[the guide](/base/docs/es/set-up#two)" in both
    assert "[all](https://example.org/base/docs/es/set-up/)" in both
    assert "[others](/base/docs/en/nobody)" in both


def test_json_gets_the_keys_of_its_language(newsroom: Path, l10n: Run) -> None:
    (newsroom / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es"]\narticles = "a/{locale}"\n[export]\nformat = "same"\n',
        encoding="utf-8",
    )
    page = newsroom / "a" / "en" / "guide.md"
    page.parent.mkdir(parents=True)
    page.write_text('{\n  "title": "Guide",\n  "lang": "en"\n}\n\nHello.\n', encoding="utf-8")
    assert l10n("update").returncode == 0
    assert l10n("export").returncode == 0
    assert (newsroom / "site" / "es" / "guide.md").read_text(encoding="utf-8") == (
        '{\n  "title": "Guide",\n  "lang": "es",\n  "translationKey": "guide"\n}\n\nHello.\n'
    )
