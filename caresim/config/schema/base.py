"""What all sections share, and the kinds of field they are made of."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, ClassVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field

from caresim.config.distributions import DistributionOf
from caresim.config.kinds import NOTES, Kind, Number, Text, Word
from caresim.config.spreads import QuantityOf
from caresim.config.values import Distributions, Quantity, Stages
from caresim.config.vocabulary import GRADES

AMOUNT = Number(least=0)
ABOVE_ZERO = Number(above=0)

Amount = Annotated[Quantity, QuantityOf(AMOUNT)]
Positive = Annotated[Quantity, QuantityOf(ABOVE_ZERO)]
Probability = Annotated[Quantity, QuantityOf(Number(least=0, most=1))]
Days = Annotated[Distributions, DistributionOf("days")]
Hours = Annotated[Distributions, DistributionOf("hours")]
Factor = Annotated[Distributions, DistributionOf("")]
Stage = Annotated[Stages, DistributionOf("days", skippable=True)]


def said(unit: str | None, text: str) -> Any:
    """Describe a field that every config has, with the defaults under it; the unit holds where none is written."""
    return Field(description=text, json_schema_extra={"unit": unit} if unit else None)


def may(unit: str | None, text: str) -> Any:
    """Describe a field that may be absent."""
    return Field(default=None, description=text, json_schema_extra={"unit": unit} if unit else None)


class Section(BaseModel):
    """A mapping with known names."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True)

    # Of two names in a group only one may be in force: a child that gives one takes the other away.
    instead: ClassVar[tuple[tuple[str, str], ...]] = ()

    def at(self, name: str) -> Any:
        """Return the field of that name."""
        return getattr(self, name)


class Noted(Section):
    """A section that may carry notes about its numbers.

    `vouches` names the field that the notes are about, or is "" where they are about every field.
    """

    vouches: ClassVar[str] = ""

    unit: Annotated[str | None, Text()] = may(None, "The unit of the number")
    source: Annotated[str | None, Text()] = may(None, "Where the number comes from")
    grade: Annotated[str | None, Word(GRADES)] = may(None, "A read in the source, B quoted from memory, C assumed")
    low: Annotated[float | None, Number()] = may(None, "The lowest value that is plausible")
    high: Annotated[float | None, Number()] = may(None, "The highest value that is plausible")
    note: Annotated[str | None, Text()] = may(None, "Anything else worth saying")


def field_names(model: type[BaseModel]) -> dict[str, str]:
    """Map the names that may be written to the names of the attributes."""
    return {info.alias or name: name for name, info in model.model_fields.items()}


def written_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names that may be written, notes last."""
    names = [name for name in field_names(model) if name not in NOTES]
    return (*names, *(name for name in NOTES if name in model.model_fields))


def kind_at(model: type[BaseModel], name: str) -> Kind | None:
    """Return the kind of value of a field, None if it is a section or unknown."""
    info = model.model_fields.get(field_names(model).get(name, ""))
    if info is None:
        return None
    return next((m for m in info.metadata if isinstance(m, Kind)), None)


def section_at(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """Return the section a field holds, None if it holds a value or is unknown."""
    info = model.model_fields.get(field_names(model).get(name, ""))
    annotation = info.annotation if info is not None else None
    for candidate in (annotation, *get_args(annotation)):
        if (
            isinstance(candidate, type)
            and issubclass(candidate, BaseModel)
            and get_origin(annotation) in (None, UnionType)
        ):
            return candidate
    return None


def item_at(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """Return the section that each entry of a mapping or list of sections is, None if the field is none such."""
    info = model.model_fields.get(field_names(model).get(name, ""))
    for candidate in get_args(info.annotation) if info is not None else ():
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def unit_of(model: type[BaseModel], name: str) -> str | None:
    """Return the unit of a field where none is written."""
    info = model.model_fields.get(field_names(model).get(name, ""))
    extra = info.json_schema_extra if info is not None else None
    unit = extra.get("unit") if isinstance(extra, dict) else None
    return unit if isinstance(unit, str) else None
