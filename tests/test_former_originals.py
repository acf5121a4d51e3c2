"""A translation older than its original: compared with the original of its time, and what changed since is a draft."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Origin

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

PROJECT = 'source = "en"\ntargets = ["es"]\noriginals = ["en"]\narticles = "docs/{locale}"\nengines = []\n'
OPENING = "The market hall opens at eight in the morning and closes at three."
LATER = "The market hall opens at nine in the morning and closes at three."
BEFORE = f"{OPENING}\n\nDogs wait outside with their owners.\n\nFish is sold on Fridays only.\n"
AFTER = f"{LATER}\n\nDogs wait outside with their owners.\n\nBread is baked in the hall itself since the spring.\n"
SPANISH = (
    "El mercado abre a las ocho de la mañana y cierra a las tres.\n\n"
    "Los perros esperan fuera con sus dueños.\n\nEl pescado se vende solo los viernes.\n"
)


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Eva", "-c", "user.email=eva@example.org")
    subprocess.run(["git", "-C", root, *identity, *arguments], check=True, capture_output=True)


def commit(root: Path, message: str, **pages: str) -> None:
    for locale, text in pages.items():
        path = root / "docs" / locale / "hours.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "l10n.toml").write_text(PROJECT, encoding="utf-8")
    git(root, "init", "-q")
    commit(root, "Write the page", en=BEFORE)
    commit(root, "Translate it", es=SPANISH)
    commit(root, "Change the page", en=AFTER)
    return root


def translations(root: Path) -> Catalog:
    return Catalog.load(root / "locales/es/LC_MESSAGES/hours.po")


def test_what_changed_since_is_a_draft_that_says_so(l10n: Run, site: Path) -> None:
    run = l10n("align", cwd=site)
    assert run.returncode == 0, run.stderr
    assert "which has been changed since" in run.stderr
    opening, dogs, bread = translations(site).entries
    assert (opening.msgid, opening.origin) == (LATER, Origin.SOURCE_CHANGED)
    assert opening.msgstr.startswith("El mercado abre a las ocho")
    assert opening.previous_msgid == OPENING
    assert (dogs.msgstr[:10], dogs.origin) == ("Los perros", Origin.ALIGNED)
    # What is new has no translation, however little is left over on the other side.
    assert bread.msgstr == ""


def test_a_second_run_changes_nothing(l10n: Run, site: Path) -> None:
    l10n("align", cwd=site)
    before = translations(site).dumps()
    assert "taken in before" in l10n("align", cwd=site).stderr
    assert translations(site).dumps() == before


def test_what_people_wrote_stays(l10n: Run, site: Path) -> None:
    l10n("update", cwd=site)
    catalog = translations(site)
    catalog.entries[0].translate("El mercado abre a las nueve.")
    catalog.save()
    l10n("align", cwd=site)
    opening, dogs, _bread = translations(site).entries
    assert opening.msgstr == "El mercado abre a las nueve."
    assert dogs.origin is Origin.ALIGNED


def test_a_translation_that_followed_is_compared_with_today(l10n: Run, site: Path) -> None:
    commit(site, "Follow", es=SPANISH.replace("ocho", "nueve"))
    run = l10n("align", cwd=site)
    assert "changed since" not in run.stderr
    assert translations(site).entries[0].origin is Origin.ALIGNED


def test_a_translation_that_is_not_committed_is_compared_with_today(
    l10n: Run, site: Path
) -> None:
    (site / "docs/es/hours.md").write_text(SPANISH.replace("ocho", "nueve"), encoding="utf-8")
    assert "changed since" not in l10n("align", cwd=site).stderr


def test_an_original_that_was_renamed_since_is_found(l10n: Run, site: Path) -> None:
    git(site, "mv", "docs/en/hours.md", "docs/en/opening.md")
    with (site / "l10n.toml").open("a", encoding="utf-8") as project:
        project.write(
            '[[article]]\npath = "en/opening.md"\ntranslations = { es = "es/hours.md" }\n'
        )
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "Rename the original")
    run = l10n("align", cwd=site)
    assert run.returncode == 0, run.stderr
    entry = Catalog.load(site / "locales/es/LC_MESSAGES/opening.po").entries[0]
    assert entry.origin is Origin.SOURCE_CHANGED


def test_a_shallow_clone_says_what_it_cannot_know(l10n: Run, site: Path) -> None:
    clone = site.parent / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{site}", clone],
        check=True,
        capture_output=True,
    )
    run = l10n("align", cwd=clone)
    assert run.returncode == 0
    assert "git fetch --unshallow" in run.stderr
    assert translations(clone).entries[1].origin is Origin.ALIGNED
