"""Every role at every door, and what no door lets through."""

import logging
import re
from typing import Any

import pytest
from tests.app.phone.phones import HOME, Phone, fields, hidden, weighed, words
from tests.payloads import PAYLOADS, Structure

from waardeweging.app.phone import routes
from waardeweging.app.phone.routes import DOORS, MOST_BYTES
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.process.workshop import Rules
from waardeweging.store import Conflict, StoreBusy, StoreReadOnly

PARTS = {"sheet": "round-1", "option": "gas", "value": "costs"}
ROLES = ("nobody", "residents", "municipality", "Corporatie", "revoked", "elsewhere")
STAFF = ("facilitator", "administrator", "helper", "analyst", "reader")
HELPERS = {"facilitator", "administrator", "helper"}


@pytest.fixture
def elsewhere(evening, berkum_files):
    """A seat in another workshop of the same store."""
    other = evening.store.create("Elders", berkum_files, exploration=True)
    (card,) = evening.store.issue(other.id, "residents")
    return evening.store.enter(other.id, card.code, "nl").token


def path_of(door, room: str) -> str:
    path: str = door.path.format(room=room, **PARTS)
    return path


def knock(phone: Phone, door) -> Any:
    path = path_of(door, phone.room)
    if door.method == "GET":
        return phone.get(path, follow_redirects=False)
    return phone.post(path, data={"go": ""}, follow_redirects=False)


def as_role(evening, role: str, elsewhere: str) -> Phone:
    phone = Phone(evening)
    if role == "elsewhere":
        phone.cookies.set("ww-seat", elsewhere)
    elif role == "revoked":
        phone.enter(evening.card(place=5))
        evening.store.revoke(evening.id, evening.card(place=5).code)
    elif role in STAFF:
        phone.cookies.set("ww-helper", evening.link(role))
    elif role != "nobody":
        phone.enter(evening.card(role))
    return phone


@pytest.mark.parametrize("role", ROLES + STAFF)
def test_every_role_at_every_door(evening, elsewhere, role):
    evening.open("round-1")
    phone = as_role(evening, role, elsewhere)
    sits, helps = role in ("residents", "municipality", "Corporatie"), role in HELPERS
    for door in DOORS:
        if door.path.endswith(("/leave", "/paper/close")):
            continue
        answer = knock(phone, door)
        said = f"{role} at {door.method} {door.path}: {answer.status_code}"
        home = answer.headers.get("location", "") in (
            f"/w/{evening.room}",
            f"/w/{evening.room}/paper",
        )
        if door.who == "seated" and not sits:
            assert home if door.method == "GET" else answer.status_code == 401, said
        elif door.who == "helper" and role in set(STAFF) - HELPERS:
            assert answer.status_code == 403, said
        elif door.who == "helper" and not helps:
            assert home if door.method == "GET" else answer.status_code == 401, said
        else:
            assert answer.status_code in (200, 202, 204, 303, 400, 404, 409, 422), said
            assert answer.status_code not in (401, 403, 500), said


def test_the_side_comes_from_the_card_whatever_the_form_says(evening):
    evening.open("rules")
    phone = Phone(evening)
    phone.fill("enter", code=evening.card("municipality").code, side="residents")
    key = hidden(phone.at("rules"))["key"]
    phone.fill("rules", agree="yes", key=key, side="residents", credential="x")

    assert evening.store.counts(evening.id, "rules")["municipality"] == (1, 1)


def test_a_second_device_takes_the_seat_over_and_the_first_is_told(evening, phone):
    evening.open("rules")
    key = hidden(phone.at("rules"))["key"]
    Phone(evening).enter(evening.card())
    looked = phone.at("now")
    sent = phone.fill("rules", agree="yes", key=key)

    assert looked.url.path == f"/w/{evening.room}"
    assert "Uw kaart werkt op één toestel tegelijk." in words(looked)
    assert sent.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": f"{HOME}.evil.test"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": HOME},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_form_from_another_website_does_nothing(evening, phone, headers):
    evening.open("rules")
    key = hidden(phone.at("rules"))["key"]
    answer = phone.post(
        f"/w/{evening.room}/rules", data={"agree": "yes", "key": key}, headers=headers
    )

    assert answer.status_code == 403
    assert evening.store.counts(evening.id, "rules")["residents"] == (0, 1)


