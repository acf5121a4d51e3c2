"""The memory of a project, opened as its catalogs are now, and what it teaches an aligner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from l10n.desk.watching import OnProblem, ignore
from l10n.ledger import Ledger, ledger_of
from l10n.memory import Memory, MemoryBusyError
from l10n.project import Project
from l10n.project.memory_file import forgettable, memory_path

if TYPE_CHECKING:
    from l10n.align import Lexicon


def open_memory(
    project: Project, *, on_problem: OnProblem = ignore, shared: Ledger | None = None
) -> Memory:
    """Open a project's memory, brought up to date with its catalogs; damaged ones are problems.

    One that others are writing just now is read as it is; that, too, is a problem.
    """
    memory = Memory.open(memory_path(project))
    try:
        with ledger_of(project.derived, shared) as ledger:
            memory.refresh(
                project.catalogs(),
                source=project.source,
                pair_sentences=_pair_sentences,
                on_error=on_problem,
                below=forgettable(project),
                ledger=ledger,
            )
    except MemoryBusyError as error:
        on_problem(error)
    return memory


def rebuild_memory(project: Project, *, on_problem: OnProblem = ignore) -> int:
    """Learn all catalogs of a project anew and return how many pairs are known; imported files stay."""
    with Memory.open(memory_path(project)) as memory:
        memory.rebuild(
            project.catalogs(),
            source=project.source,
            pair_sentences=_pair_sentences,
            on_error=on_problem,
            below=forgettable(project),
        )
        return len(memory)


def _pair_sentences(
    text: str, translation: str, source: str, target: str
) -> Iterable[tuple[str, str]]:
    # Loads numpy, needed only where something is learnt.
    from l10n.align.sentence_pairs import pair_aligned  # noqa: PLC0415

    return pair_aligned(text, translation, source, target)


def vocabulary(
    project: Project, source: str, target: str, *, on_problem: OnProblem = ignore
) -> Lexicon:
    """Return the pairs of words that a project's translations teach, whichever way they were translated."""
    from l10n.align.vocabulary import learn_words  # noqa: PLC0415 - loads numpy, needed by alignment only

    with open_memory(project, on_problem=on_problem) as memory:
        pairs = [
            (pair.source, pair.target) for pair, _origin in memory.translations(source, target)
        ]
        pairs += [
            (pair.target, pair.source) for pair, _origin in memory.translations(target, source)
        ]
    return learn_words(pairs, source, target)
