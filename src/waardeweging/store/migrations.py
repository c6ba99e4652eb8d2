"""How the tables came to be: named steps forward, each run once and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select, text

from waardeweging.process.moments import now
from waardeweging.store.errors import StoreError
from waardeweging.store.schema import MIGRATION


@dataclass(frozen=True, slots=True)
class Migration:
    """A step that changes the tables.

    Parameters
    ----------
    name : str
        Never changes once it was released.
    apply : callable
        Makes the change, inside a transaction.
    """

    name: str
    apply: Callable[[Connection], None]


def pending(connection: Connection) -> tuple[Migration, ...]:
    """Give the steps that a database still has to take.

    Raises
    ------
    StoreError
        If the database took a step that this program does not know, so it is newer; or
        if the file belongs to another program.
    """
    done = _done(connection)
    if done - {step.name for step in MIGRATIONS}:
        raise StoreError("store.newer")
    return tuple(step for step in MIGRATIONS if step.name not in done)


def migrate(connection: Connection) -> None:
    """Take every step that is left, in order."""
    for step in pending(connection):
        step.apply(connection)
        connection.execute(MIGRATION.insert().values(name=step.name, at=now()))


def _done(connection: Connection) -> set[str]:
    tables = inspect(connection).get_table_names()
    if MIGRATION.name not in tables:
        if tables and connection.dialect.name == "sqlite":
            raise StoreError("store.other_file")
        return set()
    return set(connection.scalars(select(MIGRATION.c.name)))


def _run(connection: Connection, *statements: str) -> None:
    is_postgres = connection.dialect.name == "postgresql"
    types = {
        "blob": "BYTEA" if is_postgres else "BLOB",
        "int": "BIGINT" if is_postgres else "INTEGER",
    }
    for statement in statements:
        for name, written in types.items():
            statement = statement.replace(f"<{name}>", written)
        connection.execute(text(statement))


def m0001_first_tables(connection: Connection) -> None:
    """Make the tables of the first release."""
    _run(
        connection,
        "CREATE TABLE migration (name TEXT PRIMARY KEY, at TEXT NOT NULL)",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        """CREATE TABLE workshop (
            id TEXT PRIMARY KEY,
            room_code TEXT UNIQUE,
            number <int> NOT NULL,
            head <blob> NOT NULL)""",
        """CREATE TABLE record (
            workshop TEXT NOT NULL REFERENCES workshop (id),
            number <int> NOT NULL,
            at TEXT NOT NULL,
            "by" TEXT NOT NULL,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            previous <blob> NOT NULL,
            hash <blob> NOT NULL,
            PRIMARY KEY (workshop, number))""",
        """CREATE TABLE answer (
            workshop TEXT NOT NULL,
            number <int> NOT NULL,
            sheet TEXT NOT NULL,
            voice TEXT NOT NULL,
            side TEXT NOT NULL,
            department TEXT NOT NULL,
            key TEXT,
            is_current BOOLEAN NOT NULL,
            PRIMARY KEY (workshop, number),
            FOREIGN KEY (workshop, number) REFERENCES record (workshop, number))""",
        """CREATE UNIQUE INDEX one_current_answer ON answer (workshop, sheet, voice)
            WHERE is_current""",
        "CREATE UNIQUE INDEX one_answer_per_key ON answer (workshop, voice, key)",
        """CREATE TABLE payload (
            workshop TEXT NOT NULL,
            number <int> NOT NULL,
            nonce <blob> NOT NULL,
            payload TEXT NOT NULL,
            PRIMARY KEY (workshop, number),
            FOREIGN KEY (workshop, number) REFERENCES answer (workshop, number))""",
        """CREATE TABLE credential (
            id TEXT PRIMARY KEY,
            workshop TEXT NOT NULL REFERENCES workshop (id),
            code_hash <blob> NOT NULL,
            token_hash <blob> UNIQUE,
            voice TEXT UNIQUE,
            side TEXT NOT NULL,
            department TEXT NOT NULL,
            language TEXT NOT NULL,
            is_seated BOOLEAN NOT NULL,
            is_revoked BOOLEAN NOT NULL,
            UNIQUE (workshop, code_hash))""",
        """CREATE TABLE draft (
            credential TEXT NOT NULL REFERENCES credential (id),
            sheet TEXT NOT NULL,
            workshop TEXT NOT NULL REFERENCES workshop (id),
            payload TEXT NOT NULL,
            PRIMARY KEY (credential, sheet))""",
        """CREATE TABLE remark (
            id TEXT PRIMARY KEY,
            workshop TEXT NOT NULL REFERENCES workshop (id),
            credential TEXT,
            side TEXT NOT NULL,
            sheet TEXT NOT NULL,
            about TEXT NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            status TEXT NOT NULL,
            reply TEXT NOT NULL)""",
        "CREATE INDEX remarks_of_sheet ON remark (workshop, sheet)",
        """CREATE TABLE staff (
            secret_hash <blob> PRIMARY KEY,
            workshop TEXT NOT NULL REFERENCES workshop (id),
            role TEXT NOT NULL,
            expires TEXT NOT NULL)""",
        """CREATE TABLE done (
            workshop TEXT NOT NULL REFERENCES workshop (id),
            key TEXT NOT NULL,
            number <int> NOT NULL,
            PRIMARY KEY (workshop, key))""",
        "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, content <blob> NOT NULL)",
    )
    _guard(connection)


_SQLITE_GUARDS = (
    """CREATE TRIGGER record_never_changes BEFORE UPDATE ON record
        BEGIN SELECT RAISE(ABORT, 'the chain only grows'); END""",
    """CREATE TRIGGER record_never_goes BEFORE DELETE ON record
        BEGIN SELECT RAISE(ABORT, 'the chain only grows'); END""",
    """CREATE TRIGGER record_follows BEFORE INSERT ON record
        WHEN NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM record
                                WHERE workshop = NEW.workshop)
          OR NEW.previous <> coalesce((SELECT hash FROM record WHERE workshop = NEW.workshop
                                       ORDER BY number DESC LIMIT 1), zeroblob(32))
        BEGIN SELECT RAISE(ABORT, 'a record follows the last one'); END""",
)

_POSTGRES_GUARDS = (
    """CREATE FUNCTION chain_only_grows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the chain only grows'; END $$""",
    """CREATE TRIGGER record_never_changes BEFORE UPDATE OR DELETE ON record
        FOR EACH ROW EXECUTE FUNCTION chain_only_grows()""",
    """CREATE TRIGGER record_never_goes BEFORE TRUNCATE ON record
        FOR EACH STATEMENT EXECUTE FUNCTION chain_only_grows()""",
    """CREATE FUNCTION record_follows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM record
                                  WHERE workshop = NEW.workshop)
               OR NEW.previous <> coalesce((SELECT hash FROM record
                                            WHERE workshop = NEW.workshop
                                            ORDER BY number DESC LIMIT 1),
                                           decode(repeat('00', 32), 'hex'))
            THEN RAISE EXCEPTION 'a record follows the last one';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER record_follows BEFORE INSERT ON record
        FOR EACH ROW EXECUTE FUNCTION record_follows()""",
)


def _guard(connection: Connection) -> None:
    """Make the database itself refuse to change the chain."""
    is_postgres = connection.dialect.name == "postgresql"
    for statement in _POSTGRES_GUARDS if is_postgres else _SQLITE_GUARDS:
        connection.exec_driver_sql(statement)


def m0002_projects(connection: Connection) -> None:
    """Let a chain be about a project as well; every one there is, is about a workshop."""
    _run(connection, "ALTER TABLE workshop ADD COLUMN kind TEXT NOT NULL DEFAULT 'workshop'")


def m0003_buddies(connection: Connection) -> None:
    """Let two cards belong together, one of each side; no card that is there does."""
    _run(connection, "ALTER TABLE credential ADD COLUMN buddy TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001_first_tables", m0001_first_tables),
    Migration("0002_projects", m0002_projects),
    Migration("0003_buddies", m0003_buddies),
)
