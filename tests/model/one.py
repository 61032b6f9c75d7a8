"""One person in one place, the rules as a config sets them, and the counts: what a rule takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

import caresim
from caresim.engines.reference import facts
from caresim.model.codes import FROM_HOSPITAL, OTHER_EMERGENCY
from caresim.model.compile import Compiled, compile_scenario
from caresim.model.key import key_of
from caresim.model.tables import COUNTS, LOG_COLUMNS, PERSON, TABLES

DAY = 1440
KEY = np.uint64(key_of(7, 0))
OLDEST = 3


class One:
    """A person and what rules and facts take beside them; `decide` and `tell` call the shared rules."""

    def __init__(self, config: dict[str, Any], number: int = 1 << 24, age: int = OLDEST, **known: Any) -> None:
        self.compiled: Compiled = compile_scenario(caresim.load(config))
        kind = np.recarray if numba.config.DISABLE_JIT else np.ndarray
        self.T = self.compiled.tables.view(TABLES, np.ndarray).view(kind)
        self.C = np.zeros(1, COUNTS).view(kind)
        self.log = np.zeros((200, len(LOG_COLUMNS)), np.int64)
        self.record = np.zeros(1, PERSON).view(kind)
        self.p = self.record[0]
        self.tell(facts.identify, 0, number, 0, age, OTHER_EMERGENCY, FROM_HOSPITAL, 0, keyed=True, timed=False)
        self.set(**known)

    def set(self, **known: Any) -> One:
        for name, value in known.items():
            self.p[name] = value
        return self

    def decide(self, rule: Callable[..., Any], minute: int = 0, *more: Any) -> Any:
        """Call a rule that decides or draws."""
        return rule(self.T, KEY, self.record, minute, *more)

    def tell(self, fact: Callable[..., Any], minute: int, *more: Any, keyed: bool = False, timed: bool = True) -> None:
        """Call a rule that counts."""
        if not timed:
            fact(self.T, self.C, self.log, KEY, self.record, *more)
        elif keyed:
            fact(self.T, self.C, self.log, self.record, minute, KEY, *more)
        else:
            fact(self.T, self.C, self.log, self.record, minute, *more)

    def rules(self, name: str) -> Any:
        """Give a field of the rules, at the first place and the oldest age."""
        return self.T[0]["rules"][0][name][..., 0, OLDEST]
