"""Ten processes at one catalog at once, round after round: every single change of each must be in the file afterwards.

    python tests/benchmarks/bench_together.py [--rounds 200] [--seed 1]

In each round six people translate three entries each, the way the screen saves; somebody approves the drafts of an
earlier translation; the article gets a new paragraph and `update` runs; `prefill` and `build` run beside it all.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from l10n import desk
from l10n.catalog import Catalog
from l10n.model import Origin, State
from l10n.project import Project
from l10n.review.content import put_content
from l10n.review.keeper import Keeper

PEOPLE = 6
EACH = 3
APPROVED = 5
SETTINGS = 'source = "es"\ntargets = ["en"]\nengines = ["pseudo"]\n'
NEW = "Un párrafo nuevo, que nadie ha visto."
HEIGHTS = ("bajo", "medio", "alto", "soleado", "ventoso")
PLACES = ("huerto", "puente", "mercado", "faro", "molino", "teatro")


def begin(root: Path) -> Project:
    """Make a project of one article whose first entries hold drafts of an earlier translation."""
    (root / "l10n.toml").write_text(SETTINGS, encoding="utf-8")
    article = root / "locales/es/articles/a.md"
    article.parent.mkdir(parents=True, exist_ok=True)
    texts = [f"El {place} más {height}." for place in PLACES for height in HEIGHTS]
    article.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    project = Project.load(root / "l10n.toml")
    catalog_of(project).unlink(missing_ok=True)
    desk.update(project)
    catalog = Catalog.load(catalog_of(project))
    for entry in catalog.entries[-APPROVED:]:
        entry.fill(f"Earlier: {entry.msgid}", origin=Origin.ALIGNED, aligned="0.97")
    catalog.save()
    return project


def catalog_of(project: Project) -> Path:
    """Return the only catalog."""
    return project.catalog_path("a", "en")


def translate(project: Project, person: int) -> None:
    """Translate three entries and save them one by one; of a conflict the person's own text is chosen."""
    keeper = Keeper.open(catalog_of(project))
    for number in range(person * EACH, person * EACH + EACH):
        entry = keeper.catalog.entries[number]
        keeper.remember(entry)
        entry.translate(text_of(person, entry.msgid))
        while keeper.is_dirty:
            outcome = keeper.save(keeper.plan())
            if outcome.problem:
                raise RuntimeError(outcome.problem)
            if outcome.theirs is None:
                keeper.settle(outcome)
                continue
            for conflict in keeper.adopt(outcome.theirs, outcome).conflicts:
                context, msgid = conflict.key
                theirs = keeper.catalog.find(msgid, context)
                if theirs is None:
                    raise RuntimeError(f"{msgid} is gone")
                keeper.remember(theirs)
                put_content(theirs, conflict.ours)
                keeper.decided(conflict.key)


def text_of(person: int, msgid: str) -> str:
    """Return what a person makes of a text."""
    return f"{person}: {msgid.upper()}"


def add_paragraph(project: Project) -> None:
    """Edit the article and bring the catalog up to it."""
    path = project.article("a").path
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{NEW}\n", encoding="utf-8")
    desk.update(project)


def approve(project: Project) -> None:
    """Approve what an earlier translation brought."""
    request = desk.ApproveRequest(origins=(Origin.ALIGNED,))
    approved = desk.approve(desk.find_candidates([catalog_of(project)], request), by="Ana")
    if approved != APPROVED:
        raise RuntimeError(f"{approved} approved")


def works(project: Project) -> list[Callable[[], object]]:
    """Return what the ten processes do."""
    people = [lambda person=person: translate(project, person) for person in range(PEOPLE)]
    return [
        *people,
        lambda: approve(project),
        lambda: add_paragraph(project),
        lambda: desk.prefill([catalog_of(project)], project=project),
        lambda: desk.build(project),
    ]


def run_together(jobs: list[Callable[[], object]], delays: list[float]) -> int:
    """Run jobs in processes of their own, each after a delay in seconds; gives how many failed."""
    children = []
    for job, delay in zip(jobs, delays, strict=True):
        child = os.fork()
        if not child:
            status = 1
            try:
                time.sleep(delay)
                job()
                status = 0
            except BaseException:  # noqa: BLE001 - a child must end here, whatever happens
                traceback.print_exc()
            finally:
                os._exit(status)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


def lost(project: Project) -> list[str]:
    """Return the changes that are not in the catalog."""
    catalog = Catalog.load(catalog_of(project))
    entries = {entry.msgid: entry for entry in catalog.entries}
    texts = list(entries)
    missing = []
    for number in range(PEOPLE * EACH):
        expected = text_of(number // EACH, texts[number])
        if entries[texts[number]].msgstr != expected:
            missing.append(f"{expected} ({entries[texts[number]].msgstr})")
    old = texts[len(PLACES) * len(HEIGHTS) - APPROVED : len(PLACES) * len(HEIGHTS)]
    missing += [
        f"approval of {text}" for text in old if entries[text].state is not State.REVIEWED
    ]
    missing += [NEW] if NEW not in entries else []
    missing += [
        f"draft of {text}" for text in texts if text != NEW and not entries[text].msgstr
    ]
    return missing


def play(root: Path, chance: random.Random) -> list[str]:
    """Play one round; gives what was lost."""
    project = begin(root)
    jobs = works(project)
    failed = run_together(jobs, [chance.uniform(0, 0.15) for _job in jobs])
    return [*lost(project), *(["a process failed"] * failed)]


def main() -> int:
    """Play rounds and count what was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        # What is loaded here need not be loaded two thousand times.
        desk.build(begin(Path(folder)))
        for number in range(chosen.rounds):
            for loss in play(Path(folder), chance):
                print(f"round {number}: {loss}")
                count += 1
    print(f"{chosen.rounds} rounds of ten processes, {count} changes lost")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
