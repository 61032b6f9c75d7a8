"""Load a scenario and compile it for the engines, or refuse what they have no room for, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caresim.config import ConfigError, Scenario, UnfitError, load
from caresim.model.compile import Compiled, compile_scenario

Given = Scenario | str | Path | dict[str, Any]


def loaded(given: Given) -> Scenario:
    """Load a scenario where it is not loaded yet."""
    return given if isinstance(given, Scenario) else load(given)


def compiled_or_refused(scenario: Scenario, draw: int | None = None) -> Compiled:
    """Compile a scenario; `draw` is the number of the draw that gave it its sizes, if one did.

    Raises
    ------
    ConfigError
        It asks for more than the engines have room for: right by itself, and still wrong to ask for.
    """
    try:
        return compile_scenario(scenario)
    except UnfitError as error:
        why = "" if draw is None else f", with the sizes of draw {draw}; narrow their ranges"
        raise ConfigError([scenario.fault(error.path, f"{error.message}{why}")]) from None
