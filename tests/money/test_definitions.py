"""Every measure is defined, with its unit, on one page."""

from __future__ import annotations

import re
from pathlib import Path

from caresim.money.summary import UNITS

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "measures.md"


def test_the_page_of_measures_defines_each_of_them_once_with_its_unit() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(UNITS)
    assert dict(rows) == UNITS
