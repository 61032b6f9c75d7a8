"""The findings of every experiment agree with the numbers that the last renewal kept; no engine runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
sys.path.insert(0, str(EXPERIMENTS))

import renew  # noqa: E402


@pytest.mark.parametrize("folder", renew.chosen([]), ids=lambda folder: folder.name)
def test_no_number_contradicts_the_words_around_it(folder: Path) -> None:
    found = [f"{folder.name}/findings.md:{trouble.line}: {trouble.message}" for trouble in renew.check(folder)]
    assert found == []


@pytest.mark.parametrize("folder", renew.chosen([]), ids=lambda folder: folder.name)
def test_every_figure_that_is_shown_is_there(folder: Path) -> None:
    page = (folder / "findings.md").read_text(encoding="utf-8")
    shown = [part.partition(")")[0] for part in page.split("](")[1:]]
    assert shown
    assert [name for name in shown if not (folder / name).is_file()] == []


@pytest.mark.parametrize("folder", renew.chosen([]), ids=lambda folder: folder.name)
def test_the_list_of_experiments_has_what_was_found(folder: Path) -> None:
    title = (folder / "findings.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert title in (EXPERIMENTS / "README.md").read_text(encoding="utf-8")
