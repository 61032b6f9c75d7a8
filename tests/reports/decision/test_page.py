"""The page of a comparison: well formed, whole whatever is missing, and the same each time."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from caresim.reports import decision
from caresim.reports.chart import Chart, Missing
from caresim.reports.decision import phrases
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import FIGURES
from caresim.reports.decision.findings import findings
from caresim.reports.decision.html import page as page_of
from caresim.reports.decision.readers import finance
from caresim.reports.decision.tables import COLUMNS
from caresim.reports.decision.write import write_drawn
from caresim.reports.figures import canvas
from tests.reports.decision.conftest import Made
from tests.reports.page import Page, plurals_of_one

HOSTILE = "<script>alert(1)</script> & =1+1 $x^2$ \x07"


def test_the_page_is_well_formed_with_headings_in_order(page: Page) -> None:
    assert page.faults == []
    levels = [int(element.tag[1]) for element in page.order if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [element.attributes["id"] for element in page.order if "id" in element.attributes]
    assert len(names) == len(set(names))


def test_one_is_not_written_as_several(folders: dict[str, Path], kind: str) -> None:
    assert plurals_of_one(folders[kind]) == []


def test_it_needs_no_script_and_nothing_from_elsewhere(page: Page) -> None:
    assert not page.root.all("script")
    assert not page.root.all("link")
    assert not any("src" in element.attributes for element in page.order)


def test_every_table_has_headers_with_scope(page: Page) -> None:
    for table in page.root.all("table"):
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.all("th"))
        assert len({len(row.children) for row in table.all("tr")}) == 1


def test_every_line_of_a_cell_stands_on_the_page(folders: dict[str, Path], full: Decision) -> None:
    written = re.sub(r"<[^>]+>", "", (folders["full"] / "report.html").read_text(encoding="utf-8"))
    cells = [cell for table in finance(full).tables for row in table.rows for cell in row]
    assert any(cell.count("\n") > 1 for cell in cells)
    for cell in cells:
        for line in cell.split("\n"):
            assert line in html.unescape(written)


def test_nothing_unsayable_reaches_the_reader(page: Page) -> None:
    assert not re.search(r"\b(nan|inf|None|NaT|Estimate|DataFrame)\b", page.root.words())


def test_every_figure_states_its_finding_in_words_too(drawn: dict[str, list[Chart | Missing]], kind: str) -> None:
    charts = [chart for chart in drawn[kind] if isinstance(chart, Chart)]
    assert len([chart for chart in charts if chart.key != "pressure"]) <= 7  # that one is the finance officer's
    for chart in charts:
        assert re.search(r"\d|None", chart.title)
        assert chart.alt.startswith(chart.title)
        assert chart.png.startswith(b"\x89PNG")
        assert chart.table.rows


def test_a_full_comparison_has_all_figures_and_a_section_a_reader(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    assert len(page.root.all("figure")) == len(FIGURES)
    titles = {heading.words() for heading in page.root.all("h2")}
    assert {f"For the {name}" for name in ("director of adult services", "finance officer", "researcher")} <= titles


def test_the_readers_tables_lie_across_the_paper(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    lying = [s.all("h2")[0].words() for s in page.root.all("section") if "wide-print" in s.attributes.get("class", "")]
    assert len(lying) == 4
    assert all(title.startswith("For the ") for title in lying)


def test_a_sign_stays_with_its_amount_under_a_mean_too(folders: dict[str, Path]) -> None:
    page = Page((folders["full"] / "report.html").read_text(encoding="utf-8"))
    below = [span for span in page.root.all("span") if span.attributes.get("class") == "range"]
    signed = [span for span in below if f"{phrases.MINUS}£" in span.words()]
    assert signed
    assert all(f"{phrases.MINUS}£" not in span.text for span in signed)


FIGURE_OF = {"bridge": "bridge", "tornado": "tornado", "cumulative": "payback", "differences_by_place": "places",
             "pressure": "pressure"}  # fmt: skip


@pytest.mark.parametrize("name", list(FIGURE_OF))
def test_a_missing_table_leaves_its_figure_out_and_names_it(name: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    found = Decision({key: table for key, table in tables.items() if key != name}, manifest, assumptions)
    missing = FIGURES[FIGURE_OF[name]](found)
    assert isinstance(missing, Missing)
    assert any(missing.subject.lower() in item for item in findings(found, [missing]).not_looked_at)


@pytest.mark.parametrize("name", list(COLUMNS))
def test_no_missing_table_breaks_the_page(name: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    found = Decision({key: table for key, table in tables.items() if key != name}, manifest, assumptions)
    words = Page(page_of(found, [])).root.words()
    assert not re.search(r"\b(nan|None)\b", words)


@pytest.mark.parametrize("figure", ["partners", "payback"])
def test_names_of_a_usual_length_are_written_out_over_lines(figure: str, given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    name = "Reablement, discharge to assess and falls prevention"
    items = [{**item, "name": name} if item["key"] == "falls" else item for item in manifest["scenarios"]]
    with canvas.style():
        chart = FIGURES[figure](Decision(tables, {**manifest, "scenarios": items}, assumptions))
    assert isinstance(chart, Chart)
    drawn = chart.svg.split("</title>")[1]
    assert "\N{HORIZONTAL ELLIPSIS}" not in drawn
    lines = [line.strip() for line in re.findall(r">([^<>]+)</text>", drawn)]
    assert "and falls prevention" in lines
    if figure == "partners":
        head = lines.index("Integrated")
        assert lines[head : head + 3] == ["Integrated", "care board", "(ICB)"]


def test_hostile_names_are_only_text(given: dict[str, Made], tmp_path: Path) -> None:
    tables, manifest, assumptions = given["full"]
    items = [{**item, "name": f"{HOSTILE}{number}"} for number, item in enumerate(manifest["scenarios"])]
    decision.write(tmp_path, tables, {**manifest, "name": HOSTILE, "scenarios": items}, assumptions)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.faults == []
    assert not page.root.all("script")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book["Options"]["A5"].data_type == "s"
    docx.Document(str(tmp_path / "report.docx"))


def test_the_same_tables_give_the_same_bytes(given: dict[str, Made], drawn: dict[str, Any], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_drawn(tmp_path / name, Decision(*given["compared only"]), drawn["compared only"])
    for file in ("report.html", "report.xlsx", "report.docx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_reports_are_rebuilt_from_what_is_on_disk(given: dict[str, Made], tmp_path: Path) -> None:
    import json

    tables, manifest, assumptions = given["full"]
    (tmp_path / "tables").mkdir()
    for name, table in tables.items():
        table.to_parquet(tmp_path / "tables" / f"{name}.parquet", index=False)
    items = [{k: v for k, v in item.items() if k != "changes"} for item in manifest["scenarios"]]
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "scenarios": items}))
    for key, rows in assumptions.items():
        (tmp_path / "scenarios" / key).mkdir(parents=True)
        (tmp_path / "scenarios" / key / "assumptions.json").write_text(json.dumps(rows))
    config = (
        "demand: {a: 1}\ninterventions:\n- name: Falls prevention\n  evidence: 'Against: PreFIT found none.'\nneed: 2\n"
    )
    (tmp_path / "scenarios" / "falls" / "config.resolved.yaml").write_text(config)
    decision.rebuild(tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "PreFIT found none." in text
    assert (tmp_path / "report.docx").is_file()
