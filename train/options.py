"""The options that the scripts have which fit a model to a folder of data."""

from __future__ import annotations

import argparse
from pathlib import Path


def options(doc: str | None) -> argparse.Namespace:
    """What was asked for: `data` (a folder), `cross_validate`, `no_write`, `seed`; `doc`: the script's docstring."""
    parser = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--cross-validate", action="store_true", help="first print how well it does on pages unseen")
    parser.add_argument("--no-write", action="store_true", help="write no file")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the folds")
    return parser.parse_args()