def test_a_browser_that_hides_its_origin_but_says_same_origin_is_let_in(evening, phone):
    evening.open("rules")
    key = hidden(phone.at("rules"))["key"]
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    path = f"/w/{evening.room}/rules"

    assert phone.post(path, data={"agree": "yes", "key": key}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"a=" + b"x" * MOST_BYTES, "application/x-www-form-urlencoded", 413),
        (b'{"agree": true}', "application/json", 400),
        (b"--x\r\n", "multipart/form-data; boundary=x", 400),
        (b"agree=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"a=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=%d" % n for n in range(600)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_form_that_is_none_is_refused(evening, phone, content, kind, status):
    answer = phone.post(f"/w/{evening.room}/rules", content=content, headers={"content-type": kind})

    assert answer.status_code == status


def test_personal_pages_are_kept_nowhere_and_run_no_foreign_script(evening, phone):
    page = phone.at("now")

    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["x-frame-options"] == "DENY"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r"<script(?! src=\"/w/static)|\son\w+=|\sstyle=", page.text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", page.text)


def test_the_cookie_is_for_this_room_and_no_script_can_read_it(evening):
    answer = Phone(evening).post(
        f"/w/{evening.room}/enter", data={"code": evening.card().code}, follow_redirects=False
    )
    cookie = answer.headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path=/w/{evening.room}" in cookie


def test_over_https_the_cookie_never_travels_in_the_clear(evening):
    phone = Phone(evening)
    phone.base_url = "https://hall.test"
    answer = phone.post(
        f"/w/{evening.room}/enter",
        data={"code": evening.card().code},
        headers={"origin": "https://hall.test"},
        follow_redirects=False,
    )

    assert "Secure" in answer.headers["set-cookie"]


def test_entering_again_gives_another_token_so_a_planted_one_is_worth_nothing(evening):
    phone = Phone(evening)
    phone.cookies.set("ww-seat", "A" * 22, domain="hall.test", path=f"/w/{evening.room}")
    phone.enter(evening.card())
    first = {cookie.value for cookie in phone.cookies.jar if cookie.name == "ww-seat"}
    phone.enter(evening.card())

    assert "A" * 22 not in first
    assert {cookie.value for cookie in phone.cookies.jar if cookie.name == "ww-seat"} != first


@pytest.mark.parametrize(
    ("error", "status", "wait"),
    [(StoreBusy(3), 503, "3"), (StoreReadOnly(), 503, "60"), (Conflict(), 409, None)],
)
def test_a_store_that_refuses_is_told_kindly_with_when_to_try_again(
    evening, phone, monkeypatch, error, status, wait
):
    evening.open("rules")
    key = hidden(phone.at("rules"))["key"]

    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(type(evening.store), "submit", refuse)
    answer = phone.fill("rules", agree="yes", key=key)

    assert answer.status_code == status
    assert answer.headers.get("retry-after") == wait


def test_a_busy_store_is_no_unknown_room(evening, phone, monkeypatch):
    def refuse(*_args):
        raise StoreBusy

    monkeypatch.setattr(type(evening.store), "workshop", refuse)

    assert phone.at("now").status_code == 503


def test_what_breaks_is_logged_without_who_or_what(evening, phone, monkeypatch, caplog):
    evening.open("rules")

    def broken(*_args):
        raise RuntimeError("broken")

    monkeypatch.setattr(type(evening.store), "own", broken)
    with caplog.at_level(logging.DEBUG):
        answer = phone.at("now")

    assert answer.status_code == 500
    assert "Dat ligt niet aan u" in words(answer)
    ours = [str(one.getMessage()) for one in caplog.records if one.name.startswith("waardeweging")]
    assert ours == ["a phone page failed: GET /w/{room}/now"]


def test_no_code_or_token_ever_stands_in_an_address_a_page_or_the_log(evening, caplog):
    evening.open("round-1")
    phone = Phone(evening)
    with caplog.at_level(logging.DEBUG):
        answers = [phone.enter(evening.card()), phone.at("now"), weighed(phone, "round-1")]
        answers += [phone.at("mine"), phone.at("options/gas")]
    code, token = evening.card().code, phone.cookies["ww-seat"]
    seen = "".join(
        f"{answer.url}{answer.text}{[one.headers.get('location') for one in answer.history]}"
        for answer in answers
    )

    for secret in (code, code.replace("-", ""), token):
        assert secret not in seen
        assert secret not in caplog.text


WRITTEN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "'><svg/onload=alert(1)>",
    "![x](https://evil.test/t.png)",
)


