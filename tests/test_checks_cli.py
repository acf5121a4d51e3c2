"""`l10n check` as CI meets it: what is found, in which form, with which exit status."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from l10n.cli import main

# In this process: a hundred starts of Python would take longer than all else here.
Run = Callable[..., "subprocess.CompletedProcess[str]"]

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: es\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)
FARO = "locales/en/LC_MESSAGES/faro.po"


def catalog(*entries: tuple[str, str], comment: str = "") -> str:
    """A catalog of the lighthouse article, or of any texts."""
    body = (
        f'\n{comment}#: locales/es/articles/faro.txt\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'
        for msgid, msgstr in entries
    )
    return HEADER + "".join(body)


COMPLETE = (
    ("El faro se apaga", "The lighthouse goes dark"),
    ("El faro de Punta Seca cierra en mayo.", "The Punta Seca lighthouse closes in May."),
)


@pytest.fixture
def l10n(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `l10n` in the test's folder and give what it wrote and how it ended."""

    def run(
        *arguments: str | Path, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd or tmp_path)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stop:
            main([str(one) for one in arguments])
        status = stop.value.code if isinstance(stop.value.code, int) else 0
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def faro(newsroom: Path) -> Path:
    """A project whose only article is translated."""
    (newsroom / "locales/es/articles/feria.html").unlink()
    (newsroom / "locales/en/articles/feria.html").unlink()
    write(newsroom, *COMPLETE)
    return newsroom


def write(root: Path, *entries: tuple[str, str], comment: str = "") -> Path:
    path = root / FARO
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalog(*entries, comment=comment), encoding="utf-8")
    return path


def findings(run: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in json.loads(run.stdout)["findings"]]


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    subprocess.run(
        ["git", *identity, *arguments], cwd=root, check=True, capture_output=True, timeout=30
    )


def committed(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Start")


def test_a_complete_project_passes_and_shows_a_table(l10n: Run, faro: Path) -> None:
    run = l10n("check")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 (100 %)" in run.stdout
    assert "0 errors, 0 warnings, 0 notes in 1 catalog" in run.stdout


def test_json_has_the_shape_of_the_design(l10n: Run, faro: Path) -> None:
    report = json.loads(l10n("check", "--format", "json").stdout)
    counts = {
        "translated": 2, "reviewed": 0, "draft": 0, "untranslated": 0, "obsolete": 0, "words": 12,
    }  # fmt: skip
    assert report == {
        "version": 1,
        "totals": counts,
        "catalogs": [
            {"path": FARO, "locale": "en", "article": "locales/es/articles/faro.txt", **counts}
        ],
        "findings": [],
    }


def test_a_missed_threshold_fails(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], ""))
    run = l10n("check", "--format", "json")
    assert run.returncode == 1
    assert findings(run) == [("min-translated", "error")]
    assert l10n("check", "--min-translated", "50").returncode == 0
    assert l10n("check", "--min-translated", "50", "--min-reviewed", "1").returncode == 1
    assert l10n("check", "--fail-on", "never").returncode == 0


def test_thresholds_of_a_locale_and_of_articles(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], ""))
    settings = faro / "l10n.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + "[check.en]\nmin_translated = 50\n", encoding="utf-8")
    assert l10n("check").returncode == 0
    settings.write_text(
        before + "[check.en]\nmin_translated = 50\n"
        '[[check.article]]\npath = "fa*"\nmin_translated = 80\n',
        encoding="utf-8",
    )
    assert l10n("check").returncode == 1


def test_an_edited_article_is_stale_until_update(l10n: Run, faro: Path) -> None:
    article = faro / "locales/es/articles/faro.txt"
    article.write_text(
        article.read_text(encoding="utf-8") + "\nUn párrafo más.\n", encoding="utf-8"
    )
    run = l10n("check")
    assert run.returncode == 1
    assert (
        "1 text of the article is not in the catalog (locales/es/articles/faro.txt:5)"
        in run.stdout
    )
    assert l10n("update").returncode == 0
    assert "[stale-catalog]" not in l10n("check").stdout


