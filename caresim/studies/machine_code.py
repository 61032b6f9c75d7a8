"""Whether an engine's machine code is there or has to be compiled first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ANNOUNCEMENT = "Compiling the engine (once; up to a minute)..."


def must_compile(engine: str, events: bool = False) -> bool:
    """Tell whether the first use of an engine compiles it: no machine code in this process and none on disk.

    To keep an event log, `events`, the kernel has machine code of its own.
    """
    function = sample_of(engine, events)
    if getattr(function, "signatures", True):  # compiled in this process, or plain Python because numba is switched off
        return False
    folder = Path(function.stats.cache_path or "")
    name = function.py_func.__name__
    return not function.stats.cache_path or not any(folder.glob(f"*.{name}-*.nbi"))


def sample_of(engine: str, events: bool) -> Any:
    """Give a compiled function that every run of an engine uses, with or without an event log."""
    if engine == "kernel":
        from caresim.engines.kernel.loop import run, run_logged

        return run_logged if events else run
    from caresim.engines.reference.facts import enters

    return enters
