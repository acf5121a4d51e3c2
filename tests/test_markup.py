"""Placeholders: what is a token, what a translation may do with them, how they come back as markup."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.model import Kind, Placeholder, Severity, Unit
from l10n.text import markup
from l10n.text.carrying import carry_over
from l10n.text.description import describe, parse_description

LINK = Placeholder(
    "a", 1, True, '<a href="https://ex.org/?a=1&amp;b=2">', "</a>", "https://ex.org/?a=1&b=2"
)
OTHER_LINK = Placeholder("a", 2, True, '<a href="/two">', "</a>", "/two")
BOLD = Placeholder("b", 1, True, "<b>", "</b>")
BREAK = Placeholder("br", 1, False, "<br>")
CODE = Placeholder("code", 1, False, "<code>pip</code>", "", "pip")
UNIT = Unit(
    "See <a1>the <b1>plan</b1></a1> and <a2>more</a2>:<br1/><code1/>",
    placeholders=(LINK, BOLD, OTHER_LINK, BREAK, CODE),
)


def rules(msgid: str, msgstr: str) -> list[tuple[str, Severity]]:
    return [(problem.rule, problem.severity) for problem in markup.validate(msgid, msgstr)]


class TestTokens:
    def test_forms_and_offsets(self) -> None:
        found = markup.tokens("a <a1>b</a1> <br12/>")
        assert [(t.name, t.tag, t.number, t.form) for t in found] == [
            ("a1", "a", 1, "open"),
            ("a1", "a", 1, "close"),
            ("br12", "br", 12, "void"),
        ]
        assert [(t.start, t.end) for t in found] == [(2, 6), (7, 12), (13, 20)]

    @pytest.mark.parametrize(
        "text",
        ["<a>", "<a0>", "<A1>", "< a1>", "<a1 >", "<1a>", "&lt;a1>", "<a1", "</a1/>", "<a01>"],
    )
    def test_other_text_is_no_token(self, text: str) -> None:
        assert markup.tokens(text) == ()

    def test_omit_is_a_token(self) -> None:
        (token,) = markup.tokens("<omit/>")
        assert (token.name, token.form) == ("omit", "void")

    def test_a_token_knows_its_text(self) -> None:
        text = "<a1>x</a1><br1/>"
        assert [t.text for t in markup.tokens(text)] == markup.TOKEN.findall(text)

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("By <a1>Jane</a1>", "By Jane"),
            ("one<br1/>two", "one two"),
            ("one <br1/>two", "one two"),
            ("5 &lt; 6 &amp; 7&nbsp;%", "5 < 6 & 7\xa0%"),
            ("&amp;lt;", "&lt;"),
            ("AT&T &copy 1", "AT&T &copy 1"),
        ],
    )
    def test_plain_is_what_a_reader_reads(self, text: str, read: str) -> None:
        assert markup.plain(text) == read


class TestValidate:
    def test_any_order_is_right(self) -> None:
        assert (
            markup.validate(
                UNIT.msgid, "<code1/><br1/><a2>más</a2> y <a1>el <b1>plan</b1></a1>"
            )
            == ()
        )

    def test_other_nesting_is_right(self) -> None:
        assert markup.validate("<a1>x <b1>y</b1></a1>", "<b1><a1>x</a1> y</b1>") == ()

    @pytest.mark.parametrize("msgstr", ["", "<omit/>", " <omit/> "])
    def test_nothing_and_omit_are_right(self, msgstr: str) -> None:
        assert markup.validate(UNIT.msgid, msgstr) == ()

    @pytest.mark.parametrize(
        ("msgid", "msgstr", "rule"),
        [
            ("x", "<a1>x</a1>", "placeholder-unknown"),
            ("<a1>x</a1>", "<a1>x</a1> <omit/>", "placeholder-unknown"),
            ("<a1>x</a1>", "<a1/>", "placeholder-unknown"),
            ("<code1/> x", "<code1/> <code1/>", "placeholder-doubled"),
            ("<a1>x</a1>", "<a1>x</a1> <a1>y</a1>", "placeholder-doubled"),
            ("<a1>x</a1> <a2>y</a2>", "<a1>x <a2>y</a1> z</a2>", "placeholder-crossed"),
            ("<a1>x</a1>", "</a1>x<a1>", "placeholder-crossed"),
            ("<a1>x</a1>", "x", "placeholder-missing"),
            ("<code1/>", "x", "placeholder-missing"),
            ("<img1/> x", "x", "placeholder-missing"),
            ("a <b1>x</b1>", "a <b1>x", "placeholder-missing"),
            ("a <b1/> x", "a x", "placeholder-missing"),
        ],
    )
    def test_errors(self, msgid: str, msgstr: str, rule: str) -> None:
        assert (rule, Severity.ERROR) in rules(msgid, msgstr)

    @pytest.mark.parametrize(
        ("msgid", "msgstr", "rule"),
        [
            ("<b1>x</b1>", "x", "placeholder-formatting"),
            ("a<br1/>b", "a b", "placeholder-break"),
            ("<a1>x</a1>", "<a1> </a1>x", "placeholder-empty"),
            ("x", "<b>x</b>", "literal-tag"),
            ("x", "x <!-- y", "literal-tag"),
        ],
    )
    def test_warnings(self, msgid: str, msgstr: str, rule: str) -> None:
        found = rules(msgid, msgstr)
        assert (rule, Severity.WARNING) in found
        assert all(severity is Severity.WARNING for _rule, severity in found)

    def test_a_tag_that_the_source_shows_as_text_is_right(self) -> None:
        assert rules("Use &lt;b>", "Usa &lt;b>") == []
        assert rules("Use &lt;b>", "Usa <b>") == []

    def test_a_missing_pair_is_one_problem(self) -> None:
        assert rules("<a1>x</a1>", "x") == [("placeholder-missing", Severity.ERROR)]

    def test_spans_point_at_the_token(self) -> None:
        msgstr = "hola <a7>x"
        (problem,) = markup.validate("hi", msgstr)
        assert problem.span is not None
        assert msgstr[slice(*problem.span)] == "<a7>"


class TestRestore:
    def restored(self, msgstr: str) -> str:
        return markup.restore(UNIT, msgstr, text=html.escape)

    def test_markup_comes_from_the_source(self) -> None:
        assert self.restored("Mira <a2>más</a2>") == 'Mira <a href="/two">más</a>'

    def test_entities_are_decoded_then_escaped(self) -> None:
        assert self.restored("5 &lt; 6 &amp; <b>") == "5 &lt; 6 &amp; &lt;b&gt;"

    def test_foreign_tokens_are_text(self) -> None:
        assert self.restored("<a9>x</a9><omit/>") == "&lt;a9&gt;x&lt;/a9&gt;&lt;omit/&gt;"

    def test_text_around_a_foreign_token_is_one_text(self) -> None:
        assert self.restored("&l<a9>t;") == "&amp;l&lt;a9&gt;t;"

    @given(st.text(st.sampled_from("<>/&;ab1 \"'scriptomlg#x"), max_size=40))
    def test_no_text_becomes_markup(self, msgstr: str) -> None:
        own = set(markup.unit_markup(UNIT).values())
        restored = self.restored(msgstr)
        for piece in own:
            restored = restored.replace(piece, "")
        assert "<" not in restored


class TestDescribe:
    def test_tells_kind_meaning_and_notes(self) -> None:
        unit = Unit("<a1>x</a1><code1/>", None, Kind.HEADING, (LINK, CODE), ("keep short",))
        assert describe(unit) == (
            "kind: heading",
            "<a1> = link to https://ex.org/?a=1&b=2",
            "<code1/> = pip",
            "keep short",
        )

    def test_tells_every_variant(self) -> None:
        one = Unit("<a1>x</a1>", placeholders=(LINK,))
        two = Unit("<a1>x</a1>", placeholders=(Placeholder("a", 1, True, "<a>", "</a>", "/b"),))
        lines = describe(one, two, one)
        assert lines[1:] == ("<a1> = link to https://ex.org/?a=1&b=2", "<a1> = link to /b")
        assert parse_description(lines) == {"a1": ("https://ex.org/?a=1&b=2", "/b")}

    placeholders = st.builds(
        lambda tag, meaning: Placeholder(tag, 1, tag in ("a", "b"), f"<{tag}>", "", meaning),
        st.sampled_from(["a", "b", "img", "code", "x"]),
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20),
    )

    @given(placeholders)
    def test_parse_is_the_inverse(self, placeholder: Placeholder) -> None:
        lines = describe(Unit("x", placeholders=(placeholder,)))
        assert parse_description(lines) == {placeholder.name: (placeholder.stands_for,)}


class TestCarryOver:
    def carried(self, msgstr: str, old: Unit, new: Unit) -> str:
        return carry_over(msgstr, old_msgid=old.msgid, old_lines=describe(old), unit=new)

    def links(self, msgid: str, *targets: str) -> Unit:
        placeholders = (
            Placeholder("a", number, True, "<a>", "</a>", target)
            for number, target in enumerate(targets, 1)
        )
        return Unit(msgid, placeholders=tuple(placeholders))

    def test_a_link_keeps_its_target(self) -> None:
        old = self.links("<a1>One</a1> and <a2>two</a2>", "/one", "/two")
        new = self.links("<a1>Two</a1> and <a2>one</a2>", "/two", "/one")
        assert (
            self.carried("<a1>Uno</a1> y <a2>dos</a2>", old, new)
            == "<a2>Uno</a2> y <a1>dos</a1>"
        )

    def test_an_added_link_before_moves_the_number(self) -> None:
        old = self.links("<a1>One</a1>", "/one")
        new = self.links("<a1>New</a1> <a2>one</a2>", "/new", "/one")
        assert self.carried("<a1>Uno</a1>", old, new) == "<a2>Uno</a2>"

    def test_a_link_that_is_gone_leaves_its_text(self) -> None:
        old = self.links("<a1>One</a1> <a2>two</a2>", "/one", "/two")
        new = self.links("<a1>One</a1> two", "/one")
        assert self.carried("<a1>Uno</a1> <a2>dos</a2>", old, new) == "<a1>Uno</a1> dos"

    def test_a_changed_address_keeps_its_place(self) -> None:
        old = self.links("<a1>One</a1>", "/one")
        assert (
            self.carried("<a1>Uno</a1>", old, self.links("<a1>One</a1>", "/1"))
            == "<a1>Uno</a1>"
        )

    def test_tags_of_one_sense_are_exchanged(self) -> None:
        new = Unit(
            "<strong1>x</strong1>", placeholders=(Placeholder("strong", 1, True, "**", "**"),)
        )
        assert self.carried("<b1>x</b1>", Unit("<b1>x</b1>", placeholders=(BOLD,)), new) == (
            "<strong1>x</strong1>"
        )

    def test_pairs_never_become_void(self) -> None:
        new = Unit("<code1/>", placeholders=(CODE,))
        old = Unit(
            "<code1>x</code1>",
            placeholders=(Placeholder("code", 1, True, "<code>", "</code>"),),
        )
        assert self.carried("<code1>x</code1>", old, new) == "x"

    def test_without_known_meanings_the_order_counts(self) -> None:
        new = self.links("<a1>x</a1> <a2>y</a2>", "/x", "/y")
        carried = carry_over(
            "<a2>b</a2> <a1>a</a1>", old_msgid="<a1>x</a1> <a2>y</a2>", old_lines=(), unit=new
        )
        assert carried == "<a2>b</a2> <a1>a</a1>"

    def test_omit_stays(self) -> None:
        assert self.carried("<omit/>", self.links("<a1>x</a1>", "/x"), Unit("x")) == "<omit/>"
