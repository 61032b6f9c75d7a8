"""Call the command as a user would, in this process, and keep what it said."""

from __future__ import annotations

from pathlib import Path

import pytest

from caresim.cli.app import main
from tests.cli.calls import Call, Said


@pytest.fixture
def caresim(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `caresim` with these words."""

    def call(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        code = left.value.code
        return Said(code if isinstance(code, int) else 0, *capsys.readouterr())

    return call


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Write the config of a small world: one ward, falls only, a few weeks."""
    file = tmp_path / "world.yaml"
    file.write_text(
        """\
name: A small world
calendar: {starts: 2020-01-06, days: 28}
demand:
  population: {by_age: {18-64: 1000, 65-74: 400, 75-84: 300, 85+: 100}}
  admissions:
    fall: {value: 200, unit: "per 1,000 people a year", grade: C, source: "assumption: for a test"}
hospital:
  stay:
    fall: {exponential: {mean_days: 4}}
""",
        encoding="utf-8",
    )
    return file
