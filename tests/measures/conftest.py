"""Results that several tests look at, made once."""

from __future__ import annotations

import pytest

import caresim
from caresim.studies.result import Result
from tests.measures import worked, worlds


@pytest.fixture(scope="session", params=["kernel", "reference"])
def three_people(request: pytest.FixtureRequest) -> Result:
    """Run the world worked out by hand on one engine after the other."""
    return caresim.run(worked.config(), engine=request.param, replications=2, events=True)


@pytest.fixture(scope="session", params=["kernel", "reference"])
def reviewed_people(request: pytest.FixtureRequest) -> Result:
    """Run the same world with reviews."""
    return caresim.run(worked.with_reviews(), engine=request.param, replications=1)


@pytest.fixture(scope="session")
def busy() -> Result:
    """Run a random world in which everything happens, twice."""
    return caresim.run(worlds.priced(), replications=2, events=True)
