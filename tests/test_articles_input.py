"""Files that are no proper article: one clear error, or a correct result, in linear time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.articles import format_of, formats, parse_article, read_article, splice
from l10n.articles.html.tokens import TokenKind, attributes, tokenize
from l10n.errors import ArticleError
from tests.proportion import is_in_proportion, processor_seconds


def message(path: Path, **options: str) -> str:
    with pytest.raises(ArticleError) as caught:
        read_article(path, "en", **options)
    assert caught.value.path == path
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestFiles:
    def test_missing(self, tmp_path: Path) -> None:
        assert "no such file" in message(tmp_path / "a.html")

    def test_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").mkdir()
        assert "folder" in message(tmp_path / "a.html")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_no_permission(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_text("x")
        path.chmod(0)
        assert "permission" in message(path)

    @pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
    @pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
    def test_empty(self, tmp_path: Path, name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        assert "empty" in message(tmp_path / name)

    @pytest.mark.parametrize(
        "content",
        [
            b"\x89PNG\r\n\x1a\n" + bytes(99),
            b"PK\x03\x04" + bytes(99),
            bytes(range(256)) * 40,
            b"%PDF-1.4 \xe2\xe3",
        ],
    )
    @pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
    def test_binary(self, tmp_path: Path, name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        assert "binary" in message(tmp_path / name)

    @pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
    @pytest.mark.parametrize("sign", ["\v", "\f"])
    def test_breaks_of_word_are_white_space(
        self, tmp_path: Path, suffix: str, sign: str
    ) -> None:
        path = tmp_path / f"a{suffix}"
        path.write_text(f"<p>Dos líneas{sign}de una nota", encoding="utf-8")
        (block,) = read_article(path, "es").blocks
        assert block.unit.msgid.endswith("Dos líneas de una nota")

    def test_a_stray_control_character_is_named_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.md"
        path.write_bytes(b"Una nota\n\nDos\x02 de mayo\n")
        with pytest.raises(ArticleError, match=r"control character U\+0002") as raised:
            read_article(path, "es")
        assert raised.value.line == 3

    @pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
    def test_a_conflict_of_git_is_refused(self, tmp_path: Path, suffix: str) -> None:
        conflict = "<<<<<<< HEAD\nAbre a las 9.\n=======\nAbre a las 10.\n>>>>>>> horarios\n"
        path = tmp_path / f"a{suffix}"
        path.write_text(f"Una nota\n\n{conflict}\nFin.\n", encoding="utf-8")
        with pytest.raises(ArticleError, match="a conflict that git could not merge") as raised:
            read_article(path, "es")
        assert raised.value.line == 3
        # What shows how git does it is an article on git.
        for example in (f"```\n{conflict}```", f"<pre>\n{conflict}</pre>"):
            if suffix == ".txt":
                break
            path.write_text(f"<p>Una nota\n\n{example}\n", encoding="utf-8")
            assert read_article(path, "es").blocks

    def test_not_utf8_names_the_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"one\ntwo\ncaf\xe9\n")
        assert message(path).startswith(f"{path}:3: is not UTF-8")

    def test_surrogates_in_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(b"<p>\n\xed\xa0\x80</p>")
        assert message(path).startswith(f"{path}:2: ")

    def test_unknown_format(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_text("x")
        assert ".docx" in message(path)
        assert "rtf" in message(path, format="rtf")
        assert read_article(path, "en", format="text").blocks[0].unit.msgid == "x"

    @pytest.mark.parametrize(
        ("name", "format"),
        [("a.HTML", "html"), ("a.htm", "html"), ("a.markdown", "markdown"), ("a.txt", "text")],
    )
    def test_format_by_suffix(self, name: str, format: str) -> None:  # noqa: A002
        assert format_of(Path(name)) == format

    def test_front_matter_names_the_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.md"
        path.write_text("---\ntitle: x\nbad: [\n---\ntext\n")
        assert message(path).startswith(f"{path}:")


class TestEncodings:
    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            ('<meta charset="iso-8859-1"><p>café</p>'.encode("latin-1"), "windows-1252"),
            ('<meta charset="windows-1252"><p>café</p>'.encode("cp1252"), "cp1252"),
            (
                '<meta http-equiv=content-type content="text/html; charset=ISO-8859-15"><p>café</p>'.encode(
                    "iso-8859-15"
                ),
                "iso8859-15",
            ),
            (
                '<?xml version="1.0" encoding="shift_jis"?><p>café</p>'.replace(
                    "é", "e"
                ).encode(),
                "shift_jis",
            ),
            ("\ufeff<p>café</p>".encode("utf-16-le"), "utf-16-le"),
            ("\ufeff<p>café</p>".encode(), "utf-8"),
            ('\ufeff<meta charset="latin1"><p>café</p>'.encode(), "utf-8"),
            ('<meta charset="utf-16"><p>café</p>'.encode(), "utf-8"),
        ],
    )
    def test_mark_then_declaration_then_utf8(
        self, tmp_path: Path, content: bytes, encoding: str
    ) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(content)
        page = read_article(path, "en")
        assert page.encoding == encoding
        assert page.blocks[-1].unit.msgid in ("café", "cafe")
        assert splice(page, {}).encode(page.encoding) == content

    @pytest.mark.parametrize("name", ["klingon", "hex", "utf-7", "rot13"])
    def test_unknown_declaration(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / "a.html"
        path.write_text(f'<p>\n<meta charset="{name}">x')
        assert message(path).startswith(f"{path}:2: ")

    def test_wrong_declaration(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(b'<meta charset="utf-8"><p>\ncaf\xe9</p>')
        assert message(path).startswith(f"{path}:2: ")

    def test_newlines_are_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(b"<p>a</p>\r\n<p>b\rc</p>\n")
        assert splice(read_article(path, "en"), {}) == "<p>a</p>\r\n<p>b\rc</p>\n"


@pytest.mark.parametrize("format", list(formats()))
def test_lone_surrogates(format: str) -> None:  # noqa: A002
    with pytest.raises(ArticleError) as caught:
        parse_article("one\ntwo \ud800", path=Path("x"), locale="en", format=format)
    assert caught.value.line == 2


class TestTokens:
    pieces = st.sampled_from(
        ["<", ">", "</", "/>", "<a", "<a ", "<br/>", "<!--", "-->", "--!>", "<!-->", "<!", "<?", "<![CDATA[", "]]>", "<!doctype ",
         '"', "'", "=", " ", "\n", "a", "x=", "<script>", "</script>", "<script", "<style>", "</style ", "<title>", "</title>", "<textarea>",
         "<svg>", "</svg>", "<plaintext>", "\0", "&amp;", "é", "text ", "<p>", "</p>", "<a href='x>y'>", "<xmp>"]
    )  # fmt: skip

    @given(st.lists(pieces, max_size=30).map("".join), st.booleans())
    def test_joined_they_are_the_source(self, source: str, xml: bool) -> None:
        tokens = tokenize(source, xml=xml)
        assert "".join(source[token.start : token.end] for token in tokens) == source
        assert all(token.end > token.start for token in tokens)

    @pytest.mark.parametrize(
        ("source", "kinds"),
        [
            ("a<b>c</b>", "TEXT START TEXT END"),
            ("<!-- <b> -->x", "COMMENT TEXT"),
            ("<!-->x", "COMMENT TEXT"),
            ("<!--x--!>y", "COMMENT TEXT"),
            ("<!doctype html>", "DOCTYPE"),
            ("<?php echo '>' ?>", "COMMENT TEXT"),
            ("</ x>y", "COMMENT TEXT"),
            ("a < b", "TEXT"),
            ("<a", "TRUNCATED"),
            ("<a href='x>", "TRUNCATED"),
            ("<a 'x>y", "START TEXT"),
            ("<a b='x>y'>z", "START TEXT"),
            ("<a b=c'd>z'", "START TEXT"),
            ("<script><b></script>", "START RAW END"),
            ("<script><!--<script></script>--></script>x", "START RAW END TEXT"),
            ("<title><b></title>", "START RCDATA END"),
            ("<svg><title><b></title></svg>", "START START START END END"),
            ("<svg><![CDATA[<b>]]></svg>", "START CDATA END"),
            ("<![CDATA[<b>]]>", "COMMENT TEXT"),
        ],
    )
    def test_kinds(self, source: str, kinds: str) -> None:
        assert " ".join(TokenKind(token.kind).name for token in tokenize(source)) == kinds

    def test_attributes(self) -> None:
        source = "<A Href=\"x&amp;y\" b='c' d=e/ f G = 'h' i>"
        (token,) = tokenize(source)
        found = attributes(source, token)
        assert [(a.name, a.value) for a in found] == [
            ("href", "x&y"), ("b", "c"), ("d", "e/"), ("f", ""), ("g", "h"), ("i", ""),
        ]  # fmt: skip
        assert [source[a.value_start : a.value_end] for a in found if a.value_start >= 0] == [
            "x&amp;y", "c", "e/", "h",
        ]  # fmt: skip
        assert [a.quote for a in found] == ['"', "'", "", "", "'", ""]


HOSTILE = {
    "open tags": "<a ",
    "comments": "<!--",
    "CDATA": "<![CDATA[",
    "quotes": '<a x="',
    "deep inline": "<b>x",
    "deep blocks": "<div>x",
    "scripts": "<script>",
    "foreign": "<svg>",
    "stray ends": "x</b></p>",
    "crossed": "<i>a<b>c</i>d</b>",
    "never closed": "<span translate=no>x",
    "code never closed": "<code>x",
    "breaks": "x<br><br>",
    "attributes inside": "x <img alt=y> ",
    "links over blocks": "<a href=x>y<div>z",
    "switches": "<!-- l10n:off -->x",
    "notes": "<!-- L10N: a --><p>x",
    "references": "&amp;",
    "NUL": "x\0<b>\0",
    "attribute list": "a=b ",
    "names": "",
}


def _seconds(source: str, format: str) -> float:  # noqa: A002
    def work() -> None:
        page = parse_article(source, path=Path("x"), locale="en", format=format)
        splice(page, {i: block.unit.msgid for i, block in enumerate(page.blocks)})
        splice(page, dict.fromkeys(range(len(page.blocks))))

    return processor_seconds(work)


@pytest.mark.parametrize("name", HOSTILE)
def test_html_is_linear(name: str) -> None:
    def seconds(times: int) -> float:
        if name == "names":
            source = "<p>" + "".join(f"<a-{i} lang=fr>x" for i in range(times))
        elif name == "attribute list":
            source = f"<p {HOSTILE[name] * 20 * times}>x"
        else:
            source = HOSTILE[name] * times + " x"
        return _seconds(source, "html")

    assert is_in_proportion(seconds, (1000, 4000))


@pytest.mark.parametrize(
    ("format", "piece"),
    [
        ("text", "word\n"),
        ("text", "word\n\n"),
        ("text", "- x\n"),
        ("markdown", "word *x* \n\n"),
        ("markdown", "- x\n"),
        ("markdown", "| a | b |\n"),
        # Each image has a text of its own, parsed in the middle of that around it.
        ("markdown", '![a<b](x) <b translate="no">k</b> '),
        ("markdown", "![{++a++}](x) {++b++} ^[note] "),
    ],
)
def test_other_formats_are_linear(format: str, piece: str) -> None:  # noqa: A002
    lead = "| a | b |\n|---|---|\n" if piece.startswith("|") else ""
    assert is_in_proportion(lambda times: _seconds(lead + piece * times, format), (150, 600))


def test_a_big_page() -> None:
    source = "<p>Some words in a <b>paragraph</b>.</p>\n" * 20_000
    began = time.process_time()
    page = parse_article(source, path=Path("x"), locale="en", format="html")
    assert len(page.blocks) == 20_000
    assert page.blocks[-1].line == 20_000
    assert time.process_time() - began < 30


def test_deep_nesting_on_every_format() -> None:
    for format, source in (  # noqa: A001
        ("html", "<div>" * 5000 + "x"),
        ("html", "<div><b><i>" * 5000 + "x"),
        ("markdown", "> " * 5000 + "x"),
        ("markdown", "<div>" * 5000 + "x"),
        ("markdown", "- " * 2000 + "x"),
    ):
        page = parse_article(source, path=Path("x"), locale="en", format=format)
        assert splice(page, {}) == source
