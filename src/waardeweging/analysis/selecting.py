"""Choose among the initiatives of a scenario folder: read, weigh, choose, explain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from waardeweging.analysis.analyse import people_drawn, weighing_of
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.problem.reading import find_table
from waardeweging.scoring.additive import additive_scores
from waardeweging.scoring.requirements import Exclusion, eligible, exclusions
from waardeweging.selection.choosing import Package, best_package, capacity_prices, next_package
from waardeweging.selection.initiatives import Bound, Initiatives
from waardeweging.selection.reading import RULES, TABLE, read_initiatives
from waardeweging.selection.reasons import Rejection, clashing, rejections
from waardeweging.selection.spread import ChosenShare, chosen_share

# Two packages whose totals differ less than rounding can do are equally good.
_EQUAL = 1e-9


@dataclass(frozen=True, eq=False)
class Chosen(ArrayRecord):
    """The best package, and why it is that one.

    Parameters
    ----------
    best : Package
    second : Package or None
        The best other package; None when there is no other.
    rejections : tuple of Rejection
        One for every initiative that was not chosen.
    prices : array, shape (n_resources,)
        What one more unit would add, if initiatives could be split.
    residents, municipality : Package
        What each side would choose alone, under the same rules.
    share : ChosenShare
        How often each initiative is chosen with other people of the same sides.
    """

    best: Package
    second: Package | None
    rejections: tuple[Rejection, ...]
    prices: FloatArray
    residents: Package
    municipality: Package
    share: ChosenShare

    @property
    def margin(self) -> float | None:
        """How much more the best package adds than the second; None without a second."""
        return None if self.second is None else max(self.best.total - self.second.total, 0.0)

    @property
    def is_tied(self) -> bool:
        """Whether another package is equally good."""
        return self.margin is not None and self.margin <= _EQUAL


@dataclass(frozen=True, eq=False)
class Selection(ArrayRecord):
    """Initiatives, what each adds, and what is chosen.

    Parameters
    ----------
    scenario : Scenario
        Its options are the initiatives.
    initiatives : Initiatives
    weights : array, shape (n_criteria,)
        Joint weights of the criteria of its perspective. [sum = 1]
    values : array, shape (n_initiatives,)
        Joint scores: what each initiative adds. [0–1]
    exclusions : tuple of Exclusion
        Requirements that initiatives break.
    chosen : Chosen or None
        None when no package keeps all rules.
    clash : tuple of Bound
        Then: rules that cannot be kept together.
    input_sha256 : str
        Of all files that were read.
    """

    scenario: Scenario
    initiatives: Initiatives
    weights: FloatArray
    values: FloatArray
    exclusions: tuple[Exclusion, ...]
    chosen: Chosen | None
    clash: tuple[Bound, ...]
    input_sha256: str


def select(folder: Path) -> Selection:
    """Choose among initiatives under capacity.

    Parameters
    ----------
    folder : Path
        A scenario folder whose options are initiatives, with ``initiatives.csv`` and
        ``selection.toml``.

    Returns
    -------
    Selection
        The same folder gives the same numbers.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    InputError
        If a side has no weights.
    """
    scenario = read_scenario(folder)
    problem = scenario.problem
    ids = [alternative.id for alternative in problem.alternatives]
    allowed = eligible(problem)
    initiatives, draws = read_initiatives(folder, find_table(folder, TABLE), ids, allowed)
    columns = problem.framework.weighed(scenario.perspective)
    weighing = weighing_of(scenario, columns)
    table = problem.values(problem.mid, scenario.perspective)
    sides = {RESIDENTS: weighing.residents, MUNICIPALITY: weighing.municipality}
    drawn = people_drawn(scenario.with_draws(draws), weighing)
    chosen = _choose(
        additive_scores(table, weighing.joint),
        {side: additive_scores(table, weights) for side, weights in sides.items()},
        np.asarray(additive_scores(table, drawn)),
        initiatives,
    )
    return Selection(
        scenario,
        initiatives,
        weighing.joint,
        additive_scores(table, weighing.joint),
        exclusions(problem),
        chosen,
        () if chosen else clashing(initiatives),
        _fingerprint(scenario, folder),
    )


def _fingerprint(scenario: Scenario, folder: Path) -> str:
    parts = [scenario.input_sha256.encode()]
    parts += [path.read_bytes() for path in (folder / RULES, find_table(folder, TABLE))]
    digests = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(digests).hexdigest()


def _choose(
    values: FloatArray,
    of_sides: dict[str, FloatArray],
    drawn: FloatArray,
    initiatives: Initiatives,
) -> Chosen | None:
    best = best_package(values, initiatives)
    if best is None:
        return None
    alone = {side: best_package(scores, initiatives) for side, scores in of_sides.items()}
    return Chosen(
        best,
        next_package(values, initiatives, best),
        rejections(values, initiatives, best),
        capacity_prices(values, initiatives),
        alone[RESIDENTS] or best,
        alone[MUNICIPALITY] or best,
        chosen_share(drawn, initiatives),
    )
