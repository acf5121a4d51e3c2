"""Packs for translators: folders and zip files, what is in them, and what came back in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.sax.saxutils import escape

from l10n.errors import L10nError, UsageError
from l10n.exchange.messages import Basis, read_basis
from l10n.files import read_bytes, write_atomically
from l10n.foreign import ForeignError, foreign_data, load_json
from l10n.interface import gettext as _
from l10n.text.visible import dump_json

MANIFEST = "l10n-pack.json"
"""What a pack tells of itself: which file is of which catalog, and what each text said when it left."""
ANSWERS = frozenset({".xlf", ".xliff", ".po"})
OMEGAT = "omegat.project"
_LARGEST = 1 << 28
"""Bytes of everything in a zip file together; more is no answer of a translator."""
_MANY = 10_000
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a zip file: the same pack is the same bytes."""
_NOT_ANSWERS = frozenset({"original", "preview", "memory", "terms", "tm", "glossary", "omegat"})
"""Folders of a pack that hold what goes along."""

Members = Mapping[str, bytes]
"""Content by path in the pack, with `/`."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of its files."""

    catalogs: Mapping[str, str]
    """Path of the catalog in its project, by the name of the file without folder."""
    bases: Mapping[str, Mapping[str, Basis]]
    """What each text said when it left, by catalog and name of the text."""


def write(path: Path, members: Members) -> None:
    """Write a pack as a folder, or as one file where its name ends in `.zip`; UsageError for a folder with files in it."""
    if path.suffix.lower() == ".zip":
        write_atomically(path, _zipped(members))
        return
    # What an earlier pack left, an answer even, would be taken for a part of this one.
    if path.is_dir() and any(path.iterdir()):
        raise UsageError(_("the folder is not empty"), path=path, hint=_("name a new one"))
    for name, content in members.items():
        write_atomically(path / name, content)


def _zipped(members: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(path: Path) -> Members:
    """Return what may be an answer in a pack that came back, and its manifest; L10nError for what is no pack."""
    members = dict(_below(path) if path.is_dir() else _in_zip(path))
    answers = {name: content for name, content in members.items() if _is_answer(name)}
    translated = {name: content for name, content in answers.items() if _is_in(name, "target")}
    if any(PurePosixPath(name).name == OMEGAT for name in members):
        # In a project of OmegaT `source` holds what left; what was translated is made when the translator asks for it.
        if not translated:
            message = _(
                "nothing was translated in this OmegaT project yet: target/ holds nothing"
            )
            hint = _("in OmegaT: Project, Create Translated Documents")
            raise L10nError(message, path=path, hint=hint)
        answers = translated
    if not answers:
        message = _("there is no XLIFF and no PO in it")
        raise L10nError(message, path=path)
    manifest = {
        name: content
        for name, content in members.items()
        if PurePosixPath(name).name == MANIFEST
    }
    return {**answers, **manifest}


def write_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as a file."""
    bases = {
        catalog: {name: f"{basis.hash} {basis.state}" for name, basis in texts.items()}
        for catalog, texts in manifest.bases.items()
    }
    value = {"version": 1, "catalogs": dict(manifest.catalogs), "bases": bases}
    return dump_json(value, indent=1).encode()


def read_manifest(content: bytes, path: Path) -> Manifest:
    """Return what a manifest says; L10nError where it is damaged."""
    try:
        value: Any = load_json(content)
        with foreign_data():
            catalogs = {str(name): str(place) for name, place in value["catalogs"].items()}
            bases = {
                str(catalog): {
                    str(name): basis
                    for name, text in texts.items()
                    if (basis := read_basis(str(text)))
                }
                for catalog, texts in value["bases"].items()
            }
    except ForeignError as error:
        message = _("the file is damaged: {reason}").format(reason=error)
        hint = _("delete it: the texts themselves tell what they are")
        raise L10nError(message, path=path / MANIFEST, hint=hint) from error
    return Manifest(catalogs, bases)


def omegat_project(source: str, target: str) -> bytes:
    """Return the project file of OmegaT; a unit is a segment there, since translations of units come along."""
    folders = "".join(
        f"<{name}_dir>__DEFAULT__</{name}_dir>\n"
        for name in ("source", "target", "tm", "glossary", "dictionary")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<omegat>\n<project version="1.0">\n{folders}'
        f"<source_lang>{escape(source)}</source_lang>\n"
        f"<target_lang>{escape(target)}</target_lang>\n"
        "<sentence_seg>false</sentence_seg>\n"
        "<support_default_translations>true</support_default_translations>\n"
        "<remove_tags>false</remove_tags>\n"
        "</project>\n</omegat>\n"
    ).encode()


def _is_answer(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in ANSWERS and not any(_is_in(name, top) for top in _NOT_ANSWERS)


def _is_in(name: str, folder: str) -> bool:
    return folder in PurePosixPath(name).parts[:-1]


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in ANSWERS or path.name in {MANIFEST, OMEGAT}


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_wanted(name) and path.is_file():
            yield name, read_bytes(path)


def _in_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        content = read_bytes(path)
    except OSError as error:
        reason = _("cannot be read: {reason}").format(reason=error.strerror)
        raise L10nError(reason, path=path) from error
    try:
        with foreign_data():
            archive = zipfile.ZipFile(io.BytesIO(content))
            infos = [info for info in archive.infolist() if _is_wanted(info.filename)]
        # What it says of itself may be less than what comes out of it: so much is read and no more.
        if len(infos) > _MANY or sum(info.file_size for info in infos) > _LARGEST:
            raise L10nError(_("there is more in it than any answer has"), path=path)
        for info in infos:
            with foreign_data(), archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
            yield info.filename, data
    except ForeignError as error:
        message = _("the file is no {format}").format(format="zip")
        raise L10nError(message, path=path) from error
