"""A scenario made ready for the engines, or what of it they have no room for."""

from __future__ import annotations

from caresim.config import CaresimError, ConfigError, Scenario
from caresim.config.faults import Fault
from caresim.model.compile import Compiled, compile_scenario


def fitted(scenario: Scenario) -> Compiled:
    """Compile a scenario.

    Raises
    ------
    ConfigError
        It asks for more than the engines have room for: right by itself, and still wrong to ask for.
    """
    try:
        return compile_scenario(scenario)
    except ConfigError:
        raise
    except CaresimError as error:
        file = next(iter(scenario.inputs), scenario.name)
        raise ConfigError([Fault(file, None, "", str(error))]) from None
