"""A folder of configs to write into, and the faults of what was written."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from caresim.config import Scenario, check, load

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "configs" / "northamptonshire" / "baseline.yaml"

Write = Callable[..., Path]
Faults = Callable[..., list[str]]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into an empty working directory; text loses its common indentation."""
    monkeypatch.chdir(tmp_path)

    def put(content: str | bytes, name: str = "x.yaml") -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return path

    return put


@pytest.fixture
def faults(write: Write) -> Faults:
    """Write a config and return its faults as text."""

    def find(content: str | bytes, name: str = "x.yaml") -> list[str]:
        return [str(fault) for fault in check(write(content, name))]

    return find


@pytest.fixture(scope="session")
def baseline() -> Scenario:
    return load(BASELINE)
