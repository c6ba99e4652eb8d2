from pathlib import Path

import pytest

from waardeweging.store import StoreError
from waardeweging.store.places import check_place, database_url, file_system, has_room, is_there

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/vdb /home/local xfs rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
tmpfs /tmp tmpfs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
"""


def test_the_database_is_the_given_one_else_of_the_environment_else_a_file(monkeypatch):
    monkeypatch.delenv("WAARDEWEGING_DATABASE_URL", raising=False)
    assert database_url().database.endswith("waardeweging.sqlite")
    monkeypatch.setenv("WAARDEWEGING_DATABASE_URL", "sqlite:////srv/a.sqlite")
    assert database_url().database == "/srv/a.sqlite"
    assert database_url("sqlite:///b.sqlite").database == "b.sqlite"


def test_a_file_is_there_or_not_and_a_server_may_be(tmp_path):
    url = f"sqlite:///{tmp_path}/hall.sqlite"
    assert not is_there(url)
    (tmp_path / "hall.sqlite").touch()

    assert is_there(url)
    assert is_there("postgresql://somewhere/hall")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_postgresql_always_goes_through_the_same_driver(scheme):
    found = database_url(f"{scheme}://ww:secret@db/hall")

    assert found.drivername == "postgresql+psycopg"
    assert found.password == "secret"  # noqa: S105


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://a:geheim@b/c", "geheim"]
)
def test_another_database_is_refused_without_repeating_what_may_be_a_password(url):
    with pytest.raises(StoreError) as found:
        database_url(url)

    assert found.value.code == "store.url"
    assert "geheim" not in str(found.value)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "ext4"),
        ("/home/anna", "nfs4"),
        ("/home/local/data", "xfs"),
        ("/homework", "ext4"),
        ("/mnt/my share/x", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
    ],
)
def test_the_deepest_mount_decides(folder, kind):
    assert file_system(Path(folder), MOUNTS) == kind


def test_an_unknown_system_says_nothing():
    assert file_system(Path("/srv"), "") == ""
    assert file_system(Path("/")) != "nfs"


@pytest.mark.parametrize("folder", ["/home/anna", "/mnt/my share", "/mnt/ssh"])
def test_a_network_disk_is_refused(folder, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr("waardeweging.store.places._MOUNTS", mounts)
    check_place(Path("/home/local/a.sqlite"))

    with pytest.raises(StoreError) as found:
        check_place(Path(folder) / "a.sqlite")
    assert found.value.code == "store.network"


def test_a_share_of_windows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("waardeweging.store.places._MOUNTS", tmp_path / "none")
    with pytest.raises(StoreError):
        check_place(Path("\\\\nas\\share\\a.sqlite"))


def test_room_is_what_is_free_above_the_floor(tmp_path):
    assert has_room(tmp_path / "a", 0)
    assert not has_room(tmp_path / "a", 10**18)