def test_articles_and_catalogs_without_each_other(l10n: Run, newsroom: Path) -> None:
    write(newsroom, *COMPLETE)
    (newsroom / "locales/en/LC_MESSAGES/gone.po").write_text(HEADER, encoding="utf-8")
    run = l10n("check", "--format", "json")
    assert sorted(findings(run)) == [
        ("article-without-catalog", "error"),
        ("catalog-without-article", "warning"),
    ]


def test_a_damaged_catalog_is_told_and_the_others_are_checked(l10n: Run, faro: Path) -> None:
    bad = faro / "locales/en/LC_MESSAGES/bad.po"
    bad.write_text(HEADER + '\nmsgid "Hola"\nmsgstr "Hello\n', encoding="utf-8")
    run = l10n("check", "--format", "json")
    assert run.returncode == 2
    assert ("damaged-catalog", "error") in findings(run)
    assert f"{bad}:10:" in run.stderr
    assert [one["path"] for one in json.loads(run.stdout)["catalogs"]][1] == FARO
    assert "Traceback" not in run.stderr
    assert l10n("check", "--only", "completeness").returncode == 2


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (catalog(*COMPLETE).replace("\n", "\r\n").encode(), 0),
        (b"\xef\xbb\xbf" + catalog(*COMPLETE).encode(), 0),
        (catalog(*COMPLETE).replace("UTF-8", "ISO-8859-1").encode("latin-1"), 0),
        (catalog(*COMPLETE, comment="#= fuzzy\n").encode(), 1),
        (b"", 1),
        (b"\x00\x01\x02", 2),
        ((HEADER + '\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n').encode(), 2),
        (catalog(("a", "b\\q")).encode(), 2),
        (catalog(*COMPLETE).encode()[:-9], 2),
    ],
    ids=["crlf", "bom", "latin1", "sticky", "empty", "binary", "twice", "escape", "cut"],
)
def test_catalogs_as_they_are_in_the_wild(
    l10n: Run, faro: Path, data: bytes, status: int
) -> None:
    (faro / FARO).write_bytes(data)
    run = l10n("check")
    assert "Traceback" not in run.stderr
    assert "internal error" not in run.stderr
    if status == 0 and run.returncode == 2:
        # Refusing is right as long as the line says why; reading it wrongly is not.
        assert f"{faro / FARO}:" in run.stderr
    else:
        assert run.returncode == status, run.stdout + run.stderr


def test_a_catalog_in_the_wrong_folder(l10n: Run, faro: Path) -> None:
    path = faro / FARO
    path.write_text(
        path.read_text(encoding="utf-8").replace("Language: en", "Language: fr"),
        encoding="utf-8",
    )
    run = l10n("check", "--format", "json")
    assert ("wrong-language", "error") in findings(run)


def test_quality_rules_and_the_comment_that_silences_them(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], "The Punta Seca lighthouse closes in March."))
    assert findings(l10n("check", "--format", "json")) == [("calendar", "error")]
    write(
        faro,
        COMPLETE[0],
        (COMPLETE[1][0], "The Punta Seca lighthouse closes in March."),
        comment="# l10n-ignore: calendar\n",
    )
    assert l10n("check").returncode == 0


def test_ignoring_survives_msgmerge(l10n: Run, faro: Path) -> None:
    path = write(
        faro, (COMPLETE[1][0], "It closes in March."), comment="# l10n-ignore: calendar\n"
    )
    template = faro / "new.pot"
    template.write_text(catalog((COMPLETE[1][0], "")), encoding="utf-8")
    subprocess.run(["msgmerge", "-q", "-U", path, template], check=True, timeout=30)
    assert "# l10n-ignore: calendar" in path.read_text(encoding="utf-8")
    assert "calendar" not in l10n("check", "--format", "json").stdout


