"""Export the record as JSON; import that, or a CSV sheet."""

from core.exchange.entries import Problem
from core.exchange.exporting import document, write
from core.exchange.importing import ImportResult, Progress, counted, import_file
from core.exchange.sheet_rows import ROWS

__all__ = ["ROWS", "ImportResult", "Problem", "Progress", "counted", "document", "import_file", "write"]
