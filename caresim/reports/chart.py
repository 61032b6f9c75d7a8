"""What a figure is: a finding, a picture of it, the same in words, and the table of its data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DataTable:
    """A table as text; the first column heads its rows, other columns are numbers unless named in `texts`."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Chart:
    """A figure; its title is its finding."""

    key: str
    title: str
    subtitle: str
    alt: str
    svg: str
    table: DataTable
    notes: tuple[str, ...] = ()
    png: bytes = b""  # the same picture for documents that take no SVG


@dataclass(frozen=True)
class Missing:
    """A figure that this run has no data for."""

    subject: str
    reason: str