def test_severities_of_the_project(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], "The Punta Seca lighthouse closes in March."))
    settings = faro / "l10n.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '[check.rules]\ncalendar = "off"\n',
        encoding="utf-8",
    )
    assert l10n("check").returncode == 0


def test_a_mistyped_rule_of_the_project_is_an_error(l10n: Run, faro: Path) -> None:
    settings = faro / "l10n.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + '[check]\nrules = { numbr = "off" }\n', encoding="utf-8")
    run = l10n("check")
    assert run.returncode == 2
    assert f"{settings}:5: no such rule: numbr\n  hint: did you mean number?" in run.stderr


def test_thresholds_for_no_article_are_told(l10n: Run, faro: Path) -> None:
    settings = faro / "l10n.toml"
    before = settings.read_text(encoding="utf-8")
    table = '[[check.article]]\npath = "{}"\nmin_reviewed = 0\n'
    settings.write_text(before + table.format("faro.txt"), encoding="utf-8")
    run = l10n("check", "--format", "json")
    assert run.returncode == 0
    (finding,) = json.loads(run.stdout)["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == (
        "unused-setting",
        "l10n.toml",
        5,
    )
    settings.write_text(before + table.format("far*"), encoding="utf-8")
    assert findings(l10n("check", "--format", "json")) == []


def test_a_project_without_articles_is_told(l10n: Run, tmp_path: Path) -> None:
    l10n("init")
    run = l10n("check", "--format", "json")
    assert (run.returncode, run.stdout) == (2, "")
    assert "l10n.toml:3: there is no article in locales/es/articles" in run.stderr


def test_an_article_stands_for_its_catalogs(l10n: Run, faro: Path) -> None:
    run = l10n("check", "locales/es/articles/faro.txt", "--format", "json")
    assert [one["path"] for one in json.loads(run.stdout)["catalogs"]] == [FARO]
    (faro / FARO).unlink()
    run = l10n("check", "locales/es/articles/faro.txt")
    assert (run.returncode, "no catalog yet\n  hint: l10n update" in run.stderr) == (2, True)


def test_a_folder_without_catalogs_is_wrong_use(l10n: Run, faro: Path) -> None:
    (faro / "notes").mkdir()
    run = l10n("check", "notes")
    assert (run.returncode, "no catalog in this folder" in run.stderr) == (2, True)


def test_each_catalog_is_judged_by_the_project_it_lies_in(l10n: Run, faro: Path) -> None:
    """One repository, two projects: each keeps its articles, its thresholds and its fail_on."""
    other = faro / "docs"
    (other / "locales/es/articles").mkdir(parents=True)
    (other / "l10n.toml").write_text('[check]\nfail_on = "warning"\n', encoding="utf-8")
    (other / "locales/es/articles/faro.txt").write_text("Otro faro\n", encoding="utf-8")
    path = other / FARO
    path.parent.mkdir(parents=True)
    path.write_text(catalog(("Un faro", "A lighthouse")), encoding="utf-8")
    run = l10n("check", FARO, path, "--format", "json")
    report = json.loads(run.stdout)
    assert [one["path"] for one in report["catalogs"]] == [f"docs/{FARO}", FARO]
    assert [(one["rule"], one["path"]) for one in report["findings"]] == [
        ("stale-catalog", f"docs/{FARO}")
    ]
    assert run.returncode == 1
    path.write_text(catalog(("Otro faro", "The the lighthouse")), encoding="utf-8")
    assert l10n("check", path).returncode == 1
    assert l10n("check", path, cwd=other.parent.parent).returncode == 1
    assert l10n("check", FARO).returncode == 0


def test_a_broken_link_is_a_damaged_catalog(l10n: Run, faro: Path) -> None:
    loop = faro / "locales/en/LC_MESSAGES/loop.po"
    loop.symlink_to(loop)
    run = l10n("check")
    assert run.returncode == 2
    assert run.stderr.startswith(f"l10n: {loop}: ")


