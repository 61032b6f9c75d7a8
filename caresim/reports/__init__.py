"""Turn results into what people read: a page, a workbook and figures."""
