"""What an export did, or would do, in a few lines or as a diff."""

from __future__ import annotations

import difflib
import shlex
import textwrap
from pathlib import Path

from l10n.cli.streams import complain, say
from l10n.errors import L10nError
from l10n.export import ExportReport
from l10n.export.report import Difference, Losing, Waiting
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import Project
from l10n.project.toml_lines import line_of

_SHOWN = 5


def unified(project: Project, difference: Difference) -> str:
    """Return what would change in a file the way `git apply` and people read it."""
    name = _path(project, difference.path)
    before = (difference.before or b"").decode("utf-8", "replace").splitlines(keepends=True)
    after = difference.after.decode("utf-8", "replace").splitlines(keepends=True)
    old = "/dev/null" if difference.before is None else f"a/{name}"
    lines = difflib.unified_diff(before, after, old, f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def print_export(project: Project, report: ExportReport) -> None:
    """Say what an export did, in a few lines."""
    for problem in report.problems:
        complain(problem)
    for locale, address in report.unused_counterparts:
        message = _("[links]: no article that is published in {locale} links to {address}")
        text = message.format(locale=locale, address=address)
        complain(L10nError(text, path=project.file.name, line=line_of(project.file, address)))
    for page in report.hidden:
        say(_("not published, passages are missing: {path}").format(path=page.path), err=True)
    for page in report.kept:
        say(_("left as published before: {path}").format(path=page.path), err=True)
    for article, path in report.theirs:
        command = _align_command(project, article, path)
        complain(
            L10nError(
                _("left as it is: a translation that was not taken in"),
                path=_path(project, path),
                hint=command,
            )
        )
    for losing in report.losing:
        message = ngettext(
            "left as it is: the page would lose “{first}”",
            "left as it is: the page would lose “{first}” and {more} more",
            len(losing.losses),
        )
        first = textwrap.shorten(losing.losses[0].what, 60, placeholder="…")
        complain(
            L10nError(
                message.format(first=first, more=len(losing.losses) - 1),
                path=_path(project, losing.page),
                hint=_way_out(project, losing),
            )
        )
    for relinked in report.relinked:
        message = ngettext(
            "a link to this address is gone: {names}",
            "links to these addresses are gone: {names}",
            len(relinked.addresses),
        )
        names = [*relinked.addresses[:_SHOWN], "…"][: len(relinked.addresses)]
        hint = _("say where links lead instead: [links] in {file}")
        complain(
            L10nError(
                message.format(names=", ".join(names)),
                path=_path(project, relinked.page),
                hint=hint.format(file=project.file.name),
            )
        )
    for waiting in report.waiting:
        _print_waiting(project, waiting)
    if n := len(report.unaccepted):
        text = ngettext(
            "{n} page is not written: nobody has accepted any passage of it",
            "{n} pages are not written: nobody has accepted any passage of them",
            n,
        )
        say(text.format(n=n), err=True)
    for path in report.removed:
        say(_("removed: {path}").format(path=_path(project, path)), err=True)
    for path in report.stale[:_SHOWN]:
        say(_("no longer part of the site: {path}").format(path=_path(project, path)), err=True)
    more = len(report.stale) - _SHOWN
    if more > 0:
        text = ngettext("and {n} more file", "and {n} more files", more)
        say(text.format(n=more), err=True)
    pages = ngettext("{n} page", "{n} pages", report.pages).format(n=report.pages)
    written = ngettext("{n} changed", "{n} changed", len(report.written)).format(
        n=len(report.written)
    )
    summary = f"{_path(project, report.out)}: {pages}, {written}{_gaps(report)}"
    # The diff of a dry run is the result; what it comes to must not get into it.
    say(summary, err=report.dry)


def _way_out(project: Project, losing: Losing) -> str:
    """Return what to type where a page of people has what ours would lack."""
    if losing.missing:
        # Whoever agreed before these are translated would have the original's words put into it.
        return shlex.join(("l10n", "review", _path(project, losing.catalog)))
    keys = ", ".join(dict.fromkeys(f'"{loss.key}"' for loss in losing.losses if loss.key))
    ours, theirs = losing.picture
    is_code = any(loss.kind == "code" for loss in losing.losses)
    if keys:
        hint = _(
            "have it translated too: front_matter = [{keys}] in {file}, then: {align}; or agree with: {command}"
        )
    elif ours:
        hint = _(
            "say which picture stands for which, as {align} proposes it: [links] {pair} in {file}; or agree with: {command}"
        )
    elif is_code and losing.is_code_offered:
        hint = _(
            "what is text and no comment or string has to stand outside of code in both; or agree with: {command}"
        )
    elif is_code:
        hint = _(
            'have it translated too: code = "comments", or "strings", in {file}, then: {align}; other text has to stand outside of code in both; or agree with: {command}'
        )
    elif all(loss.kind == "inline" for loss in losing.losses):
        hint = _(
            "code within a text is that of the original: what is to be translated has to stand outside of code in both; or agree with: {command}"
        )
    else:
        hint = _("put it into the original, or agree with: {command}")
    return hint.format(
        keys=keys,
        pair=f'"{ours}" = {{ {losing.locale} = "{theirs.replace(" ", "%20")}" }}',
        file=project.file.name,
        align=_align_command(project, losing.article, losing.page),
        command="l10n export --replace",
    )


def _print_waiting(project: Project, waiting: Waiting) -> None:
    """Say that a page is left since its original was edited, and who has to do something about it."""
    if waiting.unknown:
        message = ngettext(
            "left as it is: {n} passage of the original is not in the catalog yet",
            "left as it is: {n} passages of the original are not in the catalog yet",
            waiting.unknown,
        ).format(n=waiting.unknown)
        command = ("l10n", "update", _path(project, waiting.article))
    else:
        message = ngettext(
            "left as it is: {n} changed passage waits for review",
            "left as it is: {n} changed passages wait for review",
            waiting.changed,
        ).format(n=waiting.changed)
        command = ("l10n", "review", _path(project, waiting.catalog))
    complain(L10nError(message, path=_path(project, waiting.page), hint=shlex.join(command)))


def _gaps(report: ExportReport) -> str:
    parts = []
    if report.drafts:
        text = ngettext(
            "{n} passage shown as a draft", "{n} passages shown as drafts", report.drafts
        )
        parts.append(text.format(n=report.drafts))
    if report.untranslated:
        text = ngettext(
            "{n} passage not translated", "{n} passages not translated", report.untranslated
        )
        parts.append(text.format(n=report.untranslated))
    if report.refused:
        text = ngettext(
            "{n} accepted translation not shown",
            "{n} accepted translations not shown",
            report.refused,
        )
        parts.append(text.format(n=report.refused))
    return "".join(f", {part}" for part in parts)


def _align_command(project: Project, article: Path, page: Path) -> str:
    return shlex.join(("l10n", "align", _path(project, article), _path(project, page)))


def _path(project: Project, path: Path) -> str:
    """Return a path the shortest way a person at this place would type it."""
    for base in (Path.cwd(), project.root):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix() or "."
    return path.as_posix()
