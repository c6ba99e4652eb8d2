"""What the answers of a side come to, coarse enough that no single person shows in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.process.answers import QUESTIONS, Given


def by_side(given: Iterable[Given]) -> Mapping[str, list[Given]]:
    """Divide answers over the sides; both sides are there, also when nobody answered."""
    found: dict[str, list[Given]] = {side: [] for side in SIDES}
    for one in given:
        found.setdefault(one.side, []).append(one)
    return found


def acceptance(given: Sequence[Given], options: Sequence[str]) -> tuple[float | None, ...]:
    """Give the share that can live with each option, in steps of 5 percent.

    Parameters
    ----------
    given : sequence of Given
        Answers of one side on ``accept``.
    options : sequence of str, length n_alternatives

    Returns
    -------
    tuple of float or None, length n_alternatives
        None where fewer than five people answered. [0–1]
    """
    return tuple(_share([one.payload["accept"].get(option) for one in given]) for option in options)


def cooperation(given: Sequence[Given]) -> tuple[float | None, ...]:
    """Give the mean answer to each of `QUESTIONS`, in steps of a half.

    Parameters
    ----------
    given : sequence of Given
        Answers of one side on ``cooperation``.

    Returns
    -------
    tuple of float or None
        None where fewer than five people answered. [1–5]
    """
    return tuple(
        _mean_step(one.payload["answers"].get(question) for one in given) for question in QUESTIONS
    )


def _share(answers: Iterable[bool | None]) -> float | None:
    known = [one for one in answers if one is not None]
    return round(20 * sum(known) / len(known)) / 20 if len(known) >= FEWEST else None


def _mean_step(answers: Iterable[int | None]) -> float | None:
    known = [one for one in answers if one is not None]
    return round(2 * sum(known) / len(known)) / 2 if len(known) >= FEWEST else None
