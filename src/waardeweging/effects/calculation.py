"""Calculates cells, and keeps each calculation so that it can be unfolded.

Low and high are the lowest and highest result over the bands of all inputs, found exactly
(`corners`). Draws go through the very same formulas: an input that
two options share, such as the price of electricity, is drawn once, so that both
move together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from waardeweging.effects.binding import Input, bind, calculable
from waardeweging.effects.corners import extreme_corners
from waardeweging.effects.criterion_formulas import FORMULAS, CriterionFormula, Terms
from waardeweging.effects.neighbourhood import NeighbourhoodFacts
from waardeweging.effects.parameters import Parameters
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.arrays import FloatArray, read_only
from waardeweging.problem.bands import triangular

# A variant changes a few inputs, so most of its cells are those of the scenario.
_REMEMBERED = 4096
_Values = dict[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a calculation, at the low, mid and high end of the whole.

    Parameters
    ----------
    name : str
    low, mid, high : float
        The counted terms add up to the result at each of the three ends. A subsidy is
        negative, and a term may be larger at the low end than at the high end.
    unit : str
    counted : bool
        False for what is shown beside the result and not added, such as insulation.
    """

    name: str
    low: float
    mid: float
    high: float
    unit: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Calculation:
    """The formula of one cell with all its numbers.

    Parameters
    ----------
    alternative, criterion : str
    formula : str
        Id of the formula.
    unit : str
    low, mid, high : float
        The result, in `unit`.
    inputs : tuple of Input
    terms : tuple of Term
    """

    alternative: str
    criterion: str
    formula: str
    unit: str
    low: float
    mid: float
    high: float
    inputs: tuple[Input, ...]
    terms: tuple[Term, ...]


def calculate(
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
    options: Sequence[Alternative],
    criteria: Sequence[str],
) -> dict[tuple[str, str], Calculation]:
    """Calculate every cell that has a formula.

    Parameters
    ----------
    techniques : Techniques
    parameters : Parameters
        Of the scenario or of one of its variants.
    facts : NeighbourhoodFacts
    options : sequence of Alternative
    criteria : sequence of str
        Criteria that are calculated; `calculable` says which cells of them.

    Returns
    -------
    dict of Calculation
        By (alternative, criterion).

    Raises
    ------
    KeyError
        If an input is missing; `check_inputs` names them all beforehand.
    """
    found = {}
    for formula, option in _cells(options, criteria):
        inputs = bind(formula, option, techniques, parameters, facts)
        found[option.id, formula.criterion] = _calculation(option.id, formula.criterion, inputs)
    return found


def sample(
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
    options: Sequence[Alternative],
    criteria: Sequence[str],
    *,
    rng: np.random.Generator,
    draws: int,
) -> dict[tuple[str, str], FloatArray]:
    """Draw every cell that has a formula, with shared inputs drawn once.

    Each input follows a triangular distribution between low and high with its top
    at mid. Its draws depend on `rng` and its own name only: an option that joins
    changes nothing for the others.

    Parameters
    ----------
    techniques : Techniques
    parameters : Parameters
    facts : NeighbourhoodFacts
    options : sequence of Alternative
    criteria : sequence of str
    rng : numpy Generator
    draws : int

    Returns
    -------
    dict of array, shape (draws,)
        By (alternative, criterion); read-only.
    """
    seed = int(rng.integers(2**63))
    drawn: _Values = {}
    found = {}
    for formula, option in _cells(options, criteria):
        inputs = bind(formula, option, techniques, parameters, facts)
        for one in inputs:
            if one.key not in drawn:
                drawn[one.key] = _draw(one, seed, draws)
        cell = _total(formula, formula.terms({one.name: drawn[one.key] for one in inputs}))
        found[option.id, formula.criterion] = read_only(np.broadcast_to(cell, (draws,)))
    return found


def _cells(
    options: Sequence[Alternative], criteria: Sequence[str]
) -> list[tuple[CriterionFormula, Alternative]]:
    return [
        (FORMULAS[criterion], option)
        for option in options
        for criterion in criteria
        if calculable(option, criterion)
    ]


@lru_cache(_REMEMBERED)
def _calculation(alternative: str, criterion: str, inputs: tuple[Input, ...]) -> Calculation:
    formula = FORMULAS[criterion]
    bands = {one.key: (one.low, one.mid, one.high) for one in inputs}
    lowest, highest = extreme_corners(
        lambda values: _total(formula, _terms(formula, inputs, values)), bands
    )
    middle = {key: mid for key, (_, mid, _) in bands.items()}
    at = [
        _terms(formula, inputs, {key: np.array(value) for key, value in corner.items()})
        for corner in (lowest, middle, highest)
    ]
    low, mid, high = (float(_total(formula, terms)) for terms in at)
    terms = tuple(_term(name, formula, at) for name in at[1])
    return Calculation(
        alternative, formula.criterion, formula.id, formula.unit, low, mid, high, inputs, terms
    )


def _term(name: str, formula: CriterionFormula, at: Sequence[Terms]) -> Term:
    beside = formula.beside or {}
    low, mid, high = (float(terms[name]) for terms in at)
    return Term(name, low, mid, high, beside.get(name, formula.unit), name not in beside)


def _terms(
    formula: CriterionFormula, inputs: tuple[Input, ...], values: Mapping[str, FloatArray]
) -> Terms:
    return formula.terms({one.name: values[one.key] for one in inputs})


def _total(formula: CriterionFormula, terms: Terms) -> FloatArray:
    beside = formula.beside or {}
    return np.asarray(sum(term for name, term in terms.items() if name not in beside))


def _draw(one: Input, seed: int, draws: int) -> FloatArray:
    name = hashlib.sha256(one.key.encode()).digest()
    key = np.array([seed, int.from_bytes(name[:8], "big")], dtype=np.uint64)
    uniforms = np.random.Generator(np.random.Philox(key=key)).random(draws)
    return triangular(uniforms, one.low, one.mid, one.high)