@pytest.mark.parametrize("payload", WRITTEN)
def test_what_people_or_organisers_write_is_shown_and_never_run(evening, berkum_files, payload):
    hostile = evening.store.create(payload, berkum_files, exploration=True)
    (card,) = evening.store.issue(hostile.id, payload[:200], payload[:80])
    phone = Phone(evening)
    phone.room = hostile.room_code
    pages = [phone.enter(card), phone.at("now"), phone.at("mine")]
    pages += [phone.post("/w", data={"room": payload})]

    for page in pages:
        assert "<script>alert" not in page.text
        assert not re.search(r"<(img|svg)[^>]*(onerror|onload)", page.text)
        assert "49" not in words(page)
    assert payload[:20].split("<")[0] in words(pages[1])


def test_two_hundred_hostile_texts_build_no_node_of_a_phone_page(evening, berkum_files):
    pages = []
    for texts in (PAYLOADS, ("gewoon",) * len(PAYLOADS)):
        rules = Rules(texts=texts)
        made = evening.store.create("Avond", berkum_files, exploration=True, rules=rules)
        (card,) = evening.store.issue(made.id, "residents")
        phone = Phone(evening)
        phone.room = made.room_code
        phone.enter(card)
        evening.store.change(made.id, "x", lambda s: process.open_sheet(s, "rules", None, now()))
        pages.append(Structure(phone.at("rules").text))
    hostile, calm = pages

    assert len(PAYLOADS) == 200
    assert hostile.nodes == calm.nodes
    assert [one for one in PAYLOADS if one not in hostile.text] == []


NO_POINTS = (
    "nan", "NaN", "inf", "-inf", "Infinity", "1e999", "-1e999", "1e5", "5e-1", "0x10", "1_0",
    "True", "true", "None", "null", "[]", "{}", "１２", "٣", "1.234", "1,5", "--1", "+", "1;2",
    "5\x00", "\u202e5", "9" * 400, "50 50", "=1+1", "-1", "101", "½",
)  # fmt: skip


def test_what_is_no_number_of_points_never_becomes_one(evening, phone):
    evening.open("round-1")
    seat = evening.store.seat(phone.cookies["ww-seat"])
    first, *others = fields(phone.at("round-1"), "v-")
    for text in NO_POINTS:
        form = {first: text, **dict.fromkeys(others, "20"), "go": "next"}
        answer = phone.post(f"/w/{evening.room}/round-1/values", data=form)
        kept = evening.store.draft(seat, "round-1") or {}

        assert answer.status_code in (200, 422), text
        assert "/inside/" not in answer.url.path, text
        assert first.removeprefix("v-") not in kept.get("values", {}), text


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
def test_errors_are_told_in_the_language_of_the_browser(evening, language):
    page = Phone(evening, f"{language}-XX,de;q=0.5").get("/w/000000/now")

    assert page.status_code == 404
    assert f'<html lang="{language}">' in page.text
    assert {"nl": "is er niet", "en": "does not exist", "tr": "sayfa yok"}[language] in page.text


def test_an_address_that_leads_nowhere_is_told_kindly(evening, phone):
    for path in ("nothing/here", "round-1/inside", "a/b/c/d"):
        answer = phone.at(path)
        assert (answer.status_code, "Deze pagina is er niet" in words(answer)) == (404, True)
    assert phone.put(f"/w/{evening.room}/rules").status_code in (404, 405)


def test_files_of_the_pages_are_kept_for_ever_and_no_other_file_is_given(evening, phone):
    found = re.findall(r'"(/w/static/[^"]+)"', phone.at("now").text)

    assert len(found) == 3
    for address in found:
        assert "immutable" in phone.get(address).headers["cache-control"]
    for wrong in ("/w/static/0/phone.css", f"{found[0]}x", "/w/static/x/..%2froutes.py"):
        assert phone.get(wrong).status_code == 404


def test_a_script_is_told_where_to_go_in_words_it_can_read(evening, phone):
    answer = phone.post(
        f"/w/{evening.room}/enter",
        data={"code": evening.card(place=1).code},
        headers={"accept": "application/json"},
    )

    assert answer.json() == {"to": f"/w/{evening.room}/now"}
    assert "ww-seat" in answer.headers["set-cookie"]


def test_a_kind_of_fault_that_nobody_foresaw_is_still_told_kindly():
    assert routes._trouble(ExceptionGroup("two", [ValueError()])).trouble == "form"
