"""The section ``shares`` of a scenario: a third party counts when both sides agreed to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import fsum

from waardeweging.elicitation.ballots import SIDES, clean_side
from waardeweging.elicitation.weighing import PartyShares
from waardeweging.problem.errors import Faults, InputError, Place

# Thirds and sixths are written with few digits.
_ROUNDING = 1e-6
_FILE = "scenario.toml"
_SECTION = "shares"


def agreed_shares(
    given: Mapping[str, float],
    share: float,
    share_given: bool,
    heard: Collection[str] | None,
    faults: Faults,
) -> tuple[float, PartyShares]:
    """Read who has which share.

    Parameters
    ----------
    given : mapping of str to float
        Share of the whole per party; empty when only the two sides count. [0–1]
    share : float
        ``lambda``, which holds without `given`. [0–1]
    share_given : bool
        Whether ``lambda`` was written.
    heard : collection of str, optional
        Parties with a filled-in ballot; None when this is not known.
    faults : Faults
        Remembers every fault.

    Returns
    -------
    (share, third_shares) : float and tuple of (str, float)
        Share λ of the residents in what both sides have together, and the third parties
        with a share, in the order of the file.
    """
    if not given:
        return share, ()
    before = len(faults)
    _check(given, share_given, heard, faults)
    if len(faults) > before:
        return share, ()
    total = fsum(given.values())
    residents, municipality = (given[side] for side in SIDES)
    third = tuple(
        (name, part / total) for name, part in given.items() if part and name not in SIDES
    )
    # Without third parties the shares of the sides are λ and 1 − λ, to the last digit.
    return (residents / (residents + municipality) if third else residents), third


def _check(
    given: Mapping[str, float], share_given: bool, heard: Collection[str] | None, faults: Faults
) -> None:
    if share_given:
        faults.add(
            _fault(
                "scenario.shares_and_lambda",
                "Keep shares or lambda; lambda is for two parties.",
            )
        )
    for name in given:
        with faults.collecting():
            clean_side(name, _place(name))
    for side in SIDES:
        if side not in given:
            faults.add(_fault("scenario.shares_side", "Give '{side}' a share.", side, side=side))
    total = fsum(given.values())
    if abs(total - 1) > _ROUNDING:
        faults.add(
            _fault("scenario.shares_sum", "The shares must sum to 1.", found=f"{total:.10g}")
        )
    elif fsum(given.get(side, 0) for side in SIDES) <= _ROUNDING:
        faults.add(_fault("scenario.shares_sides", "Leave a share for residents or municipality."))
    for name, part in given.items():
        if part and name not in SIDES and heard is not None and name not in heard:
            faults.add(
                _fault(
                    "scenario.shares_without_ballots",
                    "'{side}' has a share but no filled-in ballot. Add one, or give it share 0; "
                    "in a workshop only residents and municipality have a share.",
                    name,
                    side=name,
                )
            )


def _fault(
    code: str, remedy: str, name: str | None = None, *, found: object = None, **details: str
) -> InputError:
    return InputError(code, where=_place(name), found=found, remedy=remedy, **details)


def _place(name: str | None) -> Place:
    return Place(_FILE, None, _SECTION if name is None else f"{_SECTION}.{name}")
