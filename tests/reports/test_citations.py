"""A reader of a paper, a page or a workbook finds who said what and where, not the key of a register."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import docx
import openpyxl

from caresim.reports.decision import workbook
from caresim.reports.decision.citations import citations, keys_in, number_keys
from caresim.reports.decision.facts import Decision
from caresim.reports.decision.html import page
from caresim.reports.decision.word import references, write
from caresim.reports.decision.write import write_drawn
from caresim.reports.facts import Run
from caresim.reports.html import page as page_of_a_run
from caresim.reports.html import with_sources
from caresim.reports.sources import Cited
from tests.reports import synthetic_decision as synthetic
from tests.reports.conftest import Made
from tests.reports.page import Page

ROOT = Path(__file__).parents[2]
PREFIT = (
    "Prevention of Fall Injury Trial (PreFIT) (2011 to 2014): no fewer fractures than with advice (rate ratio 1.20, "
    "0.91 to 1.59); 65 to 71 % of those invited came. Grade A. https://pmc.ncbi.nlm.nih.gov/articles/PMC8200932"
)
COUNTED = "an hour of home care costs £17.48 (£16.12 to £18.01), England. Grade B. https://www.ukhca.co.uk/rates/"
SHORTENED = {"emergency_admission_rate", "inhospital_mortality_emergency"}  # in configs, of several keys by age


def sourced(*sources: str) -> Decision:
    """A comparison whose options have an effect of each of these sources."""
    size = {"value": 0.9, "low": 0.8, "high": 1.0, "grade": "C"}
    effects = [{"on": "demand.admissions.fall", "times": {**size, "source": source}} for source in sources]
    given = synthetic.manifest()
    items = [{**item, "changes": [{"name": "Change", "effects": effects}]} for item in given["scenarios"]]
    return Decision(synthetic.tables(), {**given, "scenarios": items}, synthetic.assumptions())


def written() -> str:
    """Every config and experiment that comes with the library."""
    return "\n".join(
        file.read_text("utf-8") for name in ("configs", "experiments") for file in ROOT.glob(f"{name}/**/*.yaml")
    )


def test_a_citation_says_who_when_what_grade_and_where() -> None:
    assert citations()["falls_prevention_fracture_effect_prefit"] == PREFIT
    assert citations()["client_contribution_share"] == (
        "No source found; an assumption: people pay 22 % (15 to 30) of the gross cost of their care. Grade C."
    )


def test_keys_are_found_within_words_and_beside_punctuation_once_each_in_their_order() -> None:
    text = "evidence: homecare_hour_price, 17 (brp_fund); as falls_prevention.yaml, homecare_hour_price"
    assert keys_in([text, "evidence: asc_overspend"]) == ["homecare_hour_price", "brp_fund", "asc_overspend"]


def test_a_paper_has_numbers_for_keys_in_the_order_in_which_it_names_them() -> None:
    paper = docx.Document()
    paper.add_paragraph("half of homecare_hour_price; own_key stays")
    paper.add_table(rows=1, cols=1).rows[0].cells[0].text = "brp_fund over homecare_hour_price"
    number_keys(paper, cited := Cited())
    assert [source.key for _, source in cited.listed] == ["homecare_hour_price", "brp_fund"]
    assert paper.paragraphs[0].text == "half of [1]; own_key stays"
    assert paper.tables[0].rows[0].cells[0].text == "[2] over [1]"


def test_references_are_citations_then_sources_of_no_register_then_how_many_are_reasons() -> None:
    cited = Cited()
    cited.number("falls_prevention_fracture_effect_prefit")
    found = references(
        sourced("evidence: homecare_hour_price", "evidence: own_key", "Localis 2016: 3 %", "as in twin.yaml",
                "assumption: a tenth of brp_fund"),
        cited,
    )  # fmt: skip
    assert found[0] == f"[1] {PREFIT}"
    assert found[1].startswith("[2] NHS Digital: Adult Social Care Activity and Finance Report, external home care;")
    assert found[1].endswith(COUNTED)
    assert found[2].startswith("[3] Northamptonshire councils: Prospectus for Change (2019): £21m once")
    assert found[3:5] == ["Localis 2016: 3 %", "evidence: own_key"]
    assert found[5].startswith("2 further numbers of the options: assumptions or choices")
    assert found[6].startswith("caresim")
    assert len(found) == 7


def test_the_paper_cites_what_its_tables_name(tmp_path: Path) -> None:
    write(tmp_path / "paper.docx", sourced("evidence: falls_prevention_fracture_effect_prefit; half of it"), [])
    paper = docx.Document(str(tmp_path / "paper.docx"))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert "Evidence: [1]; half of it" in cells
    assert f"[1] {PREFIT}" in [paragraph.text for paragraph in paper.paragraphs]
    assert "falls_prevention_fracture_effect_prefit" not in paper.element.xml


KEY = "falls_prevention_fracture_effect_prefit"


def test_the_page_cites_by_number_and_lists_what_it_cites(tmp_path: Path) -> None:
    text = page(sourced(f"evidence: {KEY}; half of it", f"{KEY} again", "evidence: own_key"), [])
    assert KEY not in text
    assert 'evidence: <a class="cited" href="#source-1">[1]</a>; half of it' in text
    assert "evidence: own_key" in text
    (listed,) = [item for item in Page(text).root.all("li") if item.attributes.get("id") == "source-1"]
    assert listed.words() == f"[1] {PREFIT}"
    assert "Sources" not in {heading.words() for heading in Page(page(sourced("a trial"), [])).root.all("h2")}


def test_within_tags_and_drawings_a_citation_is_text() -> None:
    told = with_sources(f'<svg><title>{KEY}</title></svg><p title="{KEY}">{KEY}</p><!-- sources -->\n')
    assert told.startswith('<svg><title>[1]</title></svg><p title="[1]"><a class="cited" href="#source-1">[1]</a></p>')


def test_the_page_of_a_run_cites_too_and_says_other_codes_in_words(runs: dict[str, Made]) -> None:
    tables, manifest, rows = runs["county"]
    coded = [{**row, "source": f"fitted to people_supported_65_plus; evidence: {KEY}"} for row in rows]
    text = page_of_a_run(Run(tables, manifest, coded), [])
    assert KEY not in text
    assert 'fitted to people supported 65 plus; evidence: <a class="cited" href="#source-1">[1]</a>' in text
    assert 'id="source-1"' in text


def test_the_workbook_cites_by_number_and_has_a_sheet_of_sources(tmp_path: Path) -> None:
    workbook.write(tmp_path / "report.xlsx", sourced(f"evidence: {KEY}; half of it"), [])
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    sources = dict.fromkeys(row[9] for row in book["Effects"].iter_rows(min_row=5, values_only=True))
    (row,) = [row for row in book["Sources"].iter_rows(min_row=5, values_only=True) if row[6] == KEY]
    assert list(sources) == [f"evidence: {row[0]}; half of it"]
    assert f"{row[1]} ({row[2]}): {row[4]}. Grade {row[3]}. {row[5]}" == PREFIT
    assert "Sources" in {row[0] for row in book["Contents"].iter_rows(min_row=3, values_only=True)}


def test_a_paper_goes_on_from_the_numbers_that_the_page_has_given(tmp_path: Path) -> None:
    numbers = {"brp_fund": 1, KEY: 2}
    write(tmp_path / "paper.docx", sourced(f"evidence: {KEY}; half of homecare_hour_price"), [], numbers)
    listed = [p.text for p in docx.Document(str(tmp_path / "paper.docx")).paragraphs if p.text.startswith("[")]
    assert [text[:3] for text in listed] == ["[2]", "[3]"]
    assert listed[0] == f"[2] {PREFIT}"


def test_a_source_has_the_number_of_the_page_in_workbook_and_paper_too(tmp_path: Path) -> None:
    keys = ("homecare_hour_price", "brp_fund", KEY)
    decision = sourced(*(f"evidence: {key}" for key in keys))
    under = {**decision.assumptions, "baseline": [{"path": "prices.home_care", "value": 1, "source": keys[-1]}]}
    write_drawn(tmp_path, Decision(decision.given, decision.manifest, under), [])
    listed = Page((tmp_path / "report.html").read_text("utf-8")).root.all("li")
    on_page = [item.words() for item in listed if item.attributes.get("id", "").startswith("source-")]
    paper = [p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs if p.text.startswith("[")]
    rows = openpyxl.load_workbook(tmp_path / "report.xlsx")["Sources"].iter_rows(min_row=5, values_only=True)
    in_book = {row[6]: row[0] for row in rows}
    assert len(on_page) == len(keys)
    assert set(paper) <= set(on_page)
    assert [text for key, number in in_book.items() if (text := f"{number} {citations()[key]}") not in on_page] == []
    cells = {c.text for t in docx.Document(str(tmp_path / "report.docx")).tables for r in t.rows for c in r.cells}
    assert f"Evidence: {in_book[keys[0]]}" in cells


def test_every_key_that_a_config_names_has_a_citation_and_every_citation_is_named() -> None:
    text = written()
    sources = re.findall(r"""["']evidence: ([^"']*)["']""", text)
    named = {key for source in sources for key in re.findall(r"\b[a-z][a-z0-9]*(?:_[A-Za-z0-9]+)+\b(?!\.yaml)", source)}
    assert len(named) > 40
    assert named - SHORTENED <= set(citations())
    assert [key for key in citations() if not re.search(rf"\b{key}\b", text)] == []


def test_the_table_of_sources_is_whole() -> None:
    text = (ROOT / "caresim" / "reports" / "sources.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert list(rows[0]) == ["key", "title", "address", "year", "grade", "says"]
    assert [row["key"] for row in rows] == sorted({row["key"] for row in rows})
    for row in rows:
        assert row["title"]
        assert row["says"]
        assert not row["says"].endswith(".")
        assert row["grade"] in "ABC"
        assert re.fullmatch(r"(https?://\S+)?", row["address"])
