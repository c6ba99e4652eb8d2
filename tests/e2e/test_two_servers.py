"""One workshop on two server processes, one PostgreSQL, behind nginx as the how-to sets it up."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.app.phone.phones import hidden
from tests.e2e.conftest import _free_port
from tests.store.postgres import Cluster, binaries

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.folders import gather
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.store import open_store

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "run-on-two-servers.md"


@pytest.fixture(scope="module")
def database():
    if binaries() is None or shutil.which("nginx") is None:
        required = os.environ.get("WAARDEWEGING_REQUIRE_POSTGRES")
        assert not required, "PostgreSQL and nginx must be here"
        pytest.skip("needs PostgreSQL and nginx (apt-get install postgresql nginx-light)")
    cluster = Cluster("-c fsync=off")
    cluster.start()
    # The app runs as whoever runs the tests; the socket of the cluster is in its own folder.
    cluster.folder.chmod(0o755)
    yield cluster.new_url()
    cluster.remove()


def started(port, database, folder):
    environment = {
        **os.environ,
        "WAARDEWEGING_DATABASE_URL": database,
        "STREAMLIT_SERVER_COOKIE_SECRET": "the same on both",
        "XDG_DATA_HOME": str(folder),
    }
    with (folder / f"{port}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "waardeweging.cli", "app", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def wait_until(condition, running, folder, seconds=120.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end and all(one.poll() is None for one in running):
        with contextlib.suppress(httpx.HTTPError):
            if condition():
                return
        time.sleep(0.2)
    said = "\n".join(log.read_text("utf-8")[-2000:] for log in folder.glob("*.log"))
    pytest.fail(f"the servers did not answer\n{said}")


def answers(port):
    return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200


def nginx_config(folder, front, backs):
    block = re.search(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.S).group(1)
    for written, used in zip(("8501", "8502", "8500"), (*backs, front), strict=True):
        block = block.replace(f"127.0.0.1:{written}", f"127.0.0.1:{used}")
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"{block}}}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def servers(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers")
    folder.chmod(0o755)
    backs, front = (_free_port(), _free_port()), _free_port()
    running = [started(port, database, folder) for port in backs]
    config = nginx_config(folder, front, backs)
    before = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL
    )
    try:
        wait_until(
            lambda: answers(backs[0]) and answers(backs[1]) and answers(front), running, folder
        )
        yield front, backs, running
    finally:
        for process_ in (before, *running):
            process_.terminate()
        for process_ in (before, *running):
            process_.wait(timeout=20)


def browser(port):
    home = f"http://127.0.0.1:{port}"
    return httpx.Client(base_url=home, headers={"origin": home}, follow_redirects=True, timeout=20)


@pytest.mark.slow
def test_a_phone_may_talk_to_either_server_and_survives_that_one_stops(servers, database):
    front, backs, running = servers
    with open_store(database) as store, contextlib.ExitStack() as stack:
        files = gather(bundled_scenarios() / "berkum")
        state = store.create("Twee servers", files, exploration=True)
        cards = store.issue(state.id, "residents", count=2)
        store.change(
            state.id, "facilitator", lambda now_: process.open_sheet(now_, "rules", None, now())
        )
        first, second = (stack.enter_context(browser(port)) for port in backs)
        entered = first.post(f"/w/{state.room_code}/enter", data={"code": cards[0].code})
        assert entered.status_code == 200
        # The same device token opens the other server as well.
        second.cookies.update(first.cookies)
        form = second.get(f"/w/{state.room_code}/rules")
        assert form.status_code == 200
        done = second.post(f"/w/{state.room_code}/rules", data={**hidden(form), "agree": "yes"})
        assert done.status_code == 200
        assert store.counts(state.id, "rules")["residents"][0] == 1

        through = stack.enter_context(browser(front))
        through.post(f"/w/{state.room_code}/enter", data={"code": cards[1].code})
        assert "ww_server" in through.cookies
        running[0].kill()
        running[0].wait()
        form = through.get(f"/w/{state.room_code}/rules")
        through.post(f"/w/{state.room_code}/rules", data={**hidden(form), "agree": "yes"})
        assert store.counts(state.id, "rules")["residents"][0] == 2
        assert store.integrity().faults == ()
