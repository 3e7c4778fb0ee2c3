"""The entry of the `rashomon` command and of `python -m rashomon`: light, so that it stands before all imports."""

from __future__ import annotations

import sys

STOPPED = "stopped before the end; nothing was written"


def main() -> None:
    """Run the command; Ctrl-C, also while the command's parts are still imported, is a sentence and status 130."""
    try:
        from rashomon.cli import main as command

        command()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print(f"rashomon: {STOPPED}", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
