"""`python -m l10n`, and the command `l10n`: so light that an interrupt finds nothing that it could show the inside of."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl+C while it is loaded ends it as it does later."""
    try:
        from l10n.cli import main as run  # noqa: PLC0415 - a tenth of a second, in which people press Ctrl+C

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
