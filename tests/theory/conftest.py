"""Run every test on every engine; the reference is slow and gets less to do."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["kernel", "reference"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name