def test_drafts_are_judged_only_when_asked(l10n: Run, faro: Path) -> None:
    write(faro, (COMPLETE[1][0], "It closes in March."), comment="#, fuzzy\n")
    assert "calendar" not in l10n("check").stdout
    assert "calendar" in l10n("check", "--drafts").stdout


def test_only_and_its_typing_mistakes(l10n: Run, faro: Path) -> None:
    run = l10n("check", "--only", "calender")
    assert run.returncode == 2
    assert "did you mean calendar?" in run.stderr
    assert l10n("check", "--only", "completeness").returncode == 0


def test_no_count_calls_a_changed_article_complete(l10n: Run, faro: Path) -> None:
    article = faro / "locales/es/articles/faro.txt"
    assert "100 %" in l10n("check", "--format", "shields").stdout
    with article.open("a", encoding="utf-8") as file:
        file.write("\nSe vende la linterna.\n")
    run = l10n("check", "--only", "completeness", "--format", "json")
    assert (run.returncode, findings(run)) == (1, [("stale-catalog", "error")])
    for form in ("shields", "badge"):
        run = l10n("check", "--only", "completeness", "--format", form)
        assert "66 %" in run.stdout
    assert "(66.6 %)" in l10n("status").stdout
    l10n("update")
    assert findings(l10n("check", "--only", "completeness", "--format", "json")) == [
        ("min-translated", "error")
    ]


def test_a_catalog_without_article_counts_nowhere(l10n: Run, faro: Path) -> None:
    (faro / "locales/en/LC_MESSAGES/gone.po").write_text(
        catalog(("Adiós.", ""), ("Hasta luego.", "See you.")), encoding="utf-8"
    )
    totals = json.loads(l10n("check", "--format", "json").stdout)["totals"]
    rows = json.loads(l10n("status", "--format", "json").stdout)
    assert (totals["translated"], totals["untranslated"]) == (2, 0)
    assert sum(row["translated"] for row in rows) == 2


def test_without_a_project_the_header_tells_the_locales(l10n: Run, tmp_path: Path) -> None:
    (tmp_path / "some.po").write_text(
        catalog(("Cierra en mayo.", "It closes in March.")), encoding="utf-8"
    )
    run = l10n("check", "some.po")
    assert run.returncode == 1
    assert "calendar" in run.stdout
    assert l10n("check").returncode == 2


def test_a_second_check_gives_the_same_report(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], "It closes in March , maybe."))
    first = l10n("check", "--format", "json").stdout
    assert (faro / ".l10n/ledger.sqlite").is_file()
    assert l10n("check", "--format", "json").stdout == first
    assert l10n("check", "--format", "json", "--no-cache").stdout == first
    (faro / ".l10n/ledger.sqlite").write_bytes(
        b"not a database at all, but long enough to be read"
    )
    assert l10n("check", "--format", "json").stdout == first


def test_a_change_of_the_same_size_is_seen(l10n: Run, faro: Path) -> None:
    l10n("check")
    write(faro, COMPLETE[0], (COMPLETE[1][0], "The Punta Seca lighthouse closes  n May."))
    assert "double-space" in l10n("check").stdout


def test_since_looks_at_changed_articles_and_catalogs(l10n: Run, faro: Path) -> None:
    (faro / "locales/es/articles/otro.txt").write_text("Otro\n\nTexto.\n", encoding="utf-8")
    committed(faro)
    assert l10n("check").returncode == 1
    assert l10n("check", "--since", "main").returncode == 0
    git(faro, "checkout", "-q", "-b", "work")
    article = faro / "locales/es/articles/faro.txt"
    article.write_text("El faro se apaga\n", encoding="utf-8")
    run = l10n("check", "--since", "main", "--format", "json")
    assert findings(run) == [("stale-catalog", "error")]
    git(faro, "commit", "-q", "-a", "-m", "Shorten")
    assert findings(l10n("check", "--since", "main", "--format", "json")) == [
        ("stale-catalog", "error")
    ]


