"""The frozen numbers of one small world: whatever changes them is meant to change the model.

The world is written out in frozen/world.yaml, so that nothing but the model has a say. After a change of the model that
is meant, `python -m tests.measures.test_frozen` writes the numbers anew, and the difference is part of the change.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

import caresim

FROZEN = Path(__file__).parent / "frozen"
SEED, REPLICATIONS = 20190401, 2


def numbers() -> dict[str, Any]:
    """Run the world: events by kind, the log's fingerprint, and every measure to twelve digits."""
    result = caresim.run(caresim.load(FROZEN / "world.yaml"), replications=REPLICATIONS, seed=SEED, events=True)
    log = result.events(0)
    raw = np.ascontiguousarray(result.runs.logs[0][:, 1:], dtype="<i8")
    summary = result.summary
    return {
        "events": {str(name): int(n) for name, n in log["event"].value_counts().sort_index().items() if n},
        "log": hashlib.sha256(raw.tobytes()).hexdigest(),
        "measures": {
            f"{row.measure}, {row.area}, {row.year}": None if row.mean != row.mean else f"{row.mean:.12g}"
            for row in summary.itertuples()
        },
    }


def test_the_numbers_are_those_that_were_frozen() -> None:
    expected = json.loads((FROZEN / "numbers.json").read_text(encoding="utf-8"))
    found = numbers()
    assert found["events"] == expected["events"]
    assert found["measures"] == expected["measures"]
    assert found["log"] == expected["log"]


if __name__ == "__main__":
    (FROZEN / "numbers.json").write_text(json.dumps(numbers(), indent=1) + "\n", encoding="utf-8")
