"""Writes the archive of an H5P package: no folders, no date, the same bytes each time."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from elearning.exchange.h5p_format import VERSIONS
from elearning.exchange.json_text import Json

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16


def package_of(files: Mapping[str, Json]) -> bytes:
    """Return an archive with these files as JSON."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        for name, value in files.items():
            entry = ZipInfo(name, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            opened.writestr(entry, json.dumps(value, ensure_ascii=False))
    return written.getvalue()


def dependency(library: str) -> dict[str, Json]:
    """Return a library as a package names what it needs."""
    major, minor = VERSIONS[library]
    return {"machineName": library, "majorVersion": major, "minorVersion": minor}
