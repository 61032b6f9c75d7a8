"""The page reads well, for everybody, for any scenario."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from caresim.reports.html import template
from caresim.reports.sources import sources
from tests.reports.page import Page, plurals_of_one


@pytest.fixture(scope="session")
def text(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page(text: str) -> Page:
    return Page(text)


def test_it_is_well_formed(page: Page) -> None:
    assert page.faults == []


def test_it_has_one_title_and_headings_in_order(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.order if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_identifier_occurs_twice_and_every_reference_is_met(page: Page, text: str) -> None:
    names = [element.attributes["id"] for element in page.order if "id" in element.attributes]
    assert len(names) == len(set(names))
    wanted = set(re.findall(r'(?:href="#|url\(#|aria-labelledby=")([^")]+)', text))
    assert wanted <= set(names)


def test_it_needs_no_script_and_nothing_from_elsewhere(page: Page, text: str) -> None:
    assert not page.root.all("script")
    assert not page.root.all("link")
    for element in page.order:
        assert not any(name.startswith("on") for name in element.attributes)
        assert "src" not in element.attributes
    links = {element.attributes["href"] for element in page.order if element.attributes.get("href", "#")[0] != "#"}
    assert links <= {source.address for source in sources().values()}  # to be followed, not loaded
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {"http://www.w3.org/2000/svg", *links}


def test_every_figure_has_a_finding_words_for_it_and_a_table(page: Page) -> None:
    figures = page.root.all("figure")
    assert len([figure for figure in figures if figure.attributes["aria-labelledby"] != "pressure-heading"]) <= 7
    for figure in figures:
        heading, drawing, table = figure.all("h3")[0], figure.all("svg")[0], figure.all("table")[0]
        assert re.search(r"\d", heading.words())
        assert drawing.attributes["role"] == "img"
        alt = drawing.all("title")[0].words()
        number = "".join(s.words() for s in heading.all("span") if s.attributes.get("class") == "number")
        assert alt.startswith(heading.words().removeprefix(number).strip())
        assert table.all("caption")[0].words()
        assert figure.all("details")


def test_every_table_says_what_its_headers_head(page: Page) -> None:
    for table in page.root.all("table"):
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.all("th"))
        widths = {len(row.children) for row in table.all("tr")}
        assert len(widths) == 1
    assert page.root.all("html")[0].attributes["lang"] == "en-GB"


def test_nothing_unsayable_reaches_the_reader(page: Page) -> None:
    words = page.root.words()
    assert not re.search(r"\b(nan|inf|None|NaT|Estimate|DataFrame)\b", words)
    assert "{" not in re.sub(r"<style>.*?</style>", "", page.root.all("main")[0].words())


def test_the_first_screen_gives_answer_readings_basis_and_limits(folders: dict[str, Path]) -> None:
    page = Page((folders["county"] / "report.html").read_text(encoding="utf-8"))
    assert page.root.all("h1")[0].words() == "Care begun on leaving hospital in 2018-19 costs the council £24.5m"
    words = page.root.all("header")[0].words()
    assert "(95% interval)" in words
    assert "Simulation error of the mean" in words
    assert "Single years differ by chance" in words
    readings = next(ul for ul in page.root.all("ul") if ul.attributes.get("class") == "readings")
    assert re.findall(r"£[\d.]+m", readings.words())[0] == "£24.5m"
    assert len(readings.all("li")) == 3
    headings = [heading.words() for heading in page.root.all("h2")]
    assert {"Who it concerns", "What it rests on", "What was not looked at"} <= set(headings)
    grades = [span.words() for span in page.root.all("span") if span.attributes.get("class", "").startswith("grade")]
    assert grades[:3] == ["C: assumption, to be varied"] * 3


def test_one_replication_claims_no_interval(folders: dict[str, Path]) -> None:
    page = Page((folders["once"] / "report.html").read_text(encoding="utf-8"))
    assert "One simulated run gives no interval." in page.root.words()
    assert len(page.root.all("figure")) == 7


def test_a_textbook_queue_is_told_by_its_queue_and_what_is_left_out_is_named(folders: dict[str, Path]) -> None:
    page = Page((folders["textbook"] / "report.html").read_text(encoding="utf-8"))
    assert page.root.all("h1")[0].words() == "People wait 3.7 days on average for the queue, which is 90% in use"
    assert "£" not in page.root.words()
    assert "People delayed in hospital: nobody waits in a hospital bed in this scenario." in page.root.words()


def test_a_grade_stands_at_every_number_that_went_in(folders: dict[str, Path]) -> None:
    page = Page((folders["county"] / "report.html").read_text(encoding="utf-8"))
    tables = [table for table in page.root.all("table") if "Evidence grade" in table.words()]
    rows = [row for table in tables for row in table.all("tbody")[0].all("tr")]
    assert len(rows) == 23
    assert all(row.all("span")[0].attributes["class"].startswith("grade") for row in rows)


# ---- on paper and on a phone


def rules_of(style: str) -> dict[str, str]:
    """Give what a style sheet says of each selector; of rules with one selector the last."""
    found = {}
    for selectors, said in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        for selector in selectors.split(","):
            found[" ".join(selector.split())] = " ".join(said.split())
    return found


def test_paper_shows_whole_tables_and_leaves_rows_and_figures_in_one_piece() -> None:
    printed = rules_of(template("report.css").split("@media print {")[1])
    assert "overflow: visible" in printed[".scroll"]
    assert "white-space: normal" in printed["table.small .range"]
    assert printed["@page wide"].startswith("size: A4 landscape")
    assert printed[".wide-print"] == "page: wide;"
    assert printed["figure"] == printed["tr"] == "break-inside: avoid;"


def test_a_figure_shrinks_to_a_narrow_screen_and_says_how_to_read_it(page: Page) -> None:
    wide, narrow, _ = re.split(r"@media[^{]*\{", template("report.css"))
    drawing = rules_of(wide)[".chart svg"]
    assert "width: 100%" in drawing
    assert "min-width" not in drawing
    assert "display: none" in rules_of(wide)[".hint"]
    assert "display: block" in rules_of(narrow)[".hint"]
    for figure in page.root.all("figure"):
        assert [p.words()[:15] for p in figure.all("p") if p.attributes.get("class") == "hint"] == ["Turn the screen"]


def test_a_caption_stays_in_view_where_its_table_scrolls(page: Page) -> None:
    assert "position: sticky; left: 0" in rules_of(template("report.css").split("@media")[0])["caption span"]
    for caption in page.root.all("caption"):
        assert [child.tag for child in caption.children] == ["span"]
        assert not caption.text


def test_one_is_not_written_as_several(folder: Path) -> None:
    assert plurals_of_one(folder) == []
