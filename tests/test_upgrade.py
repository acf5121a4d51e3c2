"""An upgrade costs nobody a review: what is only read differently than before keeps translation, state and stamp."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from l10n.articles import format_of, parse_article
from l10n.articles.fragments import Rereader, still_stands
from l10n.catalog import Catalog, Merge
from l10n.cli import cli
from l10n.model import Article, Kind, State, Unit
from l10n.text.markup import OMIT, plain

DATA = Path(__file__).parent / "data/upgrade"


def article(text: str, name: str = "a.md") -> Article:
    path = Path(name)
    return parse_article(text, path=path, locale="en", format=format_of(path))


Old = tuple[str, str, tuple[str, ...]]
"""msgid, msgstr and `#.` lines as the version before wrote them."""


def upgraded(source: Article, *old: Old, kind: Kind = Kind.PARAGRAPH) -> tuple[Catalog, Merge]:
    """Return the catalog of an article after an upgrade from entries that Ana has reviewed."""
    catalog = Catalog.new(None, source="en", target="es", article="a")
    catalog.merge([Unit(msgid, kind=kind) for msgid, _msgstr, _lines in old], article="a")
    for entry, (_msgid, msgstr, lines) in zip(catalog.entries, old, strict=True):
        entry.set_source_comments((f"kind: {kind}", *lines), ("a",))
        entry.translate(msgstr)
        entry.approve(by="Ana")
        entry.set_notes(["ask Luis"])
    before = Catalog.parse(catalog.dumps())
    merge = before.merge(source.units, article="a", read=Rereader(source).read)
    return Catalog.parse(before.dumps()), merge


def reviewed(catalog: Catalog) -> dict[str, str]:
    return {
        entry.msgid: entry.msgstr
        for entry in catalog.entries
        if entry.state is State.REVIEWED and entry.stamp and entry.stamp.reviewer == "Ana"
    }


LINK = article("See [the *whole* plan](/plan) and `x`.\n")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # What was text is markup today.
        (
            "See [the plan](/plan) now.\n",
            ("See [the plan](/plan) now.", "Vea ya [el plan](/plan).", ()),
            ("See <a1>the plan</a1> now.", "Vea ya <a1>el plan</a1>."),
        ),
        (
            "Both [a](/a) and [b](/b).\n",
            ("Both [a](/a) and [b](/b).", "Tanto [b](/b) como [a](/a).", ()),
            (
                "Both <a1>a</a1> and <a2>b</a2>.",
                "Tanto <a2>b</a2> como <a1>a</a1>.",
            ),
        ),
        # What was markup of another name or kind is markup of its own today.
        (
            "See *the plan* of `x` [here](/h).\n",
            (
                "See <em1>the plan</em1> of <code1/> [here](<x1/>).",
                "Vea [aquí](<x1/>) <em1>el plan</em1> de <code1/>.",
                ("<code1/> = x", "<x1/> = /h"),
            ),
            (
                "See <em1>the plan</em1> of <code1/> <a1>here</a1>.",
                "Vea <a1>aquí</a1> <em1>el plan</em1> de <code1/>.",
            ),
        ),
        # Emphasis beside code, a comment in the manner of a definition.
        (
            "* **Now:**{% for v in all %}\n",
            ("**Now:**", "**Ya:**", ()),
            ("Now:", "Ya:"),
        ),
        (
            "![](x.png)\n*Seen from above*\n[//]: # (x)\n",
            (
                "<em1>Seen from above</em1> [//]: # (x)",
                "<em1>Vista aérea</em1> [//]: # (x)",
                (),
            ),
            ("Seen from above", "Vista aérea"),
        ),
        # Emphasis of the translator's own stays that.
        (
            "See [the plan](/plan) now.\n",
            (
                "See [the plan](/plan) now.",
                "Vea <em>ya</em> [el plan](/plan).",
                (),
            ),
            ("See <a1>the plan</a1> now.", "Vea <em>ya</em> <a1>el plan</a1>."),
        ),
    ],
)
def test_translation_and_review_are_carried_over(
    text: str, old: Old, new: tuple[str, str]
) -> None:
    catalog, merge = upgraded(article(text), old)
    assert reviewed(catalog) == {new[0]: new[1]}
    assert (merge.reread, merge.added, merge.changed, merge.obsolete) == (1, 0, 0, 0)
    assert merge.left == ()
    assert catalog.entries[0].notes == ("ask Luis",)


def test_one_text_that_is_several_today_is_split_where_its_signs_stand() -> None:
    source = article("*[HTML]: Hyper Text\n\n- One [x](/x)\n- Two\n")
    assert [unit.msgid for unit in source.units][1:] == ["One <a1>x</a1>", "Two"]
    catalog, merge = upgraded(
        source, ("- One [x](/x) - Two", "- Uno [x](/x) - Dos", ()), kind=Kind.PARAGRAPH
    )
    assert reviewed(catalog) == {"One <a1>x</a1>": "Uno <a1>x</a1>", "Two": "Dos"}
    assert merge.reread == 2


def test_a_text_that_also_stands_alone_is_not_given_twice() -> None:
    source = article("- One\n- Two\n\nOne\n")
    catalog, _merge = upgraded(source, ("- One - Two", "- Uno - Dos", ()), ("One", "Un", ()))
    assert reviewed(catalog) == {"One": "Un", "Two": "Dos"}


def test_comments_that_have_a_place_today_stand_where_pages_had_them() -> None:
    source = article("<p>Come <!-- more --> today.</p>", "a.html")
    catalog, _merge = upgraded(source, ("Come today.", "Ven hoy.", ()))
    (text,) = reviewed(catalog).values()
    assert text.startswith("Ven hoy.")


def test_a_text_that_is_a_title_today_keeps_its_review() -> None:
    unit = Unit("A title", "attr:title", Kind.ATTRIBUTE)
    catalog = Catalog.new(None, source="en", target="es", article="a")
    catalog.merge([Unit("A title")], article="a")
    catalog.entries[0].translate("Un título")
    catalog.entries[0].approve(by="Ana")
    assert catalog.merge([unit], article="a").reread == 1
    assert (catalog.entries[0].msgctxt, catalog.entries[0].state) == (
        "attr:title",
        State.REVIEWED,
    )


def test_a_draft_stays_a_draft_and_an_omission_an_omission() -> None:
    source = article("See [the plan](/plan) now.\n")
    catalog, _merge = upgraded(source, ("See [the plan](/plan) now.", OMIT, ()))
    assert reviewed(catalog) == {"See <a1>the plan</a1> now.": OMIT}


class TestNotCarried:
    def test_an_edit_of_the_author_is_a_draft(self) -> None:
        source = article("See [the plan](/plan) now.\n")
        catalog, merge = upgraded(source, ("See the plan now.", "Vea ya el plan.", ()))
        assert reviewed(catalog) == {}
        assert (merge.reread, merge.changed) == (0, 1)
        assert [still_stands(source, left.entry.msgid) for left in merge.left] == [False]

    def test_a_link_the_translation_lacks_is_told(self) -> None:
        source = article("See [the plan](/plan) now.\n")
        catalog, merge = upgraded(source, ("See [the plan](/plan) now.", "Vea ya el plan.", ()))
        assert reviewed(catalog) == {}
        assert [left.entry.msgid for left in merge.left] == ["See [the plan](/plan) now."]

    def test_markup_of_the_translator_that_the_source_lacks_is_told(self) -> None:
        source = article("See [the plan](/plan) now.\n")
        catalog, _merge = upgraded(
            source, ("See [the plan](/plan) now.", "Vea [ya](/y) [el plan](/plan).", ())
        )
        assert reviewed(catalog) == {}

    def test_a_text_left_out_of_today_s_units_still_stands(self) -> None:
        source = article("Intro.\n\n```\nRun the *whole* plan now\n```\n")
        assert still_stands(source, "Run the <em1>whole</em1> plan")
        assert not still_stands(source, "Run the plan")
        # Somebody wrote the rest; or it is a part of what it was.
        assert not still_stands(source, "Intro", "Intro and more")
        assert still_stands(
            source, "Run the <em1>whole</em1> plan", "the <em1>whole</em1> plan"
        )

    def test_what_is_code_today_is_not_told(self) -> None:
        source = article("Hello.\n\n    make\n\n![](a.png)\n")
        _catalog, merge = upgraded(source, ("<!-- make -->", "<!-- make -->", ()))
        assert (merge.obsolete, merge.left) == (1, ())


def test_update_counts_what_it_kept_and_names_what_it_could_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "locales/en/articles").mkdir(parents=True)
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["es"]\nengines = []\n')
    (tmp_path / "locales/en/articles/a.md").write_text(
        "See [the plan](/plan) now.\n\nThen [go](/go).\n"
    )
    old = Catalog.new(None, source="en", target="es", article="locales/en/articles/a.md")
    old.merge([Unit("See [the plan](/plan) now."), Unit("Then [go](/go).")], article="a.md")
    for entry, msgstr in zip(
        old.entries, ("Vea ya [el plan](/plan).", "Vaya luego."), strict=True
    ):
        entry.translate(msgstr)
        entry.approve(by="Ana")
    path = tmp_path / "locales/es/LC_MESSAGES/a.po"
    path.parent.mkdir(parents=True)
    old.save(path)
    result = CliRunner().invoke(cli, ["update"])
    assert result.exit_code == 0
    assert "1 kept, read differently" in result.output
    assert "1 to look at again" in result.output
    assert "another look: Then [go](/go)." in result.output
    again = CliRunner().invoke(cli, ["update"])
    assert "up to date" in again.output
    assert "another look" not in again.output


def test_a_site_of_the_version_before_keeps_every_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Catalogs of pages of every generator as commit 431b4b7 wrote them, every text reviewed by Ana.
    shutil.copytree(DATA, tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    paths = sorted((tmp_path / "site/locales/es/LC_MESSAGES").glob("*.po"))
    before = {path: Catalog.load(path).entries for path in paths}
    assert sum(map(len, before.values())) == 104
    result = CliRunner().invoke(cli, ["update"])
    assert result.exit_code == 0
    told = result.output.count("another look: ")
    for path, old in before.items():
        catalog = Catalog.load(path)
        assert not [entry for entry in catalog.entries if entry.state is State.TRANSLATED]
        drafts = [entry for entry in catalog.entries if entry.state is State.DRAFT]
        # What a draft was made of is told; it is the only thing an upgrade may cost.
        told -= len(drafts)
        was = " ".join(" ".join(plain(entry.msgid).split()) for entry in old)
        for entry in catalog.entries:
            if entry.state is State.UNTRANSLATED:
                assert " ".join(plain(entry.msgid).split()) not in was, entry.msgid
            elif entry.state is State.REVIEWED:
                assert "\u0195" in entry.msgstr or entry.msgstr == entry.msgid
    assert told >= 0
    assert told <= 1
    assert "up to date" in CliRunner().invoke(cli, ["update"]).output
