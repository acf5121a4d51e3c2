"""What survives the programs that translators use: a catalog out, through a program, and back.

    .venv/bin/python tests/benchmarks/bench_exchange.py

Programs are run where they are installed, and named where they are not: msgcat and msgmerge (gettext), omegat, poedit
(with xvfb-run and xdotool), po2xliff and xliff2po (translate-toolkit), the library of translate-toolkit as Weblate uses
it (L10N_TRANSLATE, a Python that has it; else python3), the formats of Weblate (L10N_WEBLATE, a Python that has it, with
DJANGO_SETTINGS_MODULE), the npm package xliff (L10N_NODE, the folder with its
node_modules). With L10N_XLIFF_SCHEMAS, a folder with the schemas of OASIS (xliff-core-1.2-strict.xsd, and xliff_core_2.0.xsd
with matches.xsd, metadata.xsd, size_restriction.xsd), what leaves is validated with xmllint.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n import desk
from l10n.catalog import Catalog
from l10n.exchange import catalogs as po
from l10n.exchange import packs, reading
from l10n.exchange.inline import codes, has_the_words, split
from l10n.exchange.messages import Answer, Message, messages_of
from l10n.model import Origin, State
from l10n.project import Project

ROOT = Path(__file__).parents[2]
MODULES = {
    "document": "xliff_core_2.0",
    "matches": "matches",
    "metadata": "metadata",
    "sizerestriction": "size_restriction",
}
LIMIT = 120
"""Seconds that a program may take."""

_LIBRARY = """
import sys
from translate.storage import factory
if b'version="2' in open(sys.argv[1], "rb").read(200):
    from translate.storage.xliff2 import Xliff2File
    store = Xliff2File.parsefile(sys.argv[1])
else:
    store = factory.getobject(sys.argv[1])
for unit in store.units:
    if unit.istranslatable() and not unit.target:
        unit.target = "x"; unit.target = ""
store.savefile(sys.argv[2])
"""
_WEBLATE = """
import sys
from unittest.mock import MagicMock
for name in ("cairo", "gi", "gi.repository"):
    sys.modules[name] = MagicMock()
import django
django.setup()
from weblate.formats import ttkit
store = getattr(ttkit, sys.argv[1])(sys.argv[2])
for unit in store.content_units:
    unit.set_target(unit.target)
store.save()
"""
"""Weblate draws with cairo what nobody asks of it here."""
_NODE = """
import fs from 'fs'; import xliff from 'xliff'
const [,, version, source, target] = process.argv, text = fs.readFileSync(source, 'utf8')
fs.writeFileSync(target, version === '1.2' ? await xliff.jsToXliff12(await xliff.xliff12ToJs(text))
                                           : await xliff.js2xliff(await xliff.xliff2js(text)))
"""
_POEDIT = """
poedit "$1" > /dev/null 2>&1 & pid=$!
sleep 8
xdotool windowfocus "$(xdotool search --onlyvisible --class poedit | tail -1)"; sleep 1
xdotool key ctrl+u; sleep 1; xdotool key ctrl+u; sleep 1; xdotool key ctrl+s; sleep 3
kill $pid
"""
"""Marks the first text as unfinished and as finished again, so that there is something to save."""

Through = Callable[[Path, Path], Path | None]
"""Takes a file through a program in a folder, and gives what came out; None where the program is not there."""


@dataclass(frozen=True)
class Program:
    """A way through a program."""

    name: str
    form: str
    """What it is given: `po`, `xliff`, `xliff-2.1`."""
    through: Through


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a program; CalledProcessError and TimeoutExpired where it fails."""
    environment = {**os.environ, "HOME": tempfile.gettempdir()}
    subprocess.run(
        list(map(str, command)),
        check=True,
        capture_output=True,
        timeout=LIMIT,
        cwd=cwd,
        env=environment,
    )


def by(*command: str) -> Through:
    """Run a command whose `{source}` and `{target}` are files."""

    def through(source: Path, folder: Path) -> Path | None:
        if shutil.which(command[0]) is None:
            return None
        target = folder / f"out{source.suffix}"
        run(*(part.format(source=source, target=target, folder=folder) for part in command))
        return target

    return through


