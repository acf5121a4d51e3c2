"""Build hook: compile the interface catalogs of locales/ into the package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_messages(root: Path) -> list[Path]:
    """Write l10n/locale/<language>/LC_MESSAGES/l10n.mo for every locales/<language>/LC_MESSAGES/l10n.po."""
    # While a wheel is built the package is not installed: it is imported from its sources.
    sys.path.insert(0, str(root))
    from l10n.catalog import Catalog  # noqa: PLC0415 - see above

    written = []
    for source in sorted(root.glob("locales/*/LC_MESSAGES/l10n.po")):
        target = (
            root / "l10n" / "locale" / source.parent.parent.name / "LC_MESSAGES" / "l10n.mo"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        Catalog.load(source).write_mo(target)
        written.append(target)
    return written


class CompileMessages(BuildHookInterface[Any]):
    """Runs before every wheel, editable ones too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_messages(Path(self.root))


if __name__ == "__main__":
    compile_messages(Path(__file__).resolve().parent.parent)
