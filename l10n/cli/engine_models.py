"""`l10n engines install`, `add` and `remove`: packages that are fetched, and converted models in folders of this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.cli.progress import Progress
from l10n.cli.streams import say
from l10n.errors import EngineError, UsageError
from l10n.interface import gettext as _
from l10n.project import validate_locale

if TYPE_CHECKING:
    from l10n.engines import Licence, Pair
    from l10n.engines.argos.packages import Installed


@click.command(help=_("Install an Argos package: a file, or a pair from the index (es en)."))
@click.argument("names", nargs=-1, required=True, metavar=_("FILE.argosmodel | SOURCE TARGET"))
@click.option("--version", metavar="N.N", help=_("Another version than the newest."))
def install(names: tuple[str, ...], version: str | None) -> None:
    """Install a package after trying it."""
    from l10n.engines.argos import archives, index, try_package  # noqa: PLC0415 - `list` may not need it

    if len(names) == 2 and not any(Path(name).suffix for name in names):
        with Progress(_("Fetching")) as progress:
            installed = index.install_pair(
                *names,
                try_package,
                version=version,
                on_progress=progress,
                on_other_version=_say_other_version,
            )
        _say_installed(installed)
        return
    if version:
        raise UsageError(_("--version goes with a pair, not with a file"))
    for name in names:
        _say_installed(archives.install_file(Path(name), try_package))


@click.command(
    help=_(
        "Add a model converted for CTranslate2: OPUS-MT, NLLB, M2M-100, mBART-50, MADLAD-400."
    )
)
@click.argument("folder", type=click.Path(path_type=Path), metavar=_("FOLDER"))
@click.option(
    "--pair",
    "pairs",
    multiple=True,
    required=True,
    metavar=_("SOURCE-TARGET"),
    help=_("What it shall translate, en-es; can be given several times."),
)
def add(folder: Path, pairs: tuple[str, ...]) -> None:
    """Try a model on each pair, then keep where it lies."""
    from l10n.engines.neural import NeuralEngine  # noqa: PLC0415 - other commands need no engine
    from l10n.engines.neural.added import AddedModel, add_model  # noqa: PLC0415 - as above
    from l10n.engines.neural.families import read_model  # noqa: PLC0415 - as above

    wanted = tuple(dict.fromkeys(map(_pair, pairs)))
    model = read_model(folder.resolve())
    engine = NeuralEngine(models=[AddedModel(model.path, wanted)])
    for pair in wanted:
        if reason := engine.try_model(*pair):
            raise EngineError(_("refused: {reason}").format(reason=reason), path=folder)
    add_model(folder, wanted)
    for source, target in wanted:
        message = _("Added {name}: {source} → {target}")
        say(message.format(name=model.name, source=source, target=target))
    say(licence_line(engine.licence(*wanted[0])))


@click.command(help=_("Take a model off the list of added ones; its files stay."))
@click.argument("folder", type=click.Path(path_type=Path), metavar=_("FOLDER"))
def remove(folder: Path) -> None:
    """Forget where a model lies."""
    from l10n.engines.neural.added import remove_model  # noqa: PLC0415 - as above

    if not remove_model(folder):
        raise UsageError(
            _("no model was added from this folder"), path=folder, hint="l10n engines list"
        )
    say(_("Removed {folder}; its files are where they were.").format(folder=folder))


def _say_other_version(newest: str, taken: str) -> None:
    message = _("Version {newest} is known to answer nonsense; fetching {taken}.")
    say(message.format(newest=newest, taken=taken), err=True)


def _say_installed(package: Installed) -> None:
    message = _("Installed {name}: {source} → {target}")
    say(message.format(name=package.name, source=package.source, target=package.target))


def licence_line(licence: Licence) -> str:
    """Say under which terms a model may be used, and who says so."""
    if not licence.name:
        return _("Licence: not stated in its folder; ask where it came from.")
    text = (
        _("Licence: {name}")
        if licence.is_stated
        else _("Licence: {name}, as its family is published")
    )
    line = text.format(name=licence.name)
    return f"{line}  {_('(no commercial use)')}" if licence.forbids_commerce else line


def _pair(text: str) -> Pair:
    """Read `en-es`, or `pt-BR:en` where a locale has a region."""
    parts = re.split(r"[:>→]", text) if re.search(r"[:>→]", text) else text.split("-")
    if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
        raise UsageError(
            _("{pair} is no pair of two locales").format(pair=text),
            hint="--pair en-es, --pair pt-BR:en",
        )
    return (validate_locale(parts[0]), validate_locale(parts[1]))
