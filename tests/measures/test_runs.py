"""The replications of a scenario are given up with it."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from caresim.studies.result import Result


def test_runs_that_nobody_needs_any_more_are_forgotten_at_once(busy: Result) -> None:
    runs = replace(busy.runs)
    assert [r.number for _, r in runs.each()] == [r.number for r in busy.runs.replications]
    left = weakref.ref(runs)
    gc.disable()
    try:
        del runs
        assert left() is None
    finally:
        gc.enable()
