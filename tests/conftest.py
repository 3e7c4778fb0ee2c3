"""In the tests a fault of the program's is an error, never a gap in a report."""

from __future__ import annotations

import os

os.environ["RASHOMON_STRICT"] = "1"
