"""Export the record as JSON; import that, or a CSV sheet."""

from core.exchange.csv_sheet import ROWS
from core.exchange.entries import Problem
from core.exchange.exporting import document, write
from core.exchange.importing import ImportResult, Progress, counted, import_file

__all__ = ["ROWS", "ImportResult", "Problem", "Progress", "counted", "document", "import_file", "write"]