def poedit(source: Path, folder: Path) -> Path | None:
    if not all(map(shutil.which, ("poedit", "xvfb-run", "xdotool"))):
        return None
    target = Path(shutil.copy(source, folder / f"poedit{source.suffix}"))
    run("xvfb-run", "-a", "sh", "-c", _POEDIT, "sh", target)
    return target


def omegat(source: Path, folder: Path) -> Path | None:
    if shutil.which("omegat") is None:
        return None
    members = {
        packs.OMEGAT: packs.omegat_project("es", "en"),
        f"source/{source.name}": source.read_bytes(),
        **{
            f"{name}/.keep": b""
            for name in ("target", "tm", "glossary", "dictionary", "omegat")
        },
    }
    packs.write(folder / "pack", members)
    run("omegat", folder / "pack", "--mode=console-translate")
    return folder / "pack/target" / source.name


def library(source: Path, folder: Path) -> Path | None:
    python = os.environ.get("L10N_TRANSLATE", "/usr/bin/python3")
    try:
        run(python, "-c", "import translate.storage.factory")
    except (OSError, subprocess.CalledProcessError):
        return None
    run(python, "-c", _LIBRARY, source, folder / f"out{source.suffix}")
    return folder / f"out{source.suffix}"


def weblate(form: str) -> Through:
    def through(source: Path, folder: Path) -> Path | None:
        python = os.environ.get("L10N_WEBLATE", "")
        if not python:
            return None
        target = Path(shutil.copy(source, folder / f"weblate{source.suffix}"))
        run(python, "-c", _WEBLATE, form, target)
        return target

    return through


def node(version: str) -> Through:
    def through(source: Path, folder: Path) -> Path | None:
        modules = os.environ.get("L10N_NODE", "")
        if not modules or shutil.which("node") is None:
            return None
        script = Path(modules) / "through.mjs"
        script.write_text(_NODE)
        run("node", script, version, source, folder / "out.xlf")
        return folder / "out.xlf"

    return through


def converted(source: Path, folder: Path) -> Path | None:
    if shutil.which("xliff2po") is None:
        return None
    run("xliff2po", source, folder / "out.po")
    return folder / "out.po"


PROGRAMS = (
    Program("msgcat", "po", by("msgcat", "--no-wrap", "{source}", "-o", "{target}")),
    Program(
        "msgmerge with a template",
        "po",
        by("msgmerge", "-q", "{source}", "{source}", "-o", "{target}"),
    ),
    Program(
        "msgattrib --no-obsolete",
        "po",
        by("msgattrib", "--no-obsolete", "{source}", "-o", "{target}"),
    ),
    Program("OmegaT, console", "po", omegat),
    Program("Poedit", "po", poedit),
    Program("Poedit", "xliff", poedit),
    Program("Poedit", "xliff-2.1", poedit),
    Program("translate-toolkit, library", "po", library),
    Program("translate-toolkit, library", "xliff", library),
    Program("translate-toolkit, library", "xliff-2.1", library),
    Program("Weblate, PO", "po", weblate("PoFormat")),
    Program("Weblate, XLIFF with placeables", "xliff", weblate("RichXliffFormat")),
    Program("Weblate, XLIFF", "xliff", weblate("XliffFormat")),
    Program("translate-toolkit, xliff2po", "xliff", converted),
    Program("npm xliff", "xliff", node("1.2")),
    Program("npm xliff", "xliff-2.1", node("2.1")),
)


def prepare(folder: Path) -> Project:
    """Make a project of the newsroom's catalogs with every state in them."""
    shutil.copytree(ROOT / "locales", folder / "locales")
    shutil.copy(ROOT / "l10n.toml", folder)
    project = Project.find(folder)
    for path in project.catalogs("en"):
        catalog = Catalog.load(path)
        for number, entry in enumerate(catalog.entries):
            if number % 5 == 1:
                entry.reject()
            elif number % 7 == 2:
                entry.fill(entry.msgstr, origin=Origin.MT, mt="argos:es-en")
            elif number % 11 == 3:
                entry.translate(entry.msgstr)
            if number % 6 == 0:
                entry.set_notes([f"Ask the editor about {number}."])
        catalog.save()
    return project


