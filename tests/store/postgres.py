"""A private PostgreSQL in a temporary folder, run by somebody who is not root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg


def binaries():
    """Folder with initdb and pg_ctl, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _somebody():
    """Who runs the server: ourselves, unless we are root, whom PostgreSQL refuses."""
    if os.getuid() != 0:
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody", "extra_groups": []}


class Cluster:
    def __init__(self, more=""):
        self._more = more
        self.folder = Path(tempfile.mkdtemp(prefix="ww-pg-"))
        self._who = _somebody()
        if self._who:
            who = pwd.getpwnam(self._who["user"])
            os.chown(self.folder, who.pw_uid, who.pw_gid)
            self._who["group"] = who.pw_gid
        self.folder.chmod(0o700)
        self._data = self.folder / "data"
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "ww", "--no-sync")
        self._free, self._used = [], []

    def _run(self, tool, *arguments):
        subprocess.run(
            [str(binaries() / tool), *map(str, arguments)],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self._who,
        )

    def start(self):
        options = f"{self._more} -c listen_addresses= -c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self, mode="fast"):
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop")

    def remove(self):
        self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, name):
        return f"postgresql://ww@/{name}?host={self.folder}"

    def new_url(self):
        """An empty database: one that is free again, or a new one."""
        if self._free:
            name = self._free.pop()
            with psycopg.connect(self.url(name), autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
        else:
            name = f"trial{len(self._used)}"
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
        self._used.append(name)
        return self.url(name)

    def release(self):
        """Let every database be used again."""
        self._free, self._used = self._free + self._used, []
