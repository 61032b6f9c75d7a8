"""Colours of the Government Analysis Function palette, one constant meaning each.

Colour never tells anything alone: every mark has a label, and series differ in line or marker too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

TEXT = "#1D1D1B"
MUTED = "#595959"  # 7:1 on white: axis text, notes
RULE = "#D9D9D9"
SHADE = "#EEF1F4"  # winter, empty capacity
WHITE = "#FFFFFF"

COUNTY = DARK_GREY
PARTNERS = {"council": TURQUOISE, "nhs": DARK_PINK, "person": LIGHT_PURPLE}
NHS_PARTNERS = frozenset({"icb", "acute_trust", "community_trust"})
ACCENT = "#2073BC"  # the one thing a figure is about; the palette's second sequential blue
NEUTRAL = "#5B6770"  # bars that belong to no area and no partner

_AREA_STYLES = (
    (DARK_BLUE, "o", "-"),
    (ORANGE, "s", "--"),
    (TURQUOISE, "^", "-."),
    (DARK_PINK, "D", ":"),
    (LIGHT_PURPLE, "v", (0, (6, 1, 1, 1, 1, 1))),
    (DARK_GREY, "P", (0, (1, 1))),
)


@dataclass(frozen=True)
class AreaStyle:
    """How one area is drawn wherever it appears."""

    colour: str
    marker: str
    line: str | tuple[int, tuple[int, ...]]


def partner_colour(code: str) -> str:
    """Give the constant colour of a partner; every NHS body has that of the NHS, a fund is grey."""
    return PARTNERS["nhs"] if code in NHS_PARTNERS else PARTNERS.get(code, DARK_GREY)


def area_styles(unitaries: Sequence[str], county: str) -> dict[str, AreaStyle]:
    """Give every area its constant colour, marker and line; the first unitary is dark blue, the second orange."""
    styles = {county: AreaStyle(COUNTY, "o", "-")}
    for number, name in enumerate(unitaries):
        styles[name] = AreaStyle(*_AREA_STYLES[number % len(_AREA_STYLES)])
    return styles


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two hex colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
