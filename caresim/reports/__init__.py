"""Turn results into what people read: a page, a workbook and figures."""

from caresim.reports.write import write_reports

__all__ = ["write_reports"]
