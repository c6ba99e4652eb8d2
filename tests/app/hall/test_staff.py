"""Which role opens which page of the staff, and no other."""

import pytest

from waardeweging.app.hall import staff
from waardeweging.process.events import ROLES

OPENS = {
    "facilitator": {"facilitator", "beamer"},
    "administrator": {"facilitator", "beamer"},
    "analyst": {"beamer"},
    "reader": {"beamer"},
}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_at_every_page_of_the_staff(evening, monkeypatch, role):
    secret = evening.secret(role)
    monkeypatch.setattr(staff, "_secrets", lambda _page: [secret])
    opened = {
        page for page in ("facilitator", "beamer", "project") if staff.seat_of(evening.store, page)
    }

    assert opened == OPENS.get(role, set())
    evening.store.withdraw_staff(evening.id, role)
    assert staff.seat_of(evening.store, "beamer") is None
