"""Where the database stands, and whether that place is safe to write to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from waardeweging.store.errors import StoreError

ENVIRONMENT = "WAARDEWEGING_DATABASE_URL"
RETENTION = "WAARDEWEGING_RETENTION_DAYS"
FLOOR = 100 * 1024 * 1024
"""Below this much free space nothing is written any more. [bytes]"""

_MOST_DAYS = 36_500
_MOUNTS = Path("/proc/self/mounts")
# SQLite's write-ahead log needs memory shared by all its processes: not across a network.
_NETWORK = ("nfs", "cifs", "smb", "afs", "ceph", "gluster", "lustre", "fuse.sshfs", "fuse.rclone")


def database_url(url: str | None = None) -> URL:
    """Give the database that was asked for: by name, else by environment, else the usual file.

    Raises
    ------
    StoreError
        If it is no file of SQLite and no PostgreSQL.
    """
    given = url or os.environ.get(ENVIRONMENT)
    if not given:
        return sqlite_url(user_data_path("waardeweging") / "waardeweging.sqlite")
    try:
        found = make_url(given)
    except ArgumentError:
        raise _unknown() from None
    if found.get_backend_name() in ("postgresql", "postgres"):
        return found.set(drivername="postgresql+psycopg")
    if found.drivername == "sqlite" and found.database not in (None, "", ":memory:"):
        return found
    raise _unknown()


def is_there(url: str | None = None) -> bool:
    """Say whether there may be a database: a file that exists, or a server.

    Raises
    ------
    StoreError
        If it is no file of SQLite and no PostgreSQL.
    """
    found = database_url(url)
    return found.drivername != "sqlite" or Path(str(found.database)).is_file()


def retention_days() -> int | None:
    """Give how many days answers are kept after the last round; None keeps them.

    Raises
    ------
    StoreError
        If it is no whole number of days.
    """
    given = os.environ.get(RETENTION, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= _MOST_DAYS):
        raise StoreError("store.retention", name=RETENTION, most=_MOST_DAYS)
    return int(given)


def sqlite_url(path: Path) -> URL:
    """Give the URL of a file of SQLite."""
    return URL.create("sqlite", database=str(path))


def _unknown() -> StoreError:
    # What was given is not repeated: it may hold a password.
    return StoreError("store.url")


def check_place(path: Path) -> None:
    """Refuse a folder on another machine; SQLite loses answers there.

    Raises
    ------
    StoreError
        If the folder is on a network file system.
    """
    if file_system(path.resolve().parent).startswith(_NETWORK) or str(path).startswith("\\\\"):
        raise StoreError("store.network")


def file_system(folder: Path, mounts: str | None = None) -> str:
    """Name the kind of file system that a folder is on; empty when this system does not say.

    Parameters
    ----------
    folder : Path
        An absolute path.
    mounts : str, optional
        The list of mounts in the form of Linux; the system's own when left out.
    """
    if mounts is None:
        mounts = _MOUNTS.read_text(encoding="utf-8") if _MOUNTS.exists() else ""
    found = [line.split()[1:3] for line in mounts.splitlines()]
    above = [(place, kind) for place, kind in found if folder.is_relative_to(_unescaped(place))]
    # The last of the deepest mounts is the one in sight.
    return max(enumerate(above), key=lambda one: (len(one[1][0]), one[0]))[1][1] if above else ""


def _unescaped(place: str) -> str:
    return place.encode().decode("unicode_escape")


def has_room(path: Path, floor: int) -> bool:
    """Say whether the disk of a file has more free bytes than the floor."""
    return shutil.disk_usage(path.parent).free > floor
