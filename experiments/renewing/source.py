"""Where numbers come from: comparisons, whose names are looked up and worked out when they are asked for.

    [file.][drawn.]scenario.measure.area.year
    [file.]bridge.scenario.part.measure.area.year

file: of `experiment_FILE.yaml`; nothing for `experiment.yaml`. drawn: from the replications that drew their own sizes
of effects. scenario: its difference from the baseline; `baseline` is the baseline itself, `level_KEY` a scenario
itself, `a~b` the difference of a from b. part: an intervention of a scenario that the experiment's `bridge` names, run
alone; `interaction` is what the parts do to each other, `total` all of it. measure: one of the summary, of the tables
by place, of money and pools (`gather.py`), or of an appraisal (`weighed.py`). area: county, a unitary or a place, in
small letters with _ for everything else. year: 2019_20, all (sum of what adds up, mean of what does not), a_year (sum
over all years, for a year), last.

`more.py` beside the findings may give further numbers, whose names begin with more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from caresim.config.faults import nearest
from renewing.expression import NAME, evaluate, names_in
from renewing.findings import UnknownNameError
from renewing.number import Number, Samples, number_of


class Source(Protocol):
    """What has samples by the parts of a name."""

    def samples(self, parts: Sequence[str]) -> Samples:
        """Give the values of a number by replication.

        Raises
        ------
        UnknownNameError
            There is no number of that name.
        """
        ...


def slug(name: str) -> str:
    """Write a name in small letters, digits and _."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower().replace("+", " plus")).strip("_")


def pick(name: str, allowed: Sequence[str], what: str) -> str:
    """Return a name that is allowed.

    Raises
    ------
    UnknownNameError
        It is not, with the nearest one that is.
    """
    if name in allowed:
        return name
    guess = nearest(name, allowed)
    hint = f"did you mean {guess!r}?" if guess else f"there are: {', '.join(allowed[:30])}"
    raise UnknownNameError(f"there is no {what} {name!r}; {hint}")


class Numbers:
    """Numbers by expression, worked out from the sources when they are asked for, and remembered."""

    def __init__(self, sources: Mapping[str, Source], more: Mapping[str, Samples | Number] | None = None) -> None:
        """Take the sources by the names of their files, and further numbers by the rest of their names."""
        self.sources, self.more = sources, more or {}
        self.known: dict[str, Number] = {}

    def __call__(self, expression: str) -> Number:
        """Give the number of an expression.

        Raises
        ------
        UnknownNameError
            A name in it does not exist.
        """
        if expression not in self.known:
            self.known[expression] = self.worked_out(expression)
        return self.known[expression]

    def worked_out(self, expression: str) -> Number:
        """Work an expression out, replication by replication where that is possible."""
        names = names_in(expression)
        if NAME.fullmatch(expression) and isinstance(self.of(expression), Number):
            return self.of(expression)  # type: ignore[return-value]
        found = {name: self.of(name) for name in names}
        lengths = {len(x.values) for x in found.values() if isinstance(x, Samples)}
        if len(lengths) == 1 and all(isinstance(x, Samples) for x in found.values()):
            with np.errstate(divide="ignore", invalid="ignore"):
                values = evaluate(expression, lambda name: found[name].values)
            return number_of(Samples(unit_of(expression, [x.unit for x in found.values()]), np.asarray(values, float)))
        means = {name: x.mean if isinstance(x, Number) else number_of(x).mean for name, x in found.items()}
        value = float(evaluate(expression, means.__getitem__))
        return Number(unit_of(expression, [x.unit for x in found.values()]), value)

    def of(self, name: str) -> Samples | Number:
        """Give what a name stands for."""
        first, *rest = name.split(".")
        if first == "more":
            return self.more[pick(".".join(rest), list(self.more), "further number")]
        if first in self.sources:
            return self.sources[first].samples(rest)
        if "" in self.sources:
            return self.sources[""].samples([first, *rest])
        pick(first, list(self.sources), "file")
        raise AssertionError(first)


def unit_of(expression: str, units: Sequence[Any]) -> str:
    """Guess the unit of an expression: that of its names, where they are alike and none divides another."""
    names = names_in(expression)
    divides = any(re.search(rf"/\s*\(?\s*-?{re.escape(name)}", expression) for name in names)
    return str(units[0]) if len(set(units)) == 1 and not divides else ""


def opposite(expression: str) -> str:
    """Write a name with a minus, or without the one it has."""
    return expression[1:] if expression.startswith("-") else f"-{expression}"


def turned(x: Number) -> Number:
    """Give a number with its sign turned; the ends of its ranges change places."""
    return Number(x.unit, -x.mean, -x.high, -x.low, -x.p95, -x.p05, x.replications)


class Kept:
    """Numbers by expression as the last renewal left them."""

    def __init__(self, numbers: Mapping[str, Number]) -> None:
        """Take the numbers."""
        self.numbers = numbers

    def __call__(self, expression: str) -> Number:
        """Give the number of an expression.

        Raises
        ------
        UnknownNameError
            It was not there at the last renewal.
        """
        if expression in self.numbers:
            return self.numbers[expression]
        if NAME.fullmatch(expression.removeprefix("-")) and (other := opposite(expression)) in self.numbers:
            return turned(self.numbers[other])
        guess = nearest(expression, list(self.numbers))
        hint = f"; did you mean {guess!r}?" if guess else ""
        raise UnknownNameError(f"the last renewal had no {expression!r}{hint} (renew to have it worked out)")
