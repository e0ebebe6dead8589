"""Archives of strangers: whatever is odd is refused as a whole, at once, with the reason."""

import json
import stat
import struct
import time
import zlib
from zipfile import ZipInfo

import pytest

from elearning.exchange.archive import LARGEST_ARCHIVE, LARGEST_READ, MOST_ENTRIES, Archive
from elearning.exchange.importing import import_story
from elearning.exchange.json_text import NotJson, read_json
from elearning.exchange.remarks import ExchangeRefused
from tests.unit.exchange.packages import (
    a_content,
    a_manifest,
    a_package,
    a_text,
    zipped,
    zipped_entries,
)
from tests.unit.exchange.stories import an_arrival

SOUND = a_package(a_content(a_text("<p>a</p>")))
MANIFEST = json.dumps(a_manifest())
CONTENT = json.dumps(a_content(a_text("<p>a</p>")))


def entry(name: str, *, attributes: int = 0) -> ZipInfo:
    made = ZipInfo(name)
    made.external_attr = attributes << 16
    return made


def with_entry(made: ZipInfo, data: bytes | str = b"x") -> bytes:
    return zipped_entries(
        (ZipInfo("h5p.json"), MANIFEST), (ZipInfo("content/content.json"), CONTENT), (made, data)
    )


def raw_name(name: bytes) -> bytes:
    """Return an archive in which a name stands that the library would not write."""
    placeholder = b"n" * len(name)
    return with_entry(entry(placeholder.decode())).replace(placeholder, name)


def twice() -> bytes:
    return with_entry(entry("content/content.jsom")).replace(b"content.jsom", b"content.json")


def encrypted() -> bytes:
    data = bytearray(SOUND)
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


def compressed_otherwise() -> bytes:
    data = bytearray(SOUND)
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 10 : directory + 12] = struct.pack("<H", 12)
    return bytes(data)


def with_wrong_content() -> bytes:
    data = bytearray(SOUND)
    start = data.index(b"content/content.json") + len("content/content.json")
    data[start + 5] ^= 0xFF
    return bytes(data)


