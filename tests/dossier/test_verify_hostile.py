"""Files that were made to harm whoever opens them: refused soon, and with little memory."""

import io
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from tests.dossier.bundles import with_sides

from waardeweging.dossier.bundle.container import LARGEST, read_bytes
from waardeweging.dossier.verify import Step, verify_bundle
from waardeweging.problem.errors import InputError


def zipped(*entries, method=zipfile.ZIP_STORED):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return whole.getvalue()


def bomb():
    return zipped(("bundle.json", bytes(50_000_000)), method=zipfile.ZIP_DEFLATED)


def link():
    info = zipfile.ZipInfo("bundle.json", (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return zipped((info, "/etc/passwd"))


def twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped(("bundle.json", "{}"), ("bundle.json", "{}"))


def encrypted():
    whole = bytearray(with_sides())
    place = whole.find(b"PK\x01\x02")
    whole[place + 8] |= 1
    return bytes(whole)


def many_entries():
    directory = struct.pack("<4s4x6H3L5H2L", b"PK\x01\x02", *[0] * 16) * 1_000_000
    start = b"PK\x03\x04" + bytes(26)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(start), 0)
    return start + directory + end


def far_away():
    whole = bytearray(with_sides())
    place = whole.find(b"PK\x01\x02")
    whole[place + 42 : place + 46] = b"\xff\xff\xff\x7f"
    return bytes(whole)


HOSTILE = {
    "empty": lambda: b"",
    "text": lambda: b"hello",
    "truncated": lambda: with_sides()[: len(with_sides()) // 2],
    "cut at the end": lambda: with_sides()[:-1],
    "something behind": lambda: with_sides() + b"x",
    "something before": lambda: b"x" + with_sides(),
    "bomb": bomb,
    "path outside": lambda: zipped(("../bundle.json", "{}")),
    "path from the root": lambda: zipped(("/bundle.json", "{}")),
    "windows path": lambda: zipped(("..\\bundle.json", "{}")),
    "link": link,
    "twice": twice,
    "encrypted": encrypted,
    "a million entries": many_entries,
    "content elsewhere": far_away,
    "huge": lambda: bytes(LARGEST + 1),
    "deep": lambda: zipped(("bundle.json", "[" * 1_000_000)),
    "other zip": lambda: zipped(("bundle.json", "{}")),
    "compressed": lambda: zipped(("bundle.json", "{}" * 99), method=zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_at_the_door(kind):
    whole = HOSTILE[kind]()
    start = time.perf_counter()
    report = verify_bundle(whole)

    assert not report.is_right
    assert {check.step for check in report.checks} == {Step.GUARD}
    assert time.perf_counter() - start < 2


def test_a_file_that_is_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "bundle.zip"
    with path.open("wb") as file:
        file.truncate(2**40)

    assert not verify_bundle(path).is_right


def test_what_is_not_there_is_no_bundle(tmp_path):
    with pytest.raises(InputError):
        read_bytes(tmp_path / "none.zip")


def test_an_empty_folder_is_no_bundle(tmp_path):
    assert not verify_bundle(tmp_path).is_right


def test_a_folder_with_a_link_is_refused(tmp_path):
    (tmp_path / "bundle.json").symlink_to("/etc/passwd")

    assert {check.step for check in verify_bundle(tmp_path).checks} == {Step.GUARD}


def test_a_folder_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "bundle.json").open("wb") as file:
        file.truncate(2**40)

    assert {check.step for check in verify_bundle(tmp_path).checks} == {Step.GUARD}


LIMITED = """
import resource, sys
from waardeweging.dossier.verify import verify_bundle
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert not verify_bundle(sys.stdin.buffer.read()).is_right
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bomb", "a million entries", "large with one changed bit"])
def test_refusing_takes_little_memory(kind):
    if kind in HOSTILE:
        whole = HOSTILE[kind]()
    else:
        whole = bytearray(zipped(("bundle.json", bytes(LARGEST - 1000))))
        whole[LARGEST // 2] ^= 1
    done = subprocess.run(
        [sys.executable, "-c", LIMITED], input=bytes(whole), capture_output=True, check=True
    )

    assert int(done.stdout) * 1024 < 200 * 2**20
