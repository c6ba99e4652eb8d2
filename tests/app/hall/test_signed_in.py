"""Who signed in with an account of the organisation, and what that opens."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from waardeweging.app.hall import signed_in
from waardeweging.app.hall.after_sign_in import AfterSignIn
from waardeweging.app.hall.signed_in import read_admitted, seats_for

AT = 1_800_000_000.0
ANNA = {"email": "anna@zwolle.test", "role": "facilitator"}
CLAIMS = {"is_logged_in": True, "iat": AT - 60, "email": "Anna@Zwolle.test", "email_verified": True}


def roles(evening, claims, *given):
    admitted = read_admitted([{"workshop": evening.state.room_code, **one} for one in given])
    return [seat.role for seat in seats_for(claims, admitted, evening.store, AT)]


def test_an_address_that_is_vouched_for_opens_its_role_in_its_workshop(evening):
    evening.store.create("Elders", {"a": b""}, exploration=True)
    admitted = read_admitted([{**ANNA, "workshop": evening.id}])
    (seat,) = seats_for(CLAIMS, admitted, evening.store, AT)

    assert (seat.workshop, seat.role) == (evening.id, "facilitator")
    assert roles(evening, CLAIMS, {**ANNA, "workshop": "000000"}) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "anna@zwolle.test.evil"},
        {"email": ["anna@zwolle.test"]},
        {"email": None},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iat": None},
        {"iat": True},
        {"iat": float("nan")},
        {"iat": AT - 17 * 3600},
        {"iat": AT + 3600},
    ],
    ids=str,
)
def test_anything_less_opens_nothing(evening, changed):
    assert roles(evening, CLAIMS | changed, ANNA) == []


def test_another_claim_may_hold_a_value_or_be_it(evening):
    group = {"claim": "groups", "value": "warmte", "role": "administrator"}
    claims = CLAIMS | {"groups": ["warmte", "overig"]}

    assert roles(evening, claims, group) == ["administrator"]
    assert roles(evening, claims | {"groups": "warmte"}, group) == ["administrator"]
    assert roles(evening, claims | {"groups": ["warmtenet"]}, group) == []
    assert roles(evening, CLAIMS, group) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"role": "reader"},
        {"email": ""},
        {"claim": "oid"},
        {"email": None, "claim": "email", "value": "anna@zwolle.test"},
        {"mail": "x"},
        {"email": None},
    ],
    ids=str,
)
def test_a_list_with_a_fault_lets_nobody_in_and_its_log_names_nobody(evening, fault, caplog):
    assert roles(evening, CLAIMS, ANNA, {**ANNA, **fault}) == []
    assert "[[staff]]" in caplog.text
    assert "zwolle" not in caplog.text


def test_without_settings_nobody_is_asked_to_sign_in(evening, open_page, said):
    assert not signed_in.is_offered()
    assert signed_in.signed_in_seat(evening.store) is None
    assert not [one for one in open_page("facilitator").button if one.key == "sign-in"]


@pytest.mark.parametrize(("path", "goal"), [("/oauth2callback", "/facilitator"), ("/other", "/")])
def test_who_comes_back_from_the_sign_in_comes_to_the_desk(path, goal):
    async def back(_request):
        return RedirectResponse("/")

    routes = [Route("/oauth2callback", back), Route("/other", back)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(AfterSignIn)]))

    assert client.get(path, follow_redirects=False).headers["location"] == goal
