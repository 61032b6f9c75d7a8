"""The committee paper: its parts, its words, and what a word processor makes of its tables."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from caresim.reports.chart import DataTable
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.figures import FIGURES
from caresim.reports.decision.findings import findings
from caresim.reports.decision.risks import ended, risks
from caresim.reports.decision.word import clean, references
from caresim.reports.decision.word_table import in_lines, letters_in, points_of, widths_of
from caresim.reports.sources import Cited
from tests.reports import synthetic_decision as synthetic
from tests.reports.decision.conftest import Made


def test_the_paper_opens_with_sections_tables_and_pictures_in_words(folders: dict[str, Path], kind: str) -> None:
    paper = docx.Document(str(folders[kind] / "report.docx"))
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert [text.split(". ", 1)[1] for text in headings] == [
        *("Summary", "Options", "What was found", "Money", "Risks", "Assumptions"),
        *("What was not looked at", "References", "How this was made"),
    ]
    pictures = paper.element.xpath("//wp:docPr")
    assert all(len(picture.get("descr")) > 40 for picture in pictures)
    assert len(pictures) == (len(FIGURES) if kind == "full" else len(pictures))


def test_the_paper_says_what_the_page_says(folders: dict[str, Path], full: Decision) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    found = findings(full)
    assert found.answer in text
    assert "PreFIT" in text
    options = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert options[1][0] == "Reablement growth"
    assert "Grade C" in text
    assert "evidence: falls_exercise" in text


def test_the_paper_s_tables_keep_their_widths_and_their_rows_whole(folders: dict[str, Path]) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    assert len(paper.tables) >= 5
    for table in paper.tables:
        assert not table.autofit
        assert sum(column.width.cm for column in table.columns) == pytest.approx(17.0, abs=0.1)
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    narrow = widths_of(DataTable("", ("Option", "Evidence"), (("a long name of an option " * 9, "contested"),)))
    assert narrow[1] > 0.17 * len("contested")
    footer = paper.sections[0].footer.paragraphs[0]
    assert footer._p.xpath(".//w:instrText")[0].text == "PAGE"


def test_a_table_of_the_paper_breaks_no_word_and_no_number() -> None:
    """A word processor breaks a line after a minus sign, and a word where its column is too narrow."""
    columns = ("Lines", "Budget", *(f"Enhanced prevention {i}" for i in range(6)))
    wide = DataTable("", columns, (("All care, Northamptonshire", "not known", *["£390,000"] * 6),))
    points = points_of(wide)
    assert 6.0 <= points < points_of(DataTable("", columns[:3], tuple(row[:3] for row in wide.rows))) == 8.0
    for width, column in zip(widths_of(wide, points), columns, strict=True):
        assert letters_in(width, points) >= max(map(len, column.split()))
    assert sum(widths_of(wide, points)) == pytest.approx(17.0)
    assert in_lines("−£1.3m\n−£2.0m to −£650,000", 12) == "−£1.3m\n−£2.0m\nto −£650,000"
    assert in_lines("−£2.0m to −£650,000", 20) == "−£2.0m to −£650,000"


def test_a_sign_in_the_paper_stays_on_the_line_of_its_amount(folders: dict[str, Path]) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "−\ufeff£" in text
    assert not re.search("[−+]£", text)
    assert "a − b" in clean("a − b")


def test_the_paper_shows_money_and_leaves_the_choice_to_officers(folders: dict[str, Path], full: Decision) -> None:
    paper = docx.Document(str(folders["full"] / "report.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "Recommendation. For officers to write" in text
    cells = {cell.text for table in paper.tables for cell in table.columns[0].cells}
    assert "Freed capacity counted: 80th percentile, chance alone" in cells
    assert f"All care, {synthetic.COUNTY}" in cells


def test_an_assumption_is_no_reference(full: Decision) -> None:
    found = references(full, Cited())
    assert "evidence: falls_exercise" in found
    assert not any(text.startswith("assumption") for text in found)


def test_evidence_against_is_quoted_in_whole_sentences_on_page_and_paper(given: dict[str, Made]) -> None:
    tables, manifest, assumptions = given["full"]
    first = f"One trial found none{' at all' * 20}."
    against = synthetic.change("Falls prevention", f"Against: {first} The size is half of it{' and less' * 20}.")
    items = [
        {**item, "changes": [against]} if item["key"] == "falls" else {**item, "changes": []}
        for item in manifest["scenarios"]
    ]
    found = Decision(tables, {**manifest, "scenarios": items}, assumptions)
    assert findings(found).against == (("Falls prevention", first),)
    assert dict(risks(found, findings(found)))["Evidence against"] == f"Falls prevention: {first}"


def test_a_text_that_was_cut_has_no_stop_behind_its_dots() -> None:
    cut = "So\N{HORIZONTAL ELLIPSIS}"
    assert [ended(text) for text in ("So", "So.", cut)] == ["So.", "So.", cut]
