"""A key beside the database: who steals only one of the two can guess nothing."""

import hashlib
import hmac
import secrets

import pytest

from waardeweging.store import StoreError, open_store
from waardeweging.store.keys import ENVIRONMENT


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{secrets.token_hex(32)}\n")
    return path


def kept(store):
    """Give what the database holds of codes, and its own key, as a thief would find them."""
    rows = store._read(
        lambda connection: (
            connection.exec_driver_sql("SELECT workshop, code_hash FROM credential").all(),
            connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'secret'").scalar(),
        )
    )
    return rows[0], bytes.fromhex(rows[1])


def is_guessed(store, workshop, code):
    rows, inner = kept(store)
    guess = hmac.digest(inner, "\0".join(("code", workshop, code)).encode(), hashlib.sha256)
    return guess in {bytes(hashed) for _, hashed in rows}


def refused(code, url):
    with pytest.raises(StoreError) as found:
        open_store(url, floor=0)
    assert found.value.code == f"store.{code}"
    return str(found.value)


def test_a_stolen_database_tells_which_code_is_right_only_without_the_file(
    sqlite_url, monkeypatch, key_file, load_evening
):
    """An evening that began without the file goes on with it, and nobody types a code again."""
    with open_store(sqlite_url, floor=0) as store:
        evening = load_evening(store)
        code, token = evening.cards[0].code, evening.entries[0].token
        link = store.staff_link(evening.id, "helper", "2099-01-01T00:00:00.000Z")
        assert is_guessed(store, evening.id, code)
    monkeypatch.setenv(ENVIRONMENT, str(key_file))
    for _ in range(2):
        with open_store(sqlite_url, floor=0) as store:
            assert not is_guessed(store, evening.id, code)
            assert store.seat(token) == evening.seats[0]
            assert store.staff(link) is not None
            assert store.enter(evening.id, evening.cards[1].code).seat == evening.seats[1]
            assert key_file.read_text().strip() not in repr(store._keys)


def test_without_the_file_or_with_another_the_store_stays_closed(
    sqlite_url, monkeypatch, key_file, tmp_path
):
    monkeypatch.setenv(ENVIRONMENT, str(key_file))
    open_store(sqlite_url, floor=0).close()
    other = tmp_path / "other"
    other.write_text("x" * 32)
    monkeypatch.setenv(ENVIRONMENT, str(other))
    assert "xxx" not in refused("secret_other", sqlite_url)
    monkeypatch.delenv(ENVIRONMENT)
    assert ENVIRONMENT in refused("secret_missing", sqlite_url)


@pytest.mark.parametrize("content", [None, b"", b"short\n"])
def test_a_file_that_is_no_key_is_refused(sqlite_url, monkeypatch, tmp_path, content):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(ENVIRONMENT, str(path))
    refused("secret_file", sqlite_url)
