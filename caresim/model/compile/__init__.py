"""From names to numbers: a scenario becomes one record of tables, and names, dicts and checks end here."""

from caresim.model.compile.build import Compiled, compile_scenario

__all__ = ["Compiled", "compile_scenario"]
