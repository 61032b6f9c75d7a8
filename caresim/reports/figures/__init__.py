"""One file a figure; the order here is the order of the page. Pressure stands beside its table, not among the first."""

from __future__ import annotations

from collections.abc import Callable

from caresim.reports.chart import Chart, Missing
from caresim.reports.facts import Run
from caresim.reports.figures import canvas, cost, delayed, packages, pathways, pools, pressure, stays, years
from caresim.reports.steps import Steps

Draw = Callable[[Run], Chart | Missing]

FIGURES: dict[str, Draw] = {
    delayed.KEY: delayed.draw,
    cost.KEY: cost.draw,
    stays.KEY: stays.draw,
    pathways.KEY: pathways.draw,
    pools.KEY: pools.draw,
    packages.KEY: packages.draw,
    years.KEY: years.draw,
    pressure.KEY: pressure.draw,
}


def draw_all(run: Run, steps: Steps | None = None) -> list[Chart | Missing]:
    """Draw every figure that the run has data for and name the others."""
    steps, drawn = steps or Steps(), []
    with canvas.style():
        for draw in FIGURES.values():
            drawn.append(draw(run))
            steps.done()
    return drawn
