"""Packs for translators who work with their own tools, and what they send back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from l10n.catalog import Catalog
from l10n.desk.answering import Catalogs, TakenIn, take_answers
from l10n.desk.exchanging import matches_in, slug_of
from l10n.desk.memories import open_memory
from l10n.desk.publishing import publish_file
from l10n.desk.watching import OnProblem, ignore
from l10n.errors import UsageError
from l10n.exchange import catalogs as po
from l10n.exchange import packs, reading, xliff12, xliff21
from l10n.exchange.answers import Acceptance
from l10n.exchange.messages import AnsweredFile, Basis, hash_of, messages_of
from l10n.exchange.packs import Manifest, Members
from l10n.files import read_bytes
from l10n.glossary import Glossary, Term, tbx
from l10n.interface import gettext as _
from l10n.memory import Memory, Translation, tmx
from l10n.project import ArticleRef, Project

Form = Literal["xliff", "xliff-2.1", "po"]


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What a pack is to be."""

    target: str | None = None
    """The locale it is translated into; None: the only one that the catalogs are for."""
    form: Form | None = None
    """What the translator works on; None: XLIFF 1.2, and PO in a project of OmegaT."""
    omegat: bool = False
    """Whether the pack is a project that OmegaT opens."""


def pack(
    project: Project,
    catalogs: Sequence[Path],
    request: PackRequest | None = None,
    *,
    on_problem: OnProblem = ignore,
) -> Members:
    """Return the files of a pack: texts to work on, originals, previews, matches of the memory, terms, a manifest.

    Raises UsageError where catalogs are of several pairs of locales, or of none.
    """
    request = request or PackRequest()
    loaded = _of_one_pair([Catalog.load(path) for path in catalogs], request.target)
    form = _form(request)
    source, target = loaded[0].source_locale or project.source, loaded[0].target_locale
    glossary = Glossary(
        term
        for term in Glossary.load(project.glossary_path).terms
        if (term.source_locale, term.target_locale) == (source, target)
    )
    with open_memory(project, on_problem=on_problem) as memory:
        members = {
            f"{'source' if request.omegat else 'work'}/{_name(catalog, project, form)}": _written(
                catalog, form, memory
            )
            for catalog in loaded
        }
        matches = _matches(loaded, memory, source, target, codes=form != "po")
    members |= _beside(loaded, project)
    members["terms/glossary.csv"] = glossary.dumps().encode()
    members["terms/glossary.tbx"] = tbx.write(glossary.terms).encode()
    members["tm/matches.tmx" if request.omegat else "memory/matches.tmx"] = matches
    if request.omegat:
        members[packs.OMEGAT] = packs.omegat_project(source, target)
        # OmegaT opens no project without its folders, and neither zip files nor git keep empty ones.
        members |= {f"{folder}/.keep": b"" for folder in ("target", "dictionary", "omegat")}
        members["glossary/glossary.utf8"] = _omegat_terms(glossary.terms)
    members[packs.MANIFEST] = packs.write_manifest(_manifest(loaded, project, form))
    members["README.txt"] = _instructions(request, source, target).encode()
    return dict(sorted(members.items()))


def unpack(
    packages: Sequence[Path],
    acceptance: Acceptance | None = None,
    *,
    project: Project | None = None,
    dry_run: bool = False,
) -> Iterator[TakenIn]:
    """Take in what translators sent back: packs as folders or zip files, or single XLIFF and PO files.

    Every file is read, and its catalog found, before any is changed.
    """
    project = project or Project.find()
    catalogs = Catalogs(None, project)
    answered = [triple for path in packages for triple in _answers_in(path, project, catalogs)]
    return take_answers(answered, acceptance or Acceptance(), dry_run=dry_run)


def _of_one_pair(catalogs: Sequence[Catalog], target: str | None) -> Sequence[Catalog]:
    chosen = [
        catalog for catalog in catalogs if target is None or catalog.target_locale == target
    ]
    pairs = sorted({(c.source_locale or "", c.target_locale) for c in chosen})
    if not pairs:
        raise UsageError(_("there is no catalog yet"), hint="l10n update")
    if len(pairs) > 1:
        names = ", ".join(f"{source} → {goal}" for source, goal in pairs)
        message = _("a pack is of one pair of languages, these are {pairs}")
        raise UsageError(
            message.format(pairs=names), hint=f"l10n pack ARTICLE --to {pairs[0][1]}"
        )
    return chosen


def _form(request: PackRequest) -> Form:
    if request.omegat and request.form not in {None, "po"}:
        # OmegaT before 6 offers what stands in <target> for translation, not the source.
        message = _("in a project of OmegaT the texts are PO: older versions misread XLIFF")
        raise UsageError(message, hint=_("leave --format out"))
    return request.form or ("po" if request.omegat else "xliff")


