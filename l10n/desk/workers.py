"""Who does the independent parts of what the desk does: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from l10n.desk.watching import OnProblem, ignore
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.project import Project
from l10n.workers import Workers, local_workers

if TYPE_CHECKING:
    from l10n.cluster.likeness import EngineUse


def open_workers(
    jobs: int | None = None,
    *,
    scheduler: str | None = None,
    project: Project | None = None,
    engines: Iterable[str] | None = None,
    on_problem: OnProblem = ignore,
) -> Workers:
    """Return workers, to be used as a context manager: processes of this machine, one for each core, or a cluster's.

    `scheduler` is the address of a Dask scheduler; None: what the project says. `jobs` are processes of this machine
    whatever the project says. `engines` are those that the work needs, so that workers have the same; None: those of
    the project. `on_problem` hears which workers take no part.
    """
    address = scheduler or (project.cluster.scheduler if project and jobs is None else "")
    if not address:
        return local_workers(jobs)
    try:
        from l10n.cluster.address import Tls, checked_address  # noqa: PLC0415 - an extra, rarely needed
        from l10n.cluster.workers import connect  # noqa: PLC0415 - as above
    except ImportError as error:
        raise L10nError(
            _("a cluster needs the Python module {module}").format(module=error.name),
            hint="pip install 'l10n-workbench[cluster]'",
        ) from error
    checked_address(address)
    uses = list(_uses(project, engines)) if project is not None else []
    return connect(address, uses, tls=Tls.of_person(), on_problem=on_problem)


def _uses(project: Project, names: Iterable[str] | None) -> Iterator[EngineUse]:
    """Yield the engines that work here, with the pairs of locales of the project: a worker without them differs."""
    from l10n.cluster.likeness import EngineUse  # noqa: PLC0415 - as above
    from l10n.engines import EngineRecipe, resolve_pair  # noqa: PLC0415
    from l10n.errors import EngineError  # noqa: PLC0415

    pairs = tuple(permutations(project.locales, 2))
    for name in project.engines if names is None else names:
        settings = dict(project.engine_settings(name)) | {"threads": 1}
        try:
            known = EngineRecipe(name, settings).engine.pairs()
        except EngineError:
            # Drafting says it, where it is needed.
            continue
        served = tuple(pair for pair in pairs if resolve_pair(known, *pair))
        if served:
            yield EngineUse(name, settings, served)
