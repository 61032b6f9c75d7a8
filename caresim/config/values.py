"""The values of a config: numbers, distributions and shares, the same everywhere or spread by age, place or a key.

All are frozen, can be pickled, and keep what was written beside them (unit, source, grade, low, high, note) in `notes`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class Frozen(dict[K, V]):
    """A dict that cannot be changed."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario is never changed; load it with overrides")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said about a value beside the value itself."""

    unit: str | None = None
    source: str | None = None
    grade: str | None = None
    low: float | None = None
    high: float | None = None
    note: str | None = None


NOTHING = Notes()
ANYWHERE = None  # the place or age of a cell that holds for all


@dataclass(frozen=True, slots=True)
class Spread(Generic[T]):
    """A value that may differ by place and age. `cells` maps (place, age) to a value; None stands for all."""

    cells: Mapping[tuple[str | None, str | None], T]
    notes: Notes = NOTHING

    def at(self, place: str | None = None, age: str | None = None) -> T:
        """Return the value in force.

        Raises
        ------
        KeyError
            The value is spread by a place or an age that was not given, or not among those given.
        """
        for cell in ((place, age), (place, ANYWHERE), (ANYWHERE, age), (ANYWHERE, ANYWHERE)):
            if cell in self.cells:
                return self.cells[cell]
        raise KeyError(f"no value for place {place!r}, age {age!r}")

    @property
    def places(self) -> tuple[str, ...]:
        """The places it is spread over, in the order written; empty if it is the same everywhere."""
        return tuple(dict.fromkeys(place for place, _ in self.cells if place is not None))

    @property
    def ages(self) -> tuple[str, ...]:
        """The ages it is spread over; empty if it is the same for all."""
        return tuple(dict.fromkeys(age for _, age in self.cells if age is not None))

    def __iter__(self) -> Iterator[T]:
        return iter(self.cells.values())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.cells, self.notes)

    def __hash__(self) -> int:
        return hash((frozenset(self.cells.items()), self.notes))


class Quantity(Spread[float]):
    """A number."""

    __slots__ = ()

    @property
    def value(self) -> float:
        """The number, where it is the same for every place and age."""
        return self.at()


@dataclass(frozen=True, slots=True)
class Series:
    """A list of numbers of a fixed length, such as a factor for each month."""

    values: tuple[float, ...]
    notes: Notes = NOTHING


@dataclass(frozen=True, slots=True)
class Distribution:
    """A family and its parameters, in the unit that its place in the config implies (days, hours a week, or none).

    `mean`, `median` and `sd` are those of the family, without the `zero_share`, and None where not known in closed
    form. `shape` and `scale` are given for weibull and gamma, `fixed` for fixed, `samples` for empirical.
    """

    family: str
    mean: float
    sd: float
    median: float | None = None
    shape: float | None = None
    scale: float | None = None
    fixed: float | None = None
    samples: tuple[float, ...] = field(default=(), repr=False)
    zero_share: float = 0.0

    @property
    def log_mean(self) -> float:
        """The mean of the logarithm of a lognormal."""
        return math.log(self._lognormal_median())

    @property
    def log_sd(self) -> float:
        """The standard deviation of the logarithm of a lognormal."""
        return math.sqrt(2 * math.log(self.mean / self._lognormal_median()))

    def _lognormal_median(self) -> float:
        if self.family != "lognormal" or self.median is None:
            raise ValueError(f"{self.family} has no logarithmic parameters")
        return self.median

    def stretched(self, factor: float) -> Distribution:
        """Return the same shape with every duration multiplied; the zero share stays."""
        if factor == 1.0:
            return self

        def times(x: float | None) -> float | None:
            return None if x is None else x * factor

        return replace(
            self,
            mean=self.mean * factor,
            sd=self.sd * factor,
            median=times(self.median),
            scale=times(self.scale),
            fixed=times(self.fixed),
            samples=tuple(x * factor for x in self.samples),
        )


class Distributions(Spread[Distribution]):
    """A distribution, spread by place and age."""

    __slots__ = ()


class Stages(Spread["Distribution | None"]):
    """A time that may be left out: None where the stage is skipped."""

    __slots__ = ()


class Shares(Spread[Frozen[str, float]]):
    """Shares that add to one, by name; a name that was not written has share 0."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Keyed(Generic[T]):
    """A value for each key of a vocabulary, such as each setting."""

    by: str
    values: Mapping[str, T]
    notes: Notes = NOTHING

    def at(self, key: str) -> T:
        """Return the value of a key; KeyError if it is not in the vocabulary."""
        return self.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def items(self) -> Iterator[tuple[str, T]]:
        yield from self.values.items()

    def __hash__(self) -> int:
        return hash((self.by, frozenset(self.values.items()), self.notes))
