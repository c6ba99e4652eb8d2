"""Zip files without a clock: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile

# The earliest moment that a zip can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def timeless(archive: bytes) -> bytes:
    """Write a zip again with the same order of parts, no times, and nothing compressed.

    Compressed parts would differ between machines: not every library compresses alike.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            made.writestr(entry, given.read(name))
    return out.getvalue()