@pytest.mark.parametrize("option", ["--since", "--no-worse-than"])
def test_an_empty_revision_is_refused(l10n: Run, faro: Path, option: str) -> None:
    committed(faro)
    run = l10n("check", option, "")
    assert run.returncode == 2
    assert run.stderr.count("l10n: ") == 1


def test_since_follows_a_renamed_article(l10n: Run, faro: Path) -> None:
    committed(faro)
    git(faro, "mv", "locales/es/articles/faro.txt", "locales/es/articles/luz.txt")
    run = l10n("check", "--since", "main", "--format", "json")
    assert sorted(findings(run)) == [
        ("article-without-catalog", "error"),
        ("catalog-without-article", "warning"),
    ]


def test_since_without_git_or_with_a_shallow_clone(
    l10n: Run, faro: Path, tmp_path: Path
) -> None:
    run = l10n("check", "--since", "main")
    assert (run.returncode, "no git repository" in run.stderr) == (2, True)
    committed(faro)
    git(faro, "commit", "-q", "--allow-empty", "-m", "More")
    assert "does not know" in l10n("check", "--since", "nowhere").stderr
    clone = tmp_path / "clone"
    git(faro, "clone", "-q", "--depth", "1", f"file://{faro}", str(clone))
    run = l10n("check", "--since", "HEAD~1", cwd=clone)
    assert (run.returncode, "--unshallow" in run.stderr) == (2, True)


def test_no_worse_than(l10n: Run, faro: Path) -> None:
    committed(faro)
    assert l10n("check", "--no-worse-than", "main", "--min-translated", "0").returncode == 0
    write(faro, COMPLETE[0], (COMPLETE[1][0], ""))
    run = l10n("check", "--no-worse-than", "main", "--min-translated", "0", "--format", "json")
    assert run.returncode == 1
    assert findings(run) == [("worse-than-base", "error")]


def test_a_baseline_hides_what_is_known_even_when_lines_move(l10n: Run, faro: Path) -> None:
    wrong = (COMPLETE[1][0], "The Punta Seca lighthouse closes in March.")
    write(faro, COMPLETE[0], wrong)
    run = l10n("check", "--write-baseline", "known.json")
    assert (run.returncode, "1 finding is known now" in run.stderr) == (0, True)
    write(faro, wrong, COMPLETE[0])
    run = l10n("check", "--baseline", "known.json")
    assert run.returncode == 0
    assert "1 known to the baseline" in run.stdout
    write(faro, wrong, ("El faro se apaga", "The lighthouse goes  dark"))
    run = l10n("check", "--baseline", "known.json", "--format", "json")
    assert findings(run) == [("double-space", "warning")]
    run = l10n("check", "--baseline", "missing.json")
    assert (run.returncode, "--write-baseline" in run.stderr) == (2, True)


def test_a_baseline_does_not_hide_another_mistake_of_the_same_kind(
    l10n: Run, faro: Path
) -> None:
    wrong = (COMPLETE[1][0], "The Punta Seca lighthouse closes in March.")
    write(faro, COMPLETE[0], wrong)
    assert l10n("check", "--write-baseline", "known.json").returncode == 0
    assert l10n("check", "--baseline", "known.json").returncode == 0
    write(faro, COMPLETE[0], (wrong[0], "The lighthouse of Punta Seca closes in April."))
    run = l10n("check", "--baseline", "known.json")
    assert (run.returncode, "April" in run.stdout) == (1, True)


