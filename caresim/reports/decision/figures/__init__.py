"""One file a figure; the order here is the order of the page. Pressure stands in the finance officer's section."""

from __future__ import annotations

from collections.abc import Callable

from caresim.reports.chart import Chart, Missing
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import bridge, matrix, payback, places, plane, pressure, savings, tornado
from caresim.reports.figures import canvas
from caresim.reports.steps import Steps

Draw = Callable[[Decision], Chart | Missing]

FIGURES: dict[str, Draw] = {
    savings.KEY: savings.draw,
    payback.KEY: payback.draw,
    matrix.KEY: matrix.draw,
    tornado.KEY: tornado.draw,
    bridge.KEY: bridge.draw,
    places.KEY: places.draw,
    plane.KEY: plane.draw,
    pressure.KEY: pressure.draw,
}


def draw_all(decision: Decision, steps: Steps | None = None) -> list[Chart | Missing]:
    """Draw every figure that the comparison has data for and name the others."""
    steps, drawn = steps or Steps(), []
    with canvas.style():
        for draw in FIGURES.values():
            drawn.append(draw(decision))
            steps.done()
    return drawn
