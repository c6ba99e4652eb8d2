"""Staff that sign in with the account of their organisation, instead of with a secret link.

Off until the server's own settings, in ``secrets.toml``, name a sign-in service under
``[auth]`` and who has which role under ``[[staff]]``. Nothing about a person is kept in
the store: who may come in is looked up anew on every page.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from waardeweging.app.hall.door import SECONDS
from waardeweging.store import StaffSeat, Store

_EMAIL = "email"
_AHEAD = 60
_log = logging.getLogger(__name__)
Text = Annotated[str, Field(min_length=1, max_length=300)]


class Admitted(BaseModel):
    """Somebody who has a role in a workshop.

    Parameters
    ----------
    email : str, optional
        An address that the sign-in service vouches for.
    claim, value : str, optional
        Or another claim, such as ``oid`` or ``groups``, and what it must be or hold.
    role : str
    workshop : str
        Its id, or the six digits of its room.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    email: Text | None = None
    claim: Text | None = None
    value: Text | None = None
    role: Literal["facilitator", "administrator"]
    workshop: Text

    @model_validator(mode="after")
    def _one_way(self) -> Admitted:
        by_claim = (self.claim is not None, self.value is not None)
        if (self.email is None) is not all(by_claim) or any(by_claim) is not all(by_claim):
            raise ValueError("give either email, or claim and value")
        # An address that nobody vouches for is no proof, under this name neither.
        if self.claim == _EMAIL:
            raise ValueError("write email = instead of claim")
        return self

    def fits(self, claims: Mapping[str, Any]) -> bool:
        """Say whether these are the claims of this person."""
        if self.email is not None:
            given = claims.get(_EMAIL)
            is_known = isinstance(given, str) and given.casefold() == self.email.casefold()
            return is_known and claims.get("email_verified") is True
        given = claims.get(self.claim or "")
        return self.value in given if isinstance(given, list) else given == self.value


_LIST = TypeAdapter(tuple[Admitted, ...])


def read_admitted(given: Sequence[Mapping[str, Any]]) -> tuple[Admitted, ...]:
    """Read who has which role; a list with a fault lets nobody in."""
    try:
        return _LIST.validate_python(tuple(dict(one) for one in given))
    except ValidationError as error:
        # The list holds addresses of people, so only the place of a fault is told.
        places = [".".join(map(str, one["loc"])) for one in error.errors()]
        _log.warning("[[staff]] in secrets.toml lets nobody in; faults at %s", ", ".join(places))
        return ()


def seats_for(
    claims: Mapping[str, Any], admitted: Sequence[Admitted], store: Store, at: float
) -> Iterator[StaffSeat]:
    """Give the seats of somebody who signed in, not longer ago than a staff link opens a window.

    Parameters
    ----------
    claims : mapping
        As the sign-in service signed them and Streamlit checked them.
    admitted : sequence of Admitted
    store : Store
    at : float
        This moment. [s since 1970]
    """
    since: Any = claims.get("iat")
    is_number = isinstance(since, int | float) and not isinstance(since, bool)
    # A clock of another machine may be a little ahead.
    is_fresh = is_number and -_AHEAD <= at - since < SECONDS
    if claims.get("is_logged_in") is not True or not is_fresh:
        return
    for one in admitted:
        if one.fits(claims):
            for state in store.workshops():
                if one.workshop in (state.id, state.room_code):
                    yield StaffSeat(state.id, one.role)


def signed_in_seat(store: Store) -> StaffSeat | None:
    """Give the seat of who looks at this page and signed in; None for anybody else."""
    if not is_offered():
        return None
    found = seats_for(st.user.to_dict(), read_admitted(st.secrets["staff"]), store, time.time())
    return next(found, None)


def is_offered() -> bool:
    """Say whether this server has a sign-in service, and somebody to let in with it."""
    secrets = st.secrets
    return secrets.load_if_toml_exists() and "auth" in secrets and "staff" in secrets


def is_stranger() -> bool:
    """Say whether somebody signed in; on a closed page that is somebody without a role."""
    return st.user.to_dict().get("is_logged_in") is True
