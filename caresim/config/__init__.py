"""What a user may write, read and checked: `load` gives a `Scenario`, or the faults with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caresim.config.editor_schema import json_schema as json_schema
    from caresim.config.experiment import Experiment as Experiment
    from caresim.config.experiment import load_experiment as load_experiment
    from caresim.config.faults import CaresimError as CaresimError
    from caresim.config.faults import ConfigError as ConfigError
    from caresim.config.faults import Fault as Fault
    from caresim.config.faults import UnfitError as UnfitError
    from caresim.config.loading import check as check
    from caresim.config.loading import explain_rows as explain_rows
    from caresim.config.loading import load as load
    from caresim.config.paths import known_paths as known_paths
    from caresim.config.provenance import Provenance as Provenance
    from caresim.config.scenario import Scenario as Scenario

# Where each public name lives. They are looked up late, so that the vocabulary can be imported without pydantic.
_HOMES = {
    "CaresimError": "faults",
    "ConfigError": "faults",
    "Experiment": "experiment",
    "Fault": "faults",
    "Provenance": "provenance",
    "Scenario": "scenario",
    "UnfitError": "faults",
    "check": "loading",
    "explain_rows": "loading",
    "json_schema": "editor_schema",
    "known_paths": "paths",
    "load": "loading",
    "load_experiment": "experiment",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
