"""How far the writing of a report is: a step is a table, a figure, a page, a workbook or a paper."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Told how many steps are done and of how many."""


class Steps:
    """Counts steps and tells whoever listens."""

    def __init__(self, tell: Tell | None = None, expected: int = 0) -> None:
        self._tell = tell
        self._done, self._all = 0, expected

    def expect(self, more: int) -> None:
        """Learn of steps to come."""
        self._all += more
        self._say()

    def done(self) -> None:
        """Count one step."""
        self._done += 1
        self._say()

    def _say(self) -> None:
        if self._tell is not None:
            self._tell(self._done, self._all)
