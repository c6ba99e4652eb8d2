"""A secret is traded for a cookie; it never stands in an address."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from waardeweging.app.hall.begin import link_end
from waardeweging.app.hall.door import staff_link, staff_routes
from waardeweging.presentation.catalog import LANGUAGES, text

HERE = "http://hall.test"


@pytest.fixture
def client(store):
    with TestClient(Starlette(routes=staff_routes()), base_url=HERE) as opened:
        yield opened


def enter(client, secret, origin=HERE):
    headers = {"origin": origin}
    return client.post("/staff", data={"secret": secret}, headers=headers, follow_redirects=False)


@pytest.mark.parametrize(
    ("role", "target", "cookie"),
    [
        ("facilitator", "/facilitator", "ww-desk"),
        ("administrator", "/facilitator", "ww-desk"),
        ("reader", "/beamer", "ww-beamer"),
        ("analyst", "/beamer", "ww-beamer"),
        ("helper", "/w/{room}/paper", "ww-helper"),
    ],
)
def test_each_role_comes_to_its_own_page(client, evening, role, target, cookie):
    secret = evening.secret(role)
    answer = enter(client, secret)

    assert answer.status_code == 303
    assert answer.headers["location"] == target.format(room=evening.state.room_code)
    assert secret not in answer.headers["location"]
    given = answer.headers["set-cookie"].lower()
    assert given.startswith(f"{cookie}={secret}".lower())
    assert "httponly" in given
    assert "samesite=strict" in given


def test_a_link_keeps_the_secret_behind_the_hash():
    assert staff_link("https://wegen.test/", "abc") == "https://wegen.test/staff#abc"


def test_a_form_that_never_ends_is_cut_off(client, evening):
    sent = 0

    def endless():
        nonlocal sent
        for _ in range(10_000):
            sent += 1
            yield b"x" * 10_000

    headers = {"origin": HERE, "content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/staff", content=endless(), headers=headers)

    assert answer.status_code == 413
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 1500, "é"])
def test_a_wrong_secret_opens_nothing(client, evening, secret):
    answer = enter(client, secret)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert text("hall.staff.unknown", "nl") in answer.text


def test_a_withdrawn_link_opens_nothing(client, evening):
    secret = evening.secret("facilitator")
    evening.store.withdraw_staff(evening.id, "facilitator")

    assert enter(client, secret).status_code == 403


def test_another_site_cannot_send_the_form(client, evening):
    secret = evening.secret("facilitator")

    assert enter(client, secret, origin="https://evil.test").status_code == 403
    assert enter(client, secret, origin="null").status_code == 403


def test_a_browser_that_hides_its_origin_still_comes_in(client, evening):
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    data = {"secret": evening.secret("facilitator")}
    answer = client.post("/staff", data=data, headers=headers, follow_redirects=False)

    assert answer.status_code == 303


def test_a_cookie_stays_on_https_once_it_came_by_it(client, evening):
    answer = client.post(
        "https://hall.test/staff",
        data={"secret": evening.secret("reader")},
        headers={"origin": "https://hall.test"},
        follow_redirects=False,
    )

    assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_works_without_scripts_and_is_not_kept(client, language):
    answer = client.get("/staff", params={"lang": language})

    assert answer.headers["cache-control"] == "no-store"
    assert f'<html lang="{language}">' in answer.text
    assert 'method="post"' in answer.text
    for path in ("/staff.js", "/staff.css"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "residents", "municipality", "reader"])
def test_every_link_of_a_project_opens_the_page_of_the_project(client, store, role):
    project = store.begin_project("Berkum")
    secret = store.staff_link(project.id, role, link_end())
    answer = enter(client, secret)

    assert answer.headers["location"] == "/project"
    assert answer.headers["set-cookie"].startswith(f"ww-project={secret}")
