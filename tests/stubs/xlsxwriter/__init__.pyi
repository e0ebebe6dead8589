from types import TracebackType
from typing import BinaryIO, Self

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

class Workbook:
    def __init__(
        self, filename: BinaryIO, options: dict[str, bool | str] | None = None
    ) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def add_format(self, properties: dict[str, object]) -> Format: ...
    def add_worksheet(self, name: str) -> Worksheet: ...
    def set_properties(self, properties: dict[str, object]) -> None: ...
