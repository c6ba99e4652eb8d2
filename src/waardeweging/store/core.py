"""What every part of the store shares: the database, the writer, the states, the secret."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from waardeweging.process.state import Workshop
from waardeweging.store.database import Database
from waardeweging.store.schema import SETTING
from waardeweging.store.states import States
from waardeweging.store.writer import Batch, Writer

Answer = TypeVar("Answer")


class Core:
    """The store without its doors.

    Parameters
    ----------
    database : Database
        Open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._states = States(database.is_sole_writer)
        with database.writing() as connection:
            self._secret = _server_secret(connection)
        self._writer = Writer(database, self._states)

    def _write(self, job: Callable[[Batch], Answer]) -> Answer:
        return self._writer.run(job)

    def _read(self, read: Callable[[Connection], Answer]) -> Answer:
        with self._database.reading() as connection:
            return read(connection)

    def _state(self, workshop: str) -> Workshop:
        return self._states.known(workshop) or self._read(
            lambda connection: self._states.latest(connection, workshop)
        )

    def _hashed(self, kind: str, *secret: str) -> bytes:
        """Hash a code or token with the server's secret; only this is kept."""
        written = "\0".join((kind, *secret)).encode()
        return hmac.digest(self._secret, written, hashlib.sha256)


def _server_secret(connection: Connection) -> bytes:
    named = SETTING.c.name == "secret"
    found = connection.scalar(select(SETTING.c.value).where(named))
    if found is None:
        found = secrets.token_hex(32)
        connection.execute(insert(SETTING).values(name="secret", value=found))
    return bytes.fromhex(found)
