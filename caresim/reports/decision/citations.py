"""Citations in a Word document: numbers in brackets in place of the keys of the evidence register."""

from __future__ import annotations

from typing import Any

from caresim.reports.sources import Cited
from caresim.reports.sources import citations as citations
from caresim.reports.sources import keys_in as keys_in


def number_keys(document: Any, cited: Cited) -> None:
    """Put numbers in brackets in place of the keys in a Word document."""
    for part in document.element.body.xpath(".//w:t"):
        if part.text:
            part.text = cited.told(part.text)
