"""Columns about a neighbourhood itself, what was published, and what costs alone would choose."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from waardeweging.analysis.batch import rows
from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.fixed import NOBODY, first_best
from waardeweging.analysis.batch.sampling import Stack
from waardeweging.analysis.batch.ties import cost_ties
from waardeweging.analysis.scenario import Scenario
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.scoring.additive import contributions


def place_columns(country: Country, start: int, stop: int) -> rows.Columns:
    """Give what is known of the neighbourhoods, and their winner as it was published."""
    places = country.places[start:stop]
    facts = country.facts.take(np.arange(start, stop))
    ties = cost_ties(places)
    present = country.present[start:stop]
    published = [
        [
            option
            for option, codes, here in zip(country.options, country.variant_codes, own, strict=True)
            if here and one.winner in codes
        ]
        for one, own in zip(places, present, strict=True)
    ]
    return {
        "neighbourhood": pa.array([one.code for one in places], pa.string()),
        "name": pa.array([one.name for one in places], pa.string()),
        "municipality_code": pa.array([one.municipality_code for one in places], pa.string()),
        "municipality": pa.array([one.municipality for one in places], pa.string()),
        "weq": pa.array([one.weq for one in places], pa.float64()),
        "dwellings": pa.array([one.dwellings for one in places], pa.float64()),
        "owner_share": pa.array(facts.owner_share),
        "owner_share_source": pa.array(facts.owner_source, pa.string()),
        "gas_use": _known(facts.gas_use),
        "heat_now": pa.array(facts.numbers["heat_now"].mid),
        "demand_source": pa.array(facts.demand_source, pa.string()),
        "below_label_b": _known(facts.below_b),
        "below_label_d": _known(facts.below_d),
        "absent": rows.marked(country.options, ~country.present[start:stop]),
        "published_winner": pa.array([one.winner for one in places], pa.string()),
        "published_options": pa.array(published, pa.list_(pa.string())),
        "cost_tie_variants": pa.array(ties.variants),
        "cost_tie_strategies": pa.array(ties.strategies),
        "cost_tie_network": pa.array(ties.network),
    }


def variant_columns(country: Country, variant: str, stack: Stack) -> rows.Columns:
    """Give what holds for every weight set of a variant."""
    number = len(stack.values)
    present = country.present[stack.start : stack.start + number]
    is_option = np.array([not one.reference for one in country.template.problem.alternatives])
    return {
        "variant": rows.constant(variant, number),
        "excluded": rows.marked(country.options, present & ~stack.eligible & is_option),
        "outside_range": _outside_range(country, stack, present),
    }


def choice_columns(country: Country, winner: IntArray, cheapest: IntArray) -> rows.Columns:
    """Give the winner beside what costs alone would choose."""
    unknown = (winner == NOBODY) | (cheapest == NOBODY)
    return {
        "winner": rows.named(country.options, winner),
        "cost_only_winner": rows.named(country.options, cheapest),
        "weighing_changes_choice": pa.array(winner != cheapest, mask=unknown),
    }


def cheapest(
    country: Country,
    scenario: Scenario,
    performances: FloatArray,
    values: FloatArray,
    eligible: BoolArray,
) -> IntArray:
    """Find what costs alone would choose, by the rule of `analyse`.

    National cost where the framework has it, else the weighed criteria of the cost value.

    Returns
    -------
    array of int, shape (n_neighbourhoods,)
        −1 where costs cannot choose.
    """
    problem = scenario.problem
    criteria = problem.framework.criteria
    national = [j for j, criterion in enumerate(criteria) if criterion.perspective == "national"]
    if national:
        column = national[0]
        # Additional cost is counted from a reference, which is 0 by definition and no choice.
        is_real = np.array([row[column].grounds != "definition" for row in problem.cells])
        sign = -1.0 if criteria[column].best < criteria[column].worst else 1.0
        return first_best(sign * performances[:, :, column], eligible & is_real)
    costs = {value.id for value in problem.framework.values if value.is_cost}
    columns = problem.framework.weighed(scenario.perspective)
    counted = [criteria[column].value in costs for column in columns]
    if not any(counted) or all(counted):
        return np.full(len(values), NOBODY)
    added = contributions(values, country.weighing.joint)[..., counted].sum(axis=-1)
    return first_best(added, eligible)


def _outside_range(country: Country, stack: Stack, present: BoolArray) -> pa.Array:
    """Name the cells beyond the range that people weighed; their value is that of its end."""
    criteria = country.template.problem.framework.criteria
    columns = country.template.problem.framework.weighed(country.template.perspective)
    names, marks = [], []
    for column in columns:
        bottom, top = sorted((criteria[column].worst, criteria[column].best))
        found = stack.performances[..., column]
        outside = present & ((found < bottom) | (found > top))
        for row, option in enumerate(country.options):
            if outside[:, row].any():
                names.append(f"{option} × {criteria[column].id}")
                marks.append(outside[:, row])
    whole = np.array(marks, dtype=np.bool_).reshape(len(names), len(stack.values))
    return rows.marked(names, whole.T)


def _known(values: FloatArray) -> pa.Array:
    return pa.array(values, mask=values < 0)
