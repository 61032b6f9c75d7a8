"""A comparison as a source of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caresim.config.vocabulary import PARTNERS
from caresim.money.appraisal import Appraisal, appraise
from caresim.studies.bridge import INTERACTION, TOTAL, WITHOUT
from caresim.studies.comparison import Comparison
from caresim.studies.result import Result
from renewing import weighed
from renewing.gather import Values, measures_of, over_years, year_names
from renewing.number import Samples
from renewing.source import pick, slug

BASELINE, LEVEL, BRIDGE = "baseline", "level_", "bridge"


@dataclass
class Compared:
    """Numbers of one comparison."""

    comparison: Comparison
    _values: dict[Any, Values] = field(default_factory=dict, repr=False)
    _weighed: dict[tuple[str, str, bool], Appraisal] = field(default_factory=dict, repr=False)
    _months: dict[Any, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def samples(self, parts: Sequence[str]) -> Samples:
        """Give the values of `[drawn.]scenario.measure.area.year` or `bridge.scenario.part.measure.area.year`."""
        if parts and parts[0] == BRIDGE:
            return self.bridged(parts[1:])
        drawn = bool(parts) and parts[0] == "drawn"
        parts = parts[1:] if drawn else parts
        if len(parts) != 4:
            pick(".".join(parts), ["scenario.measure.area.year"], "number")
        scenario, measure, area, year = parts
        return self.difference(self.pair(scenario), measure, area, year, drawn)

    def bridged(self, parts: Sequence[str]) -> Samples:
        """Give what a part of a scenario contributes, or what its parts do to each other: `interaction`."""
        if len(parts) != 5:
            pick(".".join(parts), ["scenario.part.measure.area.year"], "part of a bridge")
        key, part, measure, area, year = parts
        those = self.comparison.parts[pick(key, list(self.comparison.parts), "scenario with a bridge")]
        pairs = {slug(name): (inner(key, name), inner(key, WITHOUT)) for name in those if name != WITHOUT}
        whole = {TOTAL: (key, BASELINE), INTERACTION: (key, inner(key, WITHOUT))}
        wanted = pick(part, [*pairs, *whole], "part")
        found = self.difference({**pairs, **whole}[wanted], measure, area, year)
        if wanted != INTERACTION:
            return found
        alone = [self.difference(pair, measure, area, year).values for pair in pairs.values()]
        return Samples(found.unit, found.values - np.sum(alone, axis=0))

    def difference(
        self, pair: tuple[str, str | None], measure: str, area: str, year: str, drawn: bool = False
    ) -> Samples:
        """Give a level, or a difference of two, by replication."""
        changed, base = pair
        ask = weighed.asked(measure)
        if ask is not None and base is not None and measure not in measures_of(self.comparison.baseline.runs):
            return weighed.samples(self.appraisal(changed, base, drawn), ask, area, year, self._months)
        mine = self.values(changed, measure, area, year, drawn)
        if base is None:
            return mine
        return Samples(mine.unit, mine.values - self.values(base, measure, area, year, drawn).values)

    def pair(self, scenario: str) -> tuple[str, str | None]:
        """Give which scenario is asked for, and which is taken off: none where a level is asked for."""
        if scenario == BASELINE:
            return BASELINE, None
        allowed = [BASELINE, *self.comparison.results]
        if scenario.startswith(LEVEL):
            return pick(scenario.removeprefix(LEVEL), allowed, "scenario"), None
        a, tilde, b = scenario.partition("~")
        return pick(a, allowed, "scenario"), pick(b, allowed, "scenario") if tilde else BASELINE

    def result(self, key: str, drawn: bool) -> Result:
        """Give the result of a scenario or of the baseline."""
        c = self.comparison
        if not drawn:
            whole, part_of, part = key.partition(PART)
            return c.parts[whole][part] if part_of else c.baseline if key == BASELINE else c.results[key]
        if not c.drawn or c.drawn_baseline is None:
            pick("drawn", ["uncertainty: {draws: ...} in the experiment"], "draw;")
            raise AssertionError
        return c.drawn_baseline if key == BASELINE else c.drawn[key]

    def values(self, key: str, measure: str, area: str, year: str, drawn: bool) -> Samples:
        """Give a level by replication."""
        result = self.result(key, drawn)
        makers = measures_of(result.runs)
        makers_or_money = [*makers, *weighed.names(PARTNERS)]
        name = pick(measure, makers_or_money, "measure")
        if name not in makers:
            pick(measure, list(makers), "measure of a level")
        if f"place_{name}" in makers and area not in self.kept(key, name, drawn, result).areas:
            name = f"place_{name}"
        found = self.kept(key, name, drawn, result)
        at = found.areas.index(pick(area, found.areas, f"area of {measure}"))
        taken = over_years(result.runs, found, pick(year, year_names(result.runs), "year"))
        assert taken is not None
        return Samples(found.unit, taken[0][:, at])

    def kept(self, key: str, measure: str, drawn: bool, result: Result) -> Values:
        """Give a measure of a result; worked out once."""
        if (key, measure, drawn) not in self._values:
            self._values[key, measure, drawn] = measures_of(result.runs)[measure](result)
        return self._values[key, measure, drawn]

    def appraisal(self, changed: str, base: str, drawn: bool) -> Appraisal:
        """Weigh one scenario against another; done once."""
        key = (changed, base, drawn)
        if key not in self._weighed:
            before, after = self.result(base, drawn).runs, self.result(changed, drawn).runs
            self._weighed[key] = appraise(before, [own for own, _ in each(after)] if drawn else after)
        return self._weighed[key]


PART = "/"


def inner(key: str, part: str) -> str:
    """Name a part of a scenario; no scenario can be called so."""
    return f"{key}{PART}{part}"


def each(runs: Any) -> list[tuple[Any, Any]]:
    """Give each replication as runs of its own, with its own scenario."""
    from dataclasses import replace

    return [(replace(own, replications=(r,), logs=()), r) for own, r in runs.each()]