def shares(catalog: Path, answer: Path) -> list[str]:
    """Return how much of text, state, stamp, notes and placeholders is in what came out of a program."""
    read = po.read if answer.suffix == ".po" else reading.read
    answers = {found.identifier: found for file in read(answer) for found in file.answers}
    mine = list(messages_of(Catalog.load(catalog)))
    there = [
        (message, answers.get(message.identifier) or by_words(message, answers.values()))
        for message in mine
    ]
    tests: list[Callable[[Message, Answer], bool]] = [
        lambda m, a: has_the_words(split(m.target), a.target),
        lambda m, a: (a.state if a.target else State.UNTRANSLATED) is m.entry.state,
        lambda m, a: set(m.entry.notes) <= set(a.notes),
        lambda m, a: len(codes(a.target)) == len(codes(split(m.target))),
    ]
    texts, states, notes, placeholders = (
        [a is not None and test(m, a) for m, a in there] for test in tests
    )
    stamps = None
    if answer.suffix == ".po":
        stamps = [
            other is not None and stamp(answer, message) is not None
            for message, other in there
            if message.entry.state is State.REVIEWED
        ]
    cells = (texts, states, stamps, notes, placeholders)
    return [
        "-" if cell is None else f"{100 * sum(cell) / max(1, len(cell)):.1f}" for cell in cells
    ]


def by_words(message: Message, answers: Sequence[Answer]) -> Answer | None:
    source = split(message.source)
    return next((a for a in answers if has_the_words(a.source, source)), None)


def stamp(answer: Path, message: Message) -> object:
    entry = Catalog.load(answer).find(message.entry.msgid, message.entry.msgctxt)
    return entry and entry.stamp


def taken(project: Project, answer: Path, catalog: Path) -> str:
    """Return how many entries of a catalog say after taking an answer in what they said before."""
    before = {
        entry.key: (entry.msgstrs, entry.state, entry.stamp)
        for entry in Catalog.load(catalog).entries
    }
    list(desk.unpack([answer], project=project))
    after = Catalog.load(catalog).entries
    same = sum(
        before[entry.key] == (entry.msgstrs, entry.state, entry.stamp) for entry in after
    )
    return f"{same}/{len(after)}"


def export(catalog: Path, form: str, target: Path) -> Path:
    if form == "po":
        return Path(shutil.copy(catalog, target.with_suffix(".po")))
    version = "1.2" if form == "xliff" else "2.1"
    (document,) = desk.export_xliff([catalog], desk.ExportRequest(version))
    target.write_text(document.text, encoding="utf-8")
    validate(target, version)
    return target


def validate(path: Path, version: str) -> None:
    """Check a document against the schemas, where they are."""
    schemas = os.environ.get("L10N_XLIFF_SCHEMAS")
    if not schemas:
        return
    schema = Path(schemas) / "xliff-core-1.2-strict.xsd"
    if version == "2.1":
        # The core leaves the modules to whoever imports them.
        schema = path.with_name("all.xsd")
        imports = "".join(
            f'<xs:import namespace="urn:oasis:names:tc:xliff:{name}:2.0" schemaLocation="{schemas}/{file}.xsd"/>'
            for name, file in MODULES.items()
        )
        schema.write_text(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
        )
    run("xmllint", "--nonet", "--noout", "--schema", schema, path)
    print(f"{path.name} is valid XLIFF {version}", file=sys.stderr)


def main() -> int:
    """Print a row for each program: percent of texts, states, stamps, notes, placeholders; and what is taken in."""
    print(
        f"{'program':32}{'form':11}{'text':>7}{'state':>7}{'stamp':>7}{'notes':>7}{'codes':>7}  as before"
    )
    for program in PROGRAMS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            project = (
                prepare(folder / "project") if (folder / "project").mkdir() is None else None
            )
            assert project
            catalog = project.catalog_path("feria", "en")
            source = export(catalog, program.form, folder / "feria.xlf")
            try:
                answer = program.through(source, folder)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                print(f"{program.name:32}{program.form:11}  failed: {error}")
                continue
            if answer is None:
                print(f"{program.name:32}{program.form:11}  not installed")
                continue
            cells = "".join(f"{cell:>7}" for cell in shares(catalog, answer))
            print(
                f"{program.name:32}{program.form:11}{cells}  {taken(project, answer, catalog)}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
