"""Opens a ZIP archive of a stranger: checked as a whole before anything is unpacked.

Nothing is ever written from it; what is wanted is read into memory, up to a limit that does not
trust the sizes that the archive states.
"""

import stat
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from elearning.exchange.remarks import ExchangeRefused, refused

LARGEST_ARCHIVE: Final = 100_000_000
LARGEST_INSIDE: Final = 500_000_000
LARGEST_READ: Final = 5_000_000
MOST_ENTRIES: Final = 5_000
LARGEST_DIRECTORY: Final = 2_000_000
MOST_RATIO: Final = 200
SMALL: Final = 100_000
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535


class Archive:
    """The entries of an archive that was found sound."""

    def __init__(self, data: bytes, file: str) -> None:
        """Check everything that can be told without unpacking; raises `ExchangeRefused`."""
        self._file = file
        reasons = list(_before_opening(data))
        if reasons:
            raise _all_refused(file, reasons)
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, LargeZipFile, ValueError, NotImplementedError) as error:
            raise refused(file, f"not a sound ZIP archive: {error}") from None
        entries = self._zip.infolist()
        reasons = [*_as_a_whole(entries), *(r for each in entries for r in _of_entry(each))]
        if reasons:
            raise _all_refused(file, reasons[:20])

    def names(self) -> tuple[str, ...]:
        """Return the names of the files in it."""
        return tuple(each.filename for each in self._zip.infolist() if not each.is_dir())

    def text(self, name: str) -> str:
        """Return one file as text; raises `ExchangeRefused`."""
        place = f"{self._file}/{name}"
        try:
            with self._zip.open(name) as opened:
                data = opened.read(LARGEST_READ + 1)
        except KeyError:
            raise refused(place, "it is missing") from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise refused(place, f"cannot be unpacked: {error}") from None
        if len(data) > LARGEST_READ:
            raise refused(place, f"larger than {LARGEST_READ} bytes")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise refused(place, f"not UTF-8: byte {error.start}") from None


def _all_refused(file: str, reasons: Sequence[str]) -> ExchangeRefused:
    return ExchangeRefused(f"{file}: refused: {each}" for each in reasons)


def _before_opening(data: bytes) -> Iterator[str]:
    """Yield what is wrong with the size, and with the list of entries, before it is read."""
    if len(data) > LARGEST_ARCHIVE:
        yield f"larger than {LARGEST_ARCHIVE} bytes"
    end = data.rfind(_END, max(0, len(data) - _LONGEST_COMMENT - _END_SIZE))
    if end < 0 or len(data) < end + _END_SIZE:
        yield "not a whole ZIP archive"
        return
    if _END_64 in data[max(0, end - 20) : end]:
        yield "a ZIP64 archive"
    if int.from_bytes(data[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        yield f"its list of files is larger than {LARGEST_DIRECTORY} bytes"


def _as_a_whole(entries: Sequence[ZipInfo]) -> Iterator[str]:
    if len(entries) > MOST_ENTRIES:
        yield f"more than {MOST_ENTRIES} files"
    if sum(each.file_size for each in entries) > LARGEST_INSIDE:
        yield f"unpacked larger than {LARGEST_INSIDE} bytes"
    for name, times in Counter(each.filename for each in entries).items():
        if times > 1:
            yield f"{name[:80]!r} stands in it {times} times"


def _of_entry(entry: ZipInfo) -> Iterator[str]:
    name = entry.orig_filename[:80]
    if _leaves_the_folder(entry.orig_filename):
        yield f"{name!r} leads out of the folder"
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield f"{name!r} is a symbolic link"
    if entry.flag_bits & 0x1:
        yield f"{name!r} is encrypted"
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        yield f"{name!r} is compressed in a way that is not read"
    if entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size):
        yield f"{name!r} unpacks to more than {MOST_RATIO} times its size"


def _leaves_the_folder(name: str) -> bool:
    parts = name.split("/")
    is_absolute = name.startswith("/") or (len(name) > 1 and name[1] == ":")
    return is_absolute or ".." in parts or "\\" in name or "\0" in name
