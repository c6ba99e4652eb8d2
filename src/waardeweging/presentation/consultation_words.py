"""A consultation in sentences and tables: the answer first, then how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

import numpy as np
import pandas as pd

from waardeweging.analysis.consultation_standing import SideStanding
from waardeweging.analysis.consulting import Beside, Consulted
from waardeweging.elicitation.consultation import Asked, Consultation
from waardeweging.elicitation.consultation_flags import FLAGS, Raised
from waardeweging.elicitation.consultation_names import column_names
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import option_names, unique_names
from waardeweging.presentation.numbers import joined, number, percent, points, signed
from waardeweging.presentation.sentences import as_name, criterion_name, word

_NEAR = 0.5
_RAREST = 1e-6
_MOST_BURSTS = 3


def answer(found: Consulted, language: Language) -> tuple[str, ...]:
    """Say what comes first, or what ends level, and whether that is as in the workshop."""
    names = _quoted(found, language)
    winner, before = found.everyone.winner, found.workshop.winner
    ties = found.outcome.result.ties
    if ties:
        level = joined([names[option] for option in (winner, *ties)], language)
        first = _say("level", language, options=level, rival=names[before])
    else:
        kind = "same" if winner == before else "other"
        first = _say(kind, language, option=names[winner], rival=names[before])
    return first, *_who(found, language)


def flag_sentences(found: Consulted, language: Language) -> tuple[str, ...]:
    """Say what stood out, and what the outcome is without it."""
    count = int(found.flagged.sum())
    codes = _codes(found.given, language)
    if not count:
        return (*codes, _say("none_flagged", language))
    people = number(len(found.rows), language)
    return (
        *codes,
        _say("flagged", language, count=few(count, language), people=people),
        _without(found, language),
        _say("innocent", language),
        *_bursts(found, language),
    )


def beside_sentences(found: Consulted, language: Language) -> tuple[str, ...]:
    """Say, per side that was asked, how far it is from the workshop and what it would choose."""
    return tuple(said for one in found.beside for said in _beside(one, found, language))


def import_sentences(given: Consultation, raised: Raised, language: Language) -> tuple[str, ...]:
    """Say what was read, for who imports a file."""
    rows = given.counted
    read = _say(
        "cli.read",
        language,
        rows=number(len(given), language),
        people=number(len(rows), language),
        weighed=number(int((~given.abstains[rows]).sum()), language),
    )
    flagged = raised.flags[:, rows]
    named = [
        f"{_say(f'flag.{flag}', language)} {few(int(mine.sum()), language)}"
        for flag, mine in zip(FLAGS, flagged, strict=True)
        if mine.any()
    ]
    if not named:
        return read, *_codes(given, language), _say("none_flagged", language)
    count = few(int(flagged.any(axis=0).sum()), language)
    flags = "; ".join(named)
    return (
        read,
        *_codes(given, language),
        _say("cli.flagged", language, count=count, flags=flags, file="flags.csv"),
    )


def flags_table(found: Consulted, language: Language) -> pd.DataFrame:
    """Give how many people have each flag."""
    counts = found.raised.flags[:, found.rows].sum(axis=1).tolist()
    people = max(len(found.rows), 1)
    rows = [
        [_say(f"flag.{flag}", language), _part(count, people, language)]
        for flag, count in zip(FLAGS, counts, strict=True)
        if count
    ]
    return _frame(("flag", "people"), rows, language)


def without_table(found: Consulted, language: Language) -> pd.DataFrame:
    """Give the joint scores with and without ballots that stand out."""
    without = found.without
    rows = [
        [
            name,
            number(100 * found.everyone.scores[option], language, 1),
            number(100 * without.scores[option], language, 1),
        ]
        for option, name in _ranked(found, language)
        if without is not None
    ]
    return _frame(("option", "everyone", "without"), rows, language)


def sides_table(found: Consulted, language: Language) -> pd.DataFrame:
    """Give, per side, how far consultation and workshop are apart and what each would choose."""
    names = option_names(found.outcome, language)
    rows = [
        [
            word(one.side, language),
            _or_dash(None if one.points is None else points(one.points, language, 1)),
            *(
                _or_dash(None if side.winner is None else names[side.winner])
                for side in (one.consultation, one.workshop)
            ),
        ]
        for one in found.beside
    ]
    return _frame(("side", "moved", "winner", "workshop_winner"), rows, language)


def weights_table(one: Beside, found: Consulted, language: Language) -> pd.DataFrame:
    """Give the weights of a side in the consultation and in the workshop."""
    names = unique_names(found.outcome.criteria, language)
    gaps = one.consultation.weights - one.workshop.weights
    rows = [
        [
            names[j],
            number(100 * one.consultation.weights[j], language, 1),
            number(100 * one.workshop.weights[j], language, 1),
            signed(100 * gaps[j], language, 1),
        ]
        for j in np.argsort(-np.abs(gaps), kind="stable").tolist()
    ]
    columns = [text("table.criterion", language)] + [
        _say(f"table.{name}", language) for name in ("consultation", "workshop", "difference")
    ]
    return pd.DataFrame(rows, columns=columns)


def grades_table(one: Beside, found: Consulted, language: Language) -> pd.DataFrame:
    """Give what a side finds of every option itself; empty when too few people graded."""
    rows = [
        [
            name,
            _grade(one.consultation, option, language),
            _or_dash(
                None
                if one.consultation.acceptable[option] is None
                else percent(one.consultation.acceptable[option] or 0.0, language)
            ),
            _grade(one.workshop, option, language),
        ]
        for option, name in _ranked(found, language)
        if any(grade is not None for grade in one.consultation.grades)
    ]
    return _frame(("option", "grade", "acceptable", "workshop_grade"), rows, language)


def header_line(asked: Asked) -> str:
    """Give the names of all columns that a file may have, as its first line."""
    return ";".join(column_names(asked))


def few(count: int, language: Language) -> str:
    """Say a number of people; of one to four it is only said that they are few."""
    if 0 < count < FEWEST:
        return _say("few", language, least=FEWEST)
    return number(count, language)


def _who(found: Consulted, language: Language) -> Iterator[str]:
    given, rows = found.given, found.rows
    weighed = int((~given.abstains[rows]).sum())
    people = {"people": number(len(rows), language), "weighed": few(weighed, language)}
    yield _say("people", language, **people)
    if len(given) > len(rows):
        yield _say("repeats", language, rows=number(len(given), language))
    others = [side for side in found.outcome.weighing.parties if side not in found.asked]
    if others:
        sides = joined([word(side, language) for side in others], language)
        yield _say("not_asked", language, sides=sides)


def _codes(given: Consultation, language: Language) -> tuple[str, ...]:
    if given.issued is None:
        return ()
    used = len(np.unique(given.people[~given.strangers]))
    values = {"issued": number(given.issued, language), "used": few(used, language)}
    return (_say("codes", language, **values),)


def _without(found: Consulted, language: Language) -> str:
    if found.without is None:
        return _say("without_hidden", language)
    names = _quoted(found, language)
    mine, rival = found.everyone.winner, found.without.winner
    key = "without_same" if mine == rival else "without_other"
    return _say(key, language, option=names[mine], rival=names[rival])


def _bursts(found: Consulted, language: Language) -> Iterator[str]:
    bursts = found.raised.bursts[:_MOST_BURSTS]
    for one in bursts:
        yield _say(
            "burst",
            language,
            count=number(one.count, language),
            share=percent(one.share, language, 1),
            alike=number(one.alike, language),
        )
        if one.chance is not None:
            yield _chance(one.chance, language)
    if bursts and not found.given.knows_order:
        yield _say("burst_order", language)


def _chance(chance: float, language: Language) -> str:
    """Say how rare it is, rounded to the side of more often."""
    if chance < _RAREST:
        return _say("burst_never", language, number=number(1 / _RAREST, language))
    times = floor(1 / chance)
    step = 10 ** (len(str(times)) - 1)
    return _say("burst_chance", language, number=number(times // step * step, language))


def _beside(one: Beside, found: Consulted, language: Language) -> Iterator[str]:
    side = word(one.side, language)
    side = side[0].upper() + side[1:]
    if one.points is None or one.widest is None:
        yield _say("hidden", language, side=side, least=FEWEST)
        return
    if one.points < _NEAR:
        yield _say("near", language, side=side)
    else:
        label = found.outcome.criteria[one.widest].label[language]
        yield _say(
            "moved",
            language,
            side=side,
            points=points(one.points, language),
            criterion=criterion_name(label, language),
        )
    names = _quoted(found, language)
    mine, theirs = one.consultation.winner, one.workshop.winner
    if mine is not None and theirs is not None:
        key = "side_same" if mine == theirs else "side_other"
        yield _say(key, language, side=side, option=names[mine], rival=names[theirs])


def _ranked(found: Consulted, language: Language) -> list[tuple[int, str]]:
    names = option_names(found.outcome, language)
    return [(option, names[option]) for option in found.outcome.result.ranking]


def _grade(side: SideStanding, option: int, language: Language) -> str:
    grade = side.grades[option]
    return _or_dash(None if grade is None else f"{word(f'grade_{grade}', language)} ({grade})")


def _part(count: int, people: int, language: Language) -> str:
    if count < FEWEST:
        return few(count, language)
    share = percent(count / people, language, 1)
    return _say("of_whole", language, count=number(count, language), share=share)


def _quoted(found: Consulted, language: Language) -> list[str]:
    return [as_name(name, language) for name in option_names(found.outcome, language)]


def _frame(columns: tuple[str, ...], rows: list[list[str]], language: Language) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[_say(f"table.{name}", language) for name in columns])


def _or_dash(said: str | None) -> str:
    return "–" if said is None else said


def _say(key: str, language: Language, **values: object) -> str:
    return text(f"consultation.{key}", language, **values)
