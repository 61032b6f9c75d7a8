"""Run every test of behaviour on every engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caresim.engines import reference
from caresim.engines.kernel.simulate import simulate as kernel
from caresim.engines.outcome import Outcome

ENGINES: dict[str, Callable[..., Outcome]] = {"reference": reference.simulate, "kernel": kernel}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """Give `simulate(tables, seed, replication, events)` of one engine after the other."""
    return ENGINES[request.param]
