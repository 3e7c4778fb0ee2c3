"""A progress bar on standard error, for work that takes long enough to wonder about."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.5
"""Seconds that pass before anything is shown."""


class Bar:
    """Shows nothing for `PATIENCE` seconds, then one line a stage; leaves nothing behind when it closes."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._progress: Progress | None = None
        self._stage = ""
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def tell(self, stage: str, done: int, total: int | None) -> None:
        """So many pages of a stage are done, of so many, or of a number not known yet."""
        if time.monotonic() - self._since < PATIENCE:
            return
        if self._progress is None:
            self._progress = _progress()
            self._progress.start()
        if stage != self._stage or self._task is None:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._stage, self._task = stage, self._progress.add_task(stage, total=total)
        self._progress.update(self._task, completed=done, total=total)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