def _name(catalog: Catalog, project: Project, form: Form) -> str:
    return f"{slug_of(catalog, project)}{'.po' if form == 'po' else '.xlf'}"


def _written(catalog: Catalog, form: Form, memory: Memory) -> bytes:
    if form == "po":
        return catalog.dumps()
    write = xliff12.write if form == "xliff" else xliff21.write
    return write([catalog], find_matches=matches_in(memory, catalog)).encode()


def _matches(
    catalogs: Sequence[Catalog], memory: Memory, source: str, target: str, *, codes: bool
) -> bytes:
    """Return what the memory knows of open texts as TMX."""
    pairs: dict[tuple[str, str], tuple[Translation, str]] = {}
    for catalog in catalogs:
        for message in messages_of(catalog, matches_in(memory, catalog)):
            for match in message.matches:
                translation = Translation(match.source, match.target, match.reviewed)
                pairs.setdefault((match.source, match.target), (translation, match.origin))
    return tmx.write(pairs.values(), source, target, codes=codes).encode()


def _beside(catalogs: Sequence[Catalog], project: Project) -> Members:
    """Return the originals, and source and translation side by side as a page."""
    refs: Mapping[str, ArticleRef] = {ref.slug: ref for ref in project.articles()}
    members: dict[str, bytes] = {}
    for catalog in catalogs:
        slug = slug_of(catalog, project)
        ref = refs.get(slug)
        if ref is None or catalog.path is None:
            continue
        members[f"original/{ref.relative}"] = read_bytes(ref.path)
        page = publish_file(ref.path, catalog.path, bilingual=True)
        members[f"preview/{slug}.html"] = page.content
    return members


def _omegat_terms(terms: Sequence[Term]) -> bytes:
    """Return the terms as OmegaT reads them: source, target and comment between tabs."""
    lines = []
    for term in terms:
        note = _("not to be used") if term.forbidden else term.note
        cells = (term.source_term, term.target_term, note)
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "".join(f"{line}\n" for line in lines).encode()


def _manifest(catalogs: Sequence[Catalog], project: Project, form: Form) -> Manifest:
    paths = {
        project.relative(catalog.path): catalog
        for catalog in catalogs
        if catalog.path is not None
    }
    return Manifest(
        {_name(catalog, project, form): path for path, catalog in paths.items()},
        {
            path: {
                message.identifier: Basis(hash_of(message.entry), message.entry.state)
                for message in messages_of(catalog)
            }
            for path, catalog in paths.items()
        },
    )


def _answers_in(
    path: Path, project: Project, catalogs: Catalogs
) -> Iterator[tuple[Path, AnsweredFile, Path]]:
    if path.is_dir() or path.suffix.lower() == ".zip":
        members = dict(packs.read(path))
        manifests = [name for name in members if PurePosixPath(name).name == packs.MANIFEST]
        manifest = Manifest({}, {})
        for name in manifests:
            manifest = packs.read_manifest(members.pop(name), path)
        reads = [(path / name, content) for name, content in members.items()]
    else:
        manifest, reads = Manifest({}, {}), [(path, read_bytes(path))]
    known = {project.relative(catalog): catalog for catalog in project.catalogs()}
    for file, content in reads:
        read = po.read if file.suffix.lower() == ".po" else reading.read
        places = [
            place
            for name, place in manifest.catalogs.items()
            if file.as_posix().endswith(f"/{name}") and place in known
        ]
        for answered in read(file, content):
            catalog = known[places[0]] if places else catalogs.find(answered, file)
            bases = manifest.bases.get(project.relative(catalog), {})
            yield file, _with_bases(answered, bases), catalog


def _with_bases(answered: AnsweredFile, bases: Mapping[str, Basis]) -> AnsweredFile:
    """Return answers that know what left, where they do not say it themselves."""
    return replace(
        answered,
        answers=tuple(
            answer
            if answer.basis is not None
            else replace(answer, basis=bases.get(answer.identifier))
            for answer in answered.answers
        ),
    )


def _instructions(request: PackRequest, source: str, target: str) -> str:
    work = _(
        "Open this folder in OmegaT (Project, Open) and translate; at the end: Project, Create Translated Documents."
    )
    if not request.omegat:
        work = _(
            "Translate the files in work/ with a tool of your choice: Poedit, OmegaT, Trados, memoQ, Phrase…."
        )
    parts = (
        _("Texts to translate from {source} into {target}.").format(
            source=source, target=target
        ),
        work,
        _(
            "preview/ shows source and translation side by side, original/ has the articles themselves."
        ),
        _(
            "Earlier translations that resemble these texts are in the TMX file, terms in terms/."
        ),
        _(
            "Elements and marks such as <a1>…</a1> stand for links, pictures and formatting: keep each of them, in the order your language needs."
        ),
        _("Send the whole folder back, or a zip file of it."),
    )
    return "\n\n".join(parts) + "\n"
