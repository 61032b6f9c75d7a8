"""What every benchmark needs: the baseline, a stopwatch, child processes, and a row of the table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "configs" / "northamptonshire" / "baseline.yaml"
SEED = 1


def tables(**overrides: Any) -> Any:
    """Compile the baseline with some values changed; dots are written as two underscores."""
    import caresim
    from caresim.model.compile import compile_scenario

    changed = {key.replace("__", "."): value for key, value in overrides.items()}
    return compile_scenario(caresim.load(BASELINE, changed)).tables


def cpu_seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the processor time that a piece of work in this thread takes, and what it returns."""
    begun = time.thread_time()
    result = work()
    return time.thread_time() - begun, result


def child(code: str, **environment: str) -> tuple[float, str]:
    """Run Python code in a new process; returns the seconds until it was done, and what it printed before.

    Leaving the process is not counted. Compiled sources are kept, as they are for any user.
    """
    known = {**os.environ, **environment}
    known.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport time\nprint(time.time())"],
        capture_output=True, text=True, check=True, cwd=ROOT, env=known,
    )  # fmt: skip
    *printed, ended = done.stdout.splitlines()
    return float(ended) - begun, "\n".join(printed)


def with_report(simulate: Callable[[], Any], write: Callable[[Any, Path, str], Any]) -> tuple[Any, float, float]:
    """Give a result, and the seconds by the clock that it takes to simulate it and to write its reports."""
    import caresim

    caresim.run(BASELINE, replications=1)  # compiled code is at hand, as in every run but the first
    begun = time.perf_counter()
    result = simulate()
    ran = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        write(result, Path(folder) / "out", "benchmark")
    return result, ran - begun, time.perf_counter() - ran


def tell(question: str, answer: str, what: str) -> None:
    """Print one row of the table, as a line of JSON that run_all.py reads."""
    print(json.dumps({"question": question, "answer": answer, "what": what}), flush=True)
