"""The files of one's own data: JSON for programs, a ZIP of CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from elearning.services.own_data import OwnData, Plain, Row, purposes
from elearning.web.hr.sheet import BYTE_ORDER_MARK, SEPARATORS, guarded


def as_json(data: OwnData) -> str:
    """Return everything, with what each column is for."""
    told = {
        "made_at": data.made_at.isoformat(timespec="seconds"),
        "tables": {name: list(rows) for name, rows in data.tables.items()},
        "purposes": purposes(),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_zip(data: OwnData, lang: str) -> bytes:
    """Return one CSV for each table in which something is kept."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, rows in data.tables.items():
            if rows:
                made = ZipInfo(f"{name}.csv", data.made_at.timetuple()[:6])
                archive.writestr(made, _csv(rows, lang))
    return written.getvalue()


def _csv(rows: tuple[Row, ...], lang: str) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATORS[lang], lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def _cell(value: Plain) -> str:
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)
