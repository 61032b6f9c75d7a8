"""Draw with matplotlib and hand over clean SVG: same data, same bytes, text kept as text."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from caresim.reports import palette
from caresim.reports.chart import Chart, Missing

# Sizes are points on a figure 10 inches wide, so 720 units; a page shows it about 1.3 times larger.
WIDTH = 10.0
_FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.image_inline": True,
    "font.family": ["DejaVu Sans"],  # measured with the font that ships with matplotlib, shown in _FONTS
    "font.size": 10.5,
    "text.color": palette.TEXT,
    "axes.edgecolor": palette.MUTED,
    "axes.labelcolor": palette.MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "xtick.color": palette.MUTED,
    "ytick.color": palette.MUTED,
    "grid.color": palette.RULE,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 1.0,
    "path.simplify": False,
    "text.parse_math": False,
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style, whatever the user's own matplotlib settings say."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)  # type: ignore[arg-type]
        yield


def blank(height: float) -> Figure:
    """Start a figure of the house width and a height in inches."""
    return Figure(figsize=(WIDTH, height), facecolor="none")


def axes(figure: Figure, left: float, bottom: float, width: float, height: float, grid: str | None = "y") -> Axes:
    """Place axes by hand in fractions of the figure, so that layout does not hang on fonts."""
    ax = figure.add_axes((left, bottom, width, height), facecolor="none")
    ax.tick_params(length=3, width=0.8)
    if grid == "y":
        ax.grid(axis="y")
    elif grid == "x":
        ax.grid(axis="x")
    return ax


def bare(figure: Figure) -> Axes:
    """Cover the whole figure with axes without frame, measured in points from the lower left."""
    width, height = figure.get_size_inches()
    ax = figure.add_axes((0, 0, 1, 1), facecolor="none")
    ax.set_xlim(0, width * 72)
    ax.set_ylim(0, height * 72)
    ax.axis("off")
    return ax


def note(ax: Axes, x: float, y: float, text: str, size: float = 10.5, **keywords: Any) -> None:
    """Write lines of text about a point in points; each line is placed by itself, whatever the reader's font."""
    lines = text.split("\n")
    leading = size * 1.3
    for number, line in enumerate(lines):
        height = y + leading * ((len(lines) - 1) / 2 - number)
        ax.text(x, height, line, **{"color": palette.TEXT, "va": "center", "fontsize": size, **keywords})


def apart(values: list[float], gap: float) -> list[float]:
    """Move labels up just enough not to touch, keeping their order."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = list(values)
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed


def interval(ax: Axes, low: float, high: float, row: float) -> None:
    """Draw a level interval that shows on a dark bar as well as beside it."""
    for colour, width, size in ((palette.WHITE, 4.0, 11), (palette.TEXT, 1.6, 9)):
        ax.plot(
            [low, high], [row, row], color=colour, linewidth=width, solid_capstyle="butt", zorder=4,
            marker="|", markersize=size, markeredgewidth=width,
        )  # fmt: skip


def few_ticks(ax: Axes, whole: bool = False) -> None:
    """Put about four numbers on the upright axis."""
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=whole))


def to_svg(figure: Figure, key: str, alt: str) -> str:
    """Render an `<svg>` element that may stand beside others in one page."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": key}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _clean(buffer.getvalue(), key, alt)


def to_png(figure: Figure, dots_an_inch: int = 160) -> bytes:
    """Render the picture for documents that take no SVG, on white; same data, same bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dots_an_inch, facecolor=palette.WHITE, metadata={"Software": None})
    return buffer.getvalue()


def _clean(text: str, key: str, alt: str) -> str:
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r"<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = body.replace("xlink:href", "href").replace("'DejaVu Sans'", _FONTS)
    body = re.sub(r'\bid="', f'id="{key}-', body)
    body = re.sub(r'href="#', f'href="#{key}-', body)
    body = re.sub(r"url\(#", f"url(#{key}-", body)
    body = re.sub(r"(\.\d{3})\d+", r"\1", body)
    body = re.sub(r"[ \t]+\n", "\n", body)
    box = re.search(r'viewBox="([^"]+)"', body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box.group(1) if box else ""}" role="img" '
        f'aria-labelledby="{key}-title" style="stroke-linejoin:round;stroke-linecap:butt">\n'
        f'<title id="{key}-title">{escape(alt)}</title>\n'
    )
    return head + body[body.index(">") + 1 :].strip() + "\n"


def save(folder: Path, charts: Iterable[Chart | Missing], source: str) -> None:
    """Write each figure that there is as a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts:
        if isinstance(chart, Chart):
            text = standalone(chart.svg, chart.title, chart.subtitle, source)
            (folder / f"{chart.key}.svg").write_text(text, encoding="utf-8", newline="\n")


def standalone(svg: str, title: str, subtitle: str, source: str) -> str:
    """Turn a page's figure into a file of its own: finding above, source below, white ground."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (float(part) for part in found.groups()) if found else (WIDTH * 72, 400.0)
    heading, under = textwrap.wrap(title, 74), textwrap.wrap(subtitle, 112)
    lines = [(line, 18, "bold", palette.TEXT) for line in heading]
    lines += [(line, 12, "normal", palette.MUTED) for line in under]
    text, y, above = "", 8.0, 0
    for line, size, weight, colour in lines:
        y += size * 1.3 + (max(above - size, 0))  # what is smaller stands off what is above it
        above = size
        text += _line(line, y, size, weight, colour)
    top = y + 12
    total = top + height + 26
    text += _line(source, total - 10, 10, "normal", palette.MUTED)
    inner = svg.replace("<svg ", f'<svg y="{top:.1f}" width="{width:g}" height="{height:g}" ', 1)
    inner = re.sub(r' role="img" aria-labelledby="[^"]+"', "", inner, count=1)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{total:.1f}" '
        f'viewBox="0 0 {width:g} {total:.1f}" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{width:g}" height="{total:.1f}" fill="#FFFFFF"/>\n{text}{inner}</svg>\n'
    )


def _line(text: str, y: float, size: int, weight: str, colour: str) -> str:
    return f'<text x="12" y="{y:.1f}" style="font: {weight} {size}px {_FONTS}; fill: {colour}">{escape(text)}</text>\n'
