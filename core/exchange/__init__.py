"""Export the record as a JSON document; import such a document, or a CSV sheet of shops, accounts or products."""

from core.exchange.csv_sheet import ROWS
from core.exchange.entries import Problem
from core.exchange.exporting import document, write
from core.exchange.importing import ImportResult, Progress, counted, import_file

__all__ = ["ROWS", "ImportResult", "Problem", "Progress", "counted", "document", "import_file", "write"]