def test_fix_shows_a_diff_and_writes_only_when_told(l10n: Run, faro: Path) -> None:
    path = write(
        faro, COMPLETE[0], (COMPLETE[1][0], "The Punta Seca  lighthouse closes in may .")
    )
    before = path.read_bytes()
    run = l10n("check", "--fix")
    assert '-msgstr "The Punta Seca  lighthouse closes in may ."' in run.stderr
    assert '+msgstr "The Punta Seca lighthouse closes in May."' in run.stderr
    assert path.read_bytes() == before
    run = l10n("check", "--fix", "--yes")
    assert run.returncode == 0, run.stdout
    assert "closes in May." in path.read_text(encoding="utf-8")


def test_fix_leaves_reviewed_translations_alone(l10n: Run, faro: Path) -> None:
    path = write(
        faro, COMPLETE[0], (COMPLETE[1][0], "The Punta Seca  lighthouse closes in May.")
    )
    assert l10n("approve", "--by", "Ana", "--yes", "en").returncode == 0
    before = path.read_bytes()
    assert "Nothing to mend" in l10n("check", "--fix", "--yes").stderr
    assert path.read_bytes() == before
    l10n("check", "--fix", "--yes", "--include-reviewed")
    counts = json.loads(l10n("check", "--format", "json").stdout)["totals"]
    assert (counts["translated"], counts["reviewed"]) == (2, 1)


def test_explain_in_both_languages(l10n: Run) -> None:
    assert "Spanish opens" in l10n("check", "--explain", "opening-mark").stdout
    assert "did you mean number?" in l10n("check", "--explain", "numbr").stderr


def test_several_reports_at_once(l10n: Run, faro: Path) -> None:
    write(faro, COMPLETE[0], (COMPLETE[1][0], "It closes in March."))
    names = (
        "json",
        "github",
        "sarif",
        "junit",
        "gitlab",
        "summary",
        "badge",
        "shields",
        "text",
    )
    outputs = [part for name in names for part in ("--output", f"{name}=out/{name}")]
    run = l10n("check", *outputs)
    assert run.returncode == 1
    assert {path.name for path in (faro / "out").iterdir()} == set(names)
    assert l10n("check", "--output", "pdf=x").returncode == 2


def test_the_glossary_of_the_project(l10n: Run, faro: Path) -> None:
    (faro / "locales/glossary.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\n"
        "es,faro,en,lighthouse,,\n",
        encoding="utf-8",
    )
    assert l10n("check").returncode == 0
    write(faro, ("El faro se apaga", "The beacon goes dark"), COMPLETE[1])
    assert "faro is to be lighthouse" in l10n("check").stdout


def test_the_tools_own_interface_catalogs_are_no_articles(l10n: Run, faro: Path) -> None:
    path = faro / "locales/en/LC_MESSAGES/l10n.po"
    text = HEADER + (
        '\n#, python-brace-format\nmsgid "{n} borrador de {name}"\nmsgid_plural "{n} borradores de {name}"\n'
        'msgstr[0] "one draft of {name}"\nmsgstr[1] "{n} drafts of {name}"\n'
        '\nmsgid "Pulse Ctrl+S"\nmsgstr "Press Ctrl+S"\n'
    )
    path.write_text(text, encoding="utf-8")
    assert findings(l10n("check", "--format", "json")) == []
    path.write_text(text.replace("drafts of {name}", "drafts of {nom}"), encoding="utf-8")
    assert findings(l10n("check", "--format", "json")) == [("variable", "error")]


def test_polib_as_a_second_reader_is_asked_for_by_name(l10n: Run, tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"\n\n'
    entries = 'msgid "sol"\nmsgstr "sun"\n\nmsgid "campana"\nmsgstr "bell \\a"\n'
    (tmp_path / "a.po").write_text(header + entries, encoding="utf-8")
    plain = l10n("check", "a.po", "--no-cache")
    assert "read-differently" not in plain.stdout
    asked = l10n(
        "check", "a.po", "--no-cache", "--only", "read-differently", "--severity", "info"
    )
    assert asked.stdout.count("[read-differently]") == 1
    assert "  7: " in asked.stdout
