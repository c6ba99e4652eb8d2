"""The tables as queries see them; `migrations` makes them.

``record`` is the chain and only grows: the database itself refuses to change or delete
it. An answer stands in ``payload``, apart from the chain, and can be deleted.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

SETTING = Table("setting", METADATA, Column("name", Text, primary_key=True), Column("value", Text))

MIGRATION = Table("migration", METADATA, Column("name", Text, primary_key=True), Column("at", Text))

WORKSHOP = Table(
    "workshop",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("room_code", Text),
    Column("number", Integer),
    Column("head", LargeBinary),
    Column("kind", Text),
)

RECORD = Table(
    "record",
    METADATA,
    Column("workshop", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Text),
    Column("by", Text),
    Column("kind", Text),
    Column("body", Text),
    Column("previous", LargeBinary),
    Column("hash", LargeBinary),
)

ANSWER = Table(
    "answer",
    METADATA,
    Column("workshop", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sheet", Text),
    Column("voice", Text),
    Column("side", Text),
    Column("department", Text),
    Column("key", Text),
    Column("is_current", Boolean),
)

PAYLOAD = Table(
    "payload",
    METADATA,
    Column("workshop", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("nonce", LargeBinary),
    Column("payload", Text),
)

CREDENTIAL = Table(
    "credential",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("workshop", Text),
    Column("code_hash", LargeBinary),
    Column("token_hash", LargeBinary),
    Column("voice", Text),
    Column("side", Text),
    Column("department", Text),
    Column("language", Text),
    Column("is_seated", Boolean),
    Column("is_revoked", Boolean),
    Column("buddy", Text),
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("credential", Text, primary_key=True),
    Column("sheet", Text, primary_key=True),
    Column("workshop", Text),
    Column("payload", Text),
)

REMARK = Table(
    "remark",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("workshop", Text),
    Column("credential", Text),
    Column("side", Text),
    Column("sheet", Text),
    Column("about", Text),
    Column("kind", Text),
    Column("text", Text),
    Column("status", Text),
    Column("reply", Text),
)

STAFF = Table(
    "staff",
    METADATA,
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("workshop", Text),
    Column("role", Text),
    Column("expires", Text),
)

DONE = Table(
    "done",
    METADATA,
    Column("workshop", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("number", Integer),
)

BLOB = Table(
    "blob",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary),
)

TABLES = (
    SETTING,
    BLOB,
    WORKSHOP,
    RECORD,
    CREDENTIAL,
    ANSWER,
    PAYLOAD,
    DRAFT,
    REMARK,
    STAFF,
    DONE,
)
"""What a backup holds; a table stands after those that it refers to."""

PERSONAL = (PAYLOAD, ANSWER, DRAFT, REMARK, CREDENTIAL, STAFF, DONE)
"""What a purge empties; a table stands before those that it refers to."""
