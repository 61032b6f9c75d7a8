"""The families of distribution that a config may name, and the ways of giving their parameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caresim.config.faults import Path, show, unknown
from caresim.config.kinds import SHARE, Number, Problems, with_notes
from caresim.config.spreads import SpreadOf
from caresim.config.values import Distribution, Distributions, Stages
from caresim.config.vocabulary import FAMILIES

AMOUNT = Number(least=0)
POSITIVE = Number(above=0)
SHAPE = Number(above=0, least=0.05, most=1000)
MOST_SKEW = 100  # mean over median of a lognormal, and nearly sd over mean, which has the same bound
Read = dict[str, float]


def _fixed(p: Read) -> Distribution:
    return Distribution("fixed", mean=p["fixed"], sd=0.0, median=p["fixed"], fixed=p["fixed"])


def _exponential(p: Read) -> Distribution:
    return Distribution("exponential", mean=p["mean"], sd=p["mean"], median=p["mean"] * math.log(2), scale=p["mean"])


def _lognormal(p: Read) -> Distribution:
    mean = p["mean"]
    if "median" in p:
        ratio = mean / p["median"]
        return Distribution("lognormal", mean=mean, median=p["median"], sd=mean * math.sqrt(ratio * ratio - 1))
    return Distribution("lognormal", mean=mean, sd=p["sd"], median=mean / math.sqrt(1 + (p["sd"] / mean) ** 2))


def _gamma(p: Read) -> Distribution:
    mean, sd = p["mean"], p["sd"]
    return Distribution("gamma", mean=mean, sd=sd, shape=(mean / sd) ** 2, scale=sd * sd / mean)


def _weibull(p: Read) -> Distribution:
    shape, scale = p["shape"], p["scale"]
    mean = scale * math.gamma(1 + 1 / shape)
    variance = scale * scale * math.gamma(1 + 2 / shape) - mean * mean
    median = scale * math.log(2) ** (1 / shape)
    return Distribution("weibull", mean, math.sqrt(max(variance, 0.0)), median, shape=shape, scale=scale)


# Family -> ways of giving it, each a mapping of parameter to its bounds; a trailing * takes the unit of the context.
FORMS: dict[str, tuple[dict[str, Number], ...]] = {
    "fixed": ({"fixed*": AMOUNT},),
    "exponential": ({"mean*": POSITIVE},),
    "lognormal": ({"mean*": POSITIVE, "median*": POSITIVE}, {"mean*": POSITIVE, "sd*": POSITIVE}),
    "weibull": ({"shape": SHAPE, "scale*": POSITIVE},),
    "gamma": ({"mean*": POSITIVE, "sd*": POSITIVE},),
}
MAKERS: dict[str, Callable[[Read], Distribution]] = {
    "fixed": _fixed,
    "exponential": _exponential,
    "lognormal": _lognormal,
    "weibull": _weibull,
    "gamma": _gamma,
}


@dataclass(frozen=True)
class DistributionOf(SpreadOf):
    """A distribution of days, of hours a week, or (unit "") of pure numbers; if `skippable`, none leaves it out."""

    unit: str
    skippable: bool = False

    @property
    def container(self) -> type[Any]:  # type: ignore[override]
        return Stages if self.skippable else Distributions

    def names(self, form: dict[str, Number]) -> dict[str, str]:
        """Map each written name of a form, such as mean_days, to its meaning, such as mean."""
        written = {}
        for parameter in form:
            meaning = parameter.rstrip("*")
            if not parameter.endswith("*"):
                written[meaning] = meaning
            elif meaning == "fixed":
                written[self.unit or "value"] = meaning
            else:
                written[f"{meaning}_{self.unit}" if self.unit else meaning] = meaning
        return written

    def read_cell(self, data: object, path: Path, problems: Problems) -> Distribution | None:
        if self.skippable and isinstance(data, dict) and set(data) == {"value"}:
            data, path = data["value"], (*path, "value")
        if self.skippable and data == "none":
            return None
        families = self.allowed()
        if not isinstance(data, dict):
            problems.add(path, f"must be a distribution, such as {self.example()}{self.or_none()}, got {show(data)}")
            return None
        given = [name for name in data if name in FAMILIES]
        for name in data:
            if name not in FAMILIES and name != "zero_share":
                problems.add((*path, name), unknown(name, (*families, "by_age", "by_place", "zero_share")))
        if len(given) != 1:
            if given or "zero_share" in data or not data:
                problems.add(path, f"must name exactly one of {', '.join(FAMILIES)}, got {', '.join(given) or 'none'}")
            return None
        zero = SHARE.read(data["zero_share"], (*path, "zero_share"), problems) if "zero_share" in data else 0.0
        return self.read_family(given[0], data[given[0]], (*path, given[0]), zero or 0.0, problems)

    def read_family(
        self, family: str, data: object, path: Path, zero: float, problems: Problems
    ) -> Distribution | None:
        if not isinstance(data, dict):
            problems.add(path, f"must be a mapping of {self.wanted(family)}, got {show(data)}")
            return None
        if family == "empirical":
            return self.read_samples(data, path, zero, problems)
        form = self.form_of(family, data)
        names = self.names(form)
        before = len(problems.found)
        for name in data:
            if name not in names:
                problems.add((*path, name), self.not_a_parameter(family, name, names))
        missing = [name for name in names if name not in data]
        if missing:
            problems.add(path, f"has no {' and no '.join(missing)}; give {self.wanted(family)}")
        bounds = {parameter.rstrip("*"): number for parameter, number in form.items()}
        values = {
            meaning: bounds[meaning].read(data[name], (*path, name), problems)
            for name, meaning in names.items()
            if name in data
        }
        if len(problems.found) > before:
            return None
        return self.make(family, {k: float(v) for k, v in values.items() if v is not None}, path, zero, problems)

    def make(self, family: str, p: Read, path: Path, zero: float, problems: Problems) -> Distribution | None:
        if family == "lognormal" and "median" in p and not p["mean"] > p["median"]:
            name = f"mean_{self.unit}" if self.unit else "mean"
            problems.add((*path, name), f"must be above the median, {p['median']:g}, got {p['mean']:g}")
            return None
        if family == "lognormal" and "median" in p and p["mean"] > MOST_SKEW * p["median"]:
            name = f"mean_{self.unit}" if self.unit else "mean"
            problems.add(
                (*path, name), f"must be at most {MOST_SKEW} times the median, {p['median']:g}, got {p['mean']:g}"
            )
            return None
        if "sd" in p and not 1e-4 <= p["sd"] / p["mean"] <= 100:
            name = f"sd_{self.unit}" if self.unit else "sd"
            problems.add((*path, name), f"must be from 0.0001 to 100 times the mean, {p['mean']:g}, got {p['sd']:g}")
            return None
        made = MAKERS[family](p)
        return Distribution(**{**{f: getattr(made, f) for f in made.__slots__}, "zero_share": zero})

    def read_samples(self, data: dict[str, object], path: Path, zero: float, problems: Problems) -> Distribution | None:
        for name in data:
            if name != "values":
                problems.add((*path, name), unknown(name, ("file", "column", "values")))
        values = data.get("values")
        if not isinstance(values, (list, tuple)) or not values:
            problems.add(path, "must have file and column, or values: a list of numbers")
            return None
        before = len(problems.found)
        read = [AMOUNT.read(item, (*path, "values", str(i)), problems) for i, item in enumerate(values)]
        samples = tuple(sorted(v for v in read if v is not None))
        if len(problems.found) > before:
            return None
        if not samples[-1]:
            nothing = f"fixed: {{{next(iter(self.names(FORMS['fixed'][0])))}: 0}}"
            problems.add(path, f"has no value above 0; if that is meant, write {nothing}")
            return None
        mean = math.fsum(samples) / len(samples)
        sd = math.sqrt(math.fsum((x - mean) ** 2 for x in samples) / len(samples))
        middle = len(samples) // 2
        median = samples[middle] if len(samples) % 2 else (samples[middle - 1] + samples[middle]) / 2
        return Distribution("empirical", mean, sd, median, samples=samples, zero_share=zero)

    def form_of(self, family: str, data: dict[str, object]) -> dict[str, Number]:
        """Return the form that shares the most names with what was written."""
        return max(FORMS[family], key=lambda form: len(self.names(form).keys() & data.keys()))

    def not_a_parameter(self, family: str, name: str, names: dict[str, str]) -> str:
        if name in self.names_of_all(family):
            return f"cannot be given with {', '.join(names)}; give {self.wanted(family)}"
        stem, _, unit = name.rpartition("_")
        mine = next((n for n in self.names_of_all(family) if n.rpartition("_")[0] == stem and stem), None)
        if mine is not None and unit in ("days", "hours"):
            return f"is in {unit}; this is in {self.unit or 'no unit'}: write {mine}"
        return unknown(name, tuple(self.names_of_all(family)))

    def names_of_all(self, family: str) -> list[str]:
        return list(dict.fromkeys(name for form in FORMS[family] for name in self.names(form)))

    def wanted(self, family: str) -> str:
        if family == "empirical":
            return "file and column"
        return ", or ".join(" and ".join(self.names(form)) for form in FORMS[family])

    def allowed(self) -> tuple[str, ...]:
        return FAMILIES

    def example(self) -> str:
        return f"{{exponential: {{{f'mean_{self.unit}' if self.unit else 'mean'}: 2}}}}"

    def or_none(self) -> str:
        return ", or none" if self.skippable else ""

    def cell_schema(self) -> dict[str, Any]:
        choices = [self.family_schema(family) for family in FAMILIES]
        if self.skippable:
            choices += [{"const": "none"}, with_notes({"value": {"const": "none"}}, ["value"])]
        return {"anyOf": choices}

    def family_schema(self, family: str) -> dict[str, Any]:
        if family == "empirical":
            names = {"file": {"type": "string"}, "column": {"type": "string"}}
            listed = {"values": {"type": "array", "items": AMOUNT.schema(), "minItems": 1}}
            forms = [_closed(names), _closed(listed)]
        else:
            forms = [
                _closed({n: form.get(m, form.get(f"{m}*", AMOUNT)).schema() for n, m in self.names(form).items()})
                for form in FORMS[family]
            ]
        parameters = forms[0] if len(forms) == 1 else {"anyOf": forms}
        return with_notes({family: parameters, "zero_share": SHARE.schema()}, [family])


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
