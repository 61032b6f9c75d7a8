"""Simulate how hospital demand becomes social care demand, what it costs, whom, and what changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caresim.config.faults import CaresimError as CaresimError
    from caresim.config.faults import ConfigError as ConfigError
    from caresim.config.loading import load as load
    from caresim.config.scenario import Scenario as Scenario
    from caresim.studies.compare import compare as compare
    from caresim.studies.run import run as run
    from caresim.studies.trace import trace as trace

# Public names and their homes, looked up when first used: `import caresim` loads nothing heavy.
_HOMES = {
    "CaresimError": "caresim.config.faults",
    "ConfigError": "caresim.config.faults",
    "Scenario": "caresim.config.scenario",
    "compare": "caresim.studies.compare",
    "load": "caresim.config.loading",
    "run": "caresim.studies.run",
    "textbook": "caresim.textbook",
    "trace": "caresim.studies.trace",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(_HOMES[name])
    return home if name == "textbook" else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
