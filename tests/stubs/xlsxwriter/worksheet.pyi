from collections.abc import Sequence
from datetime import date

from xlsxwriter.format import Format

class Worksheet:
    def write_row(
        self, row: int, col: int, data: Sequence[str], cell_format: Format | None = None
    ) -> int: ...
    def write_string(
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> int: ...
    def write_number(
        self, row: int, col: int, number: float, cell_format: Format | None = None
    ) -> int: ...
    def write_datetime(
        self, row: int, col: int, date: date, cell_format: Format | None = None
    ) -> int: ...
    def freeze_panes(self, row: int, col: int) -> None: ...
    def set_column(self, first_col: int, last_col: int, width: float) -> int: ...
