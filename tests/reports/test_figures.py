"""Figures say what the tables say, look the same twice, and never fail."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.text import Text

from caresim.reports import palette
from caresim.reports.chart import Chart, Missing
from caresim.reports.estimate import estimate
from caresim.reports.facts import Run
from caresim.reports.figures import FIGURES, canvas, draw_all, stays
from caresim.reports.figures.level import names


@pytest.fixture(scope="session")
def charts(drawn: dict[str, list[Chart | Missing]]) -> dict[str, Chart]:
    return {chart.key: chart for chart in drawn["county"] if isinstance(chart, Chart)}


def test_every_figure_of_a_county_is_drawn(charts: dict[str, Chart]) -> None:
    assert list(charts) == list(FIGURES)


def test_a_figure_is_drawn_or_its_absence_explained(drawn: dict[str, list[Chart | Missing]], kind: str) -> None:
    assert len(drawn[kind]) == len(FIGURES)
    for chart in drawn[kind]:
        if isinstance(chart, Missing):
            assert chart.subject
            assert chart.reason
            continue
        ET.fromstring(chart.svg)
        assert chart.table.rows
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)
        assert not any(cell in {"nan", "inf", "None"} for row in chart.table.rows for cell in row)


def test_the_same_run_gives_the_same_drawings_whatever_the_users_style(
    county_run: Run, charts: dict[str, Chart]
) -> None:
    first = [chart.svg for chart in charts.values()]
    with mpl.rc_context({"font.size": 31, "axes.facecolor": "pink", "savefig.bbox": "tight"}):
        second = [chart.svg for chart in draw_all(county_run) if isinstance(chart, Chart)]
    assert first == second


def test_text_stays_text_and_files_stand_alone(folders: dict[str, Path]) -> None:
    files = sorted((folders["county"] / "figures").glob("*.svg"))
    assert [file.stem for file in files] == sorted(FIGURES)
    for file in files:
        root = ET.parse(file).getroot()
        texts = [element for element in root.iter() if element.tag.endswith("}text")]
        assert len(texts) > 8
        assert "DejaVu" not in file.read_text(encoding="utf-8")


def test_titles_carry_the_numbers_of_the_tables(charts: dict[str, Chart]) -> None:
    assert charts["delayed"].title.startswith("81 people a day wait in hospital though ready to leave, ")
    assert charts["stays"].title == "35% of emergency stays last over 7 days in 2018-19"
    assert charts["years"].title.startswith("Hospital-driven cost rises by 2.5%, to £25.1m a year by 2019-20")
    assert re.match(r"29% of the £[\d.]+m of hospital-driven cost goes to home care", charts["cost"].title)


def test_a_cost_cut_off_by_the_end_of_the_run_is_not_said_to_fall(county_run: Run) -> None:
    early = Run(county_run.given, {**county_run.manifest, "cut_off_years": ["2019-20"]}, county_run.assumptions)
    with canvas.style():
        chart = FIGURES["years"](early)
    assert isinstance(chart, Chart)
    assert chart.title.startswith("Council cost ")
    assert chart.notes == (early.cut_off,)
    assert "begun in 2019-20 are over" in early.cut_off


def test_the_longest_wait_is_not_called_the_longest_queue(charts: dict[str, Chart]) -> None:
    assert charts["pools"].title.startswith("The longest wait in a queue is for ")


def test_each_line_of_a_long_name_ends_at_the_axis() -> None:
    """Lines of one text would begin where matplotlib's font has them begin, and the reader's is another."""
    with canvas.style():
        figure = canvas.blank(2.0)
        names(canvas.axes(figure, 0.3, 0.2, 0.6, 0.6), ["A name that goes on over lines", "Short"], 16)
        root = ET.fromstring(canvas.to_svg(figure, "names", "Names."))
    texts = {element.text: element for element in root.iter() if element.tag.endswith("text")}
    named = [texts[line] for line in ("A name that goes", "on over lines", "Short")]
    assert all("text-anchor: end" in element.attrib["style"] for element in named)


def test_the_flow_picture_keeps_everybody(charts: dict[str, Chart]) -> None:
    rows = [row for row in charts["pathways"].table.rows if row[0] == "Reablement at home"]
    people = [int(row[2].replace(",", "")) for row in rows]
    assert people[0] == pytest.approx(sum(people[1:]), abs=len(rows))


def test_the_cost_is_split_as_the_headline_is_made_up(charts: dict[str, Chart], county_run: Run) -> None:
    assert "of the £24." in charts["cost"].title
    without = {name: table for name, table in county_run.given.items() if name != "chains"}
    with canvas.style():
        chart = FIGURES["cost"](Run(without, county_run.manifest, county_run.assumptions))
    assert isinstance(chart, Chart)
    assert "spent in 2018-19 on care that began in hospital" in chart.title
    assert any("Unlike the headline" in note for note in chart.notes)


def test_every_colour_of_the_palette_can_be_told_from_the_page() -> None:
    marks = [palette.DARK_BLUE, palette.TURQUOISE, palette.DARK_PINK, palette.ORANGE, palette.DARK_GREY]
    marks += [palette.LIGHT_PURPLE, palette.ACCENT, palette.NEUTRAL]
    assert all(palette.contrast(colour, palette.WHITE) >= 3 for colour in marks)
    for ground in (palette.WHITE, palette.SHADE):
        assert palette.contrast(palette.TEXT, ground) >= 7
        assert palette.contrast(palette.MUTED, ground) >= 4.5


def test_contrast_is_that_of_the_guidelines() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_areas_keep_their_colour_and_differ_in_more_than_colour() -> None:
    styles = palette.area_styles(["North", "West"], "County")
    assert styles["North"] == palette.area_styles(["North", "West", "Third"], "Other")["North"]
    assert len({(style.marker, str(style.line)) for name, style in styles.items() if name != "County"}) == 2


def test_an_interval_is_students_and_one_value_has_none() -> None:
    found = estimate([1.0, 2.0, 3.0])
    assert (found.low, found.high) == pytest.approx((2 - 4.302653 / 3**0.5, 2 + 4.302653 / 3**0.5))
    assert not estimate([5.0]).has_interval
    assert not estimate([]).has_interval


def test_replications_without_an_event_count_as_none(county_run: Run) -> None:
    flow = county_run.in_year("flow").head(1).assign(people=6.0)
    (total,) = county_run.totals(flow, ["event"], "people").values()
    assert total.mean == pytest.approx(2.0)


def test_what_is_said_of_a_day_stands_above_the_curves_of_all_ages() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    days = np.arange(121)
    curves = {"75-84": 0.8 ** (days / 2), "85+": 0.9 ** (days / 2)}
    with canvas.style():
        figure = canvas.blank(4.2)
        ax = canvas.axes(figure, 0.07, 0.12, 0.73, 0.80)
        stays._plot(ax, curves, curves["75-84"], estimate([0.46, 0.46]))
        FigureCanvasAgg(figure).draw()
        said = {label.get_text(): label for label in ax.texts if "over" in label.get_text()}
        for day, text in ((14, "21% over 14"), (21, "9.6% over 21"), (28, "4.4% over 28")):
            box = Text.get_window_extent(said[text]).transformed(ax.transData.inverted())
            assert box.x0 >= day - 0.5
            assert box.y0 > curves["85+"][day] * 100
