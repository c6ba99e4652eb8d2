"""With which keys codes, tokens and links are hashed: one in the database, and one beside it.

A card's code has some 49 bits and the key of the database lies beside its hash, so who
steals the database could try them all. A second key, in a file elsewhere, takes that away.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Column, Connection, Table, insert, select, update

from waardeweging.store.errors import StoreError
from waardeweging.store.schema import CREDENTIAL, SETTING, STAFF

ENVIRONMENT = "WAARDEWEGING_SECRET_FILE"
_SHORTEST = 32
_CHECKED = b"waardeweging/secret/1"
_HASHED: tuple[tuple[Table, Column[bytes]], ...] = (
    (CREDENTIAL, CREDENTIAL.c.code_hash),
    (CREDENTIAL, CREDENTIAL.c.token_hash),
    (STAFF, STAFF.c.secret_hash),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What turns a secret into what is kept of it.

    Parameters
    ----------
    inner : bytes
        From the database.
    outer : bytes or None
        From a file; None without one.
    """

    inner: bytes = field(repr=False)
    outer: bytes | None = field(default=None, repr=False)

    def hashed(self, written: bytes) -> bytes:
        """Hash a secret."""
        return self.wrapped(hmac.digest(self.inner, written, hashlib.sha256))

    def wrapped(self, once: bytes) -> bytes:
        """Hash what the key of the database hashed with the key of the file as well."""
        return once if self.outer is None else hmac.digest(self.outer, once, hashlib.sha256)


def keys_of(connection: Connection) -> Keys:
    """Give the keys of a database; a file that is new to it closes what is kept already.

    Raises
    ------
    StoreError
        If the file is missing, too short, or another one than before.
    """
    inner = _setting(connection, "secret")
    if inner is None:
        inner = _keep(connection, "secret", secrets.token_hex(32))
    keys, known = Keys(bytes.fromhex(inner), _outer()), _setting(connection, "secret_file")
    if keys.outer is None:
        if known is not None:
            raise StoreError("store.secret_missing", name=ENVIRONMENT)
        return keys
    check = hmac.new(keys.outer, _CHECKED, hashlib.sha256).hexdigest()
    if known is None:
        _wrap(connection, keys)
        _keep(connection, "secret_file", check)
    elif not hmac.compare_digest(known, check):
        raise StoreError("store.secret_other", name=ENVIRONMENT)
    return keys


def _outer() -> bytes | None:
    """Read the key beside the database; what stands in it is never repeated."""
    named = os.environ.get(ENVIRONMENT)
    if not named:
        return None
    try:
        found = Path(named).read_bytes().strip()
    except OSError:
        raise StoreError("store.secret_file", name=ENVIRONMENT) from None
    if len(found) < _SHORTEST:
        raise StoreError("store.secret_file", name=ENVIRONMENT)
    return found


def _wrap(connection: Connection, keys: Keys) -> None:
    """Hash what is kept once more: nobody has to type a code again."""
    for table, column in _HASHED:
        query = select(column).where(column.is_not(None))
        for once in connection.scalars(query).all():
            changed = update(table).where(column == once).values({column: keys.wrapped(once)})
            connection.execute(changed)


def _setting(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(SETTING.c.value).where(SETTING.c.name == name))


def _keep(connection: Connection, name: str, value: str) -> str:
    connection.execute(insert(SETTING).values(name=name, value=value))
    return value