def that_lies_about_its_size() -> bytes:
    """Return an archive that states a small size for what unpacks to very much."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(b" " * 100_000_000) + bomb.flush()
    data = zipped({"h5p.json": MANIFEST, "content/content.json": b"y" * 90_000})
    start = data.index(b"content/content.json") + len("content/content.json")
    end = data.index(b"PK\x01\x02")
    name, directory = data[end:], len(data[:start]) + len(packed)
    tail = bytearray(name)
    entry_at = tail.rindex(b"PK\x01\x02")
    tail[entry_at + 20 : entry_at + 24] = struct.pack("<I", len(packed))
    last = tail.rindex(b"PK\x05\x06")
    tail[last + 16 : last + 20] = struct.pack("<I", directory)
    return data[:start] + packed + bytes(tail)


def with_a_long_list() -> bytes:
    data = bytearray(SOUND)
    last = data.rindex(b"PK\x05\x06")
    data[last + 12 : last + 16] = struct.pack("<I", 100_000_000)
    return bytes(data)


def with_a_broken_list() -> bytes:
    data = bytearray(SOUND)
    first = data.index(b"PK\x01\x02")
    data[first : first + 4] = b"KP\x01\x02"
    return bytes(data)


def larger_inside_than_allowed() -> bytes:
    """Return an archive that states much, at an ordinary ratio."""
    data = bytearray(SOUND)
    entry_at = data.index(b"PK\x01\x02")
    while entry_at >= 0:
        data[entry_at + 20 : entry_at + 28] = struct.pack("<II", 3_000_000, 300_000_000)
        entry_at = data.find(b"PK\x01\x02", entry_at + 4)
    return bytes(data)


def as_zip64() -> bytes:
    last = SOUND.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    return SOUND[:last] + locator + SOUND[last:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (with_entry(entry("bom"), bytes(50_000_000)), "unpacks to more than 200 times its size"),
        (with_entry(entry("../../uit.txt")), "leads out of the folder"),
        (with_entry(entry("content/../../uit.txt")), "leads out of the folder"),
        (with_entry(entry("/etc/cron.d/x")), "leads out of the folder"),
        (with_entry(entry("C:/x")), "leads out of the folder"),
        (raw_name(b"..\\uit.txt"), "leads out of the folder"),
        (raw_name(b"a\x00b/x"), "leads out of the folder"),
        (with_entry(entry("link", attributes=stat.S_IFLNK | 0o777), "/etc"), "is a symbolic link"),
        (twice(), "stands in it 2 times"),
        (encrypted(), "is encrypted"),
        (compressed_otherwise(), "is compressed in a way that is not read"),
        (with_wrong_content(), "cannot be unpacked"),
        (that_lies_about_its_size(), "cannot be unpacked"),
        (with_a_long_list(), "its list of files is larger"),
        (as_zip64(), "a ZIP64 archive"),
        (with_a_broken_list(), "not a sound ZIP archive"),
        (larger_inside_than_allowed(), "unpacked larger than"),
        (SOUND + bytes(LARGEST_ARCHIVE), "larger than 100000000 bytes"),
        (SOUND[:-5], "not a whole ZIP archive"),
        (SOUND[: len(SOUND) // 2], "not a whole ZIP archive"),
        (b"PK\x03\x04" + bytes(1000), "not a whole ZIP archive"),
        (zipped({f"{n}.txt": b"" for n in range(MOST_ENTRIES + 1)}), "more than 5000 files"),
        (zipped({"h5p.json": MANIFEST}), "v.h5p/content/content.json: refused: it is missing"),
        (zipped({"a.txt": b"x"}), "v.h5p/h5p.json: refused: it is missing"),
        (zipped({"h5p.json": b"\xff\xfe{}"}), "not UTF-8"),
        (zipped({"h5p.json": "{"}), "not valid JSON"),
        (zipped({"h5p.json": MANIFEST, "content/content.json": "[" * 1_000_000}), "unpacks"),
        (
            zipped({"h5p.json": MANIFEST, "content/content.json": "[" * 9_000}),
            "nested too deeply",
        ),
        (
            zipped({"h5p.json": MANIFEST, "content/content.json": '{"a":1,"a":2}'}),
            "key 'a' stands twice",
        ),
    ],
)
def test_what_is_odd_is_refused_at_once_with_the_reason(data: bytes, reason: str) -> None:
    began = time.process_time()
    with pytest.raises(ExchangeRefused, match="refused") as found:
        import_story(data, an_arrival(file="v.h5p"))
    assert time.process_time() - began < 2
    assert reason in str(found.value)


def test_a_text_of_100_megabytes_is_refused_at_once() -> None:
    long = '{"branchingScenario": "' + "abcdefghij" * 10_000_000 + '"}'
    data = zipped({"h5p.json": MANIFEST, "content/content.json": long})
    began = time.process_time()
    with pytest.raises(ExchangeRefused):
        import_story(data, an_arrival(file="v.h5p"))
    assert time.process_time() - began < 2


def test_no_more_is_read_than_the_limit_also_where_the_ratio_is_ordinary() -> None:
    noise = b"".join(
        zlib.crc32(struct.pack("<I", n)).to_bytes(4, "big").hex().encode()
        for n in range(LARGEST_READ // 8 + 1)
    )
    archive = Archive(zipped({"a": noise}), "v.h5p")
    with pytest.raises(ExchangeRefused, match=f"larger than {LARGEST_READ} bytes"):
        archive.text("a")


def test_folders_in_an_archive_are_passed_over() -> None:
    data = zipped({"content/": b"", "h5p.json": MANIFEST, "content/content.json": CONTENT})
    assert import_story(data, an_arrival(file="v.h5p")).files.keys() == {"scenario.md"}
    assert Archive(data, "v.h5p").names() == ("h5p.json", "content/content.json")


@pytest.mark.parametrize(
    "text", ["NaN", "[1, Infinity]", "{'a': 1}", "", "1" * 5_000, '{"a": {"b": 1, "b": 2}}', "[1,]"]
)
def test_json_that_is_not_plain_is_refused(text: str) -> None:
    with pytest.raises(NotJson):
        read_json(text)


def test_json_may_be_nested_as_deep_as_anything_sensible_is() -> None:
    assert read_json("[" * 90 + "]" * 90) is not None
    with pytest.raises(NotJson, match="nested too deeply"):
        read_json("[" * 200 + "]" * 200)
