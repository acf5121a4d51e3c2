"""Where keys and texts of a TOML file stand, however it is written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.errors import ProjectError
from l10n.project import Project
from l10n.project.toml_lines import KeyPath, TomlLines, read_toml

TRICKY = '''\
# source = "no"
source = "es" # targets = ["no"]
note = "targets = ['no'] # [export]"
targets = [ # first
  "en", # an array over lines, ] in a comment
  "fr",
]
"quoted.key" = 1.5
a.b . "c d" = 1979-05-27 07:32:00
text = """
[export]
out = "no"
five quotes: ""\\""""
raw = \'\'\'
[[article]]
path = 'no' \'\'\'
[export]
out = "site"
[ check . en ]
rules = { glossary = "error", "spelling" = "off", deep = { x = [{ y = 1 }, { z = 2 }] } }
[[article]]
path = "es/a.txt"
[article.out]
en = "a.html"
[[article]] # the second
path = 'es/b.txt'
translations = { en = "en/b.txt" }
'''

PLACES: dict[KeyPath, int] = {
    ("source",): 2,
    ("note",): 3,
    ("targets",): 4,
    ("targets", 0): 5,
    ("targets", 1): 6,
    ("quoted.key",): 8,
    ("a",): 9,
    ("a", "b"): 9,
    ("a", "b", "c d"): 9,
    ("text",): 10,
    ("raw",): 14,
    ("export",): 17,
    ("export", "out"): 18,
    ("check",): 19,
    ("check", "en"): 19,
    ("check", "en", "rules", "spelling"): 20,
    ("check", "en", "rules", "deep", "x", 1, "z"): 20,
    ("article", 0): 21,
    ("article", 0, "path"): 22,
    ("article", 0, "out"): 23,
    ("article", 0, "out", "en"): 24,
    ("article", 1): 25,
    ("article", 1, "path"): 26,
    ("article", 1, "translations", "en"): 27,
}


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_a_key_is_found_in_its_table(path: KeyPath) -> None:
    assert TomlLines(TRICKY).keys[path] == PLACES[path]


def test_what_only_looks_like_a_key_is_none() -> None:
    keys = TomlLines(TRICKY).keys
    assert set(keys) == set(paths(tomllib.loads(TRICKY)))


@pytest.mark.parametrize(
    ("text", "line"),
    [("es", 2), ("fr", 6), ("es/b.txt", 26), ("en/b.txt", 27), ("glossary", 20), ("no", None)],
)
def test_a_text_is_found_as_value_or_key(text: str, line: int | None) -> None:
    assert TomlLines(TRICKY).of_text(text) == line


def test_a_key_that_is_missing_is_told_at_its_table() -> None:
    lines = TomlLines("[[article]]\npath = 'a'\n[[article]]\nslug = 'b'\n")
    assert lines.of_key(("article", 1, "out")) == 3
    assert lines.of_key(("nothing",)) is None


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every key and array element of a document, as tomllib reads it."""
    if path:
        yield path
    if isinstance(value, dict):
        children: Any = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    else:
        return
    for key, child in children:
        yield from paths(child, (*path, key))


NAMES = st.text("ab=#[]{}.,\"' é", min_size=1, max_size=4)
LEAVES = st.one_of(
    NAMES, st.integers(0, 99), st.booleans(), st.floats(0, 9).map(lambda x: round(x, 2))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=6,
)


def written(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{json.dumps(k, ensure_ascii=False)} = {written(v)}" for k, v in value.items()
            )
            + "}"
        )
    if isinstance(value, list):
        return "[ # ]\n" + "".join(f"  {written(one)}, # {{\n" for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


# Drawing documents was called too slow on a loaded machine; what counts is what they say, not how long they take.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), max_size=3))
def test_every_key_of_any_document_has_a_line(document: dict[str, Any]) -> None:
    text = ""
    for name, table in document.items():
        text += f"[{json.dumps(name, ensure_ascii=False)}] # = [\n"
        text += "".join(
            f"{json.dumps(k, ensure_ascii=False)} = {written(v)}\n" for k, v in table.items()
        )
    assert tomllib.loads(text) == document
    lines = TomlLines(text)
    assert set(lines.keys) == set(paths(document))
    rows = text.splitlines()
    for path, line in lines.keys.items():
        if isinstance(path[-1], str):
            assert json.dumps(path[-1], ensure_ascii=False) in rows[line - 1]


@pytest.mark.parametrize("name", ["l10n.toml", "pyproject.toml"])
def test_a_mistake_is_told_where_it_is_not_where_its_name_is(tmp_path: Path, name: str) -> None:
    toml = (
        "# missing = 'x'\n[{0}check]\nfail_on = 'error'\n[[{0}article]]\npath = 'es/missing = 1'\n"
        "[{0}export]\n'missing' = 'nothing'\n"
    )
    path = tmp_path / name
    path.write_text(toml.format("tool.l10n." if name == "pyproject.toml" else ""), "utf-8")
    with pytest.raises(ProjectError) as caught:
        Project.load(path)
    assert caught.value.line == 7


def test_no_text_of_a_project_file_holds_the_character_nul(tmp_path: Path) -> None:
    path = tmp_path / "l10n.toml"
    for value in ('out = "a\\u0000b"', '"a\\U00000000" = 1', 'out = ["a", {b = "\\u0000"}]'):
        path.write_text(f'source = "es"\ntargets = ["en"]\n[export]\n{value}\n', "utf-8")
        with pytest.raises(ProjectError) as caught:
            Project.load(path)
        assert caught.value.line == 4
    assert read_toml_of(path, 'note = "C:\\\\u0000"') == {"note": "C:\\u0000"}


def read_toml_of(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, "utf-8")
    return read_toml(path)
