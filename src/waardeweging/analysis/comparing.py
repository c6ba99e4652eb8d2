"""Best–worst, pairwise and order answers of a scenario: their ballots and the room they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from waardeweging.elicitation.ballots import Ballot, latest
from waardeweging.elicitation.comparisons import COMPARING, Comparing, read_comparisons
from waardeweging.elicitation.judgement import Judgement, abstention, judged, room_draws
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.problem.criteria import Framework
from waardeweging.problem.errors import Faults
from waardeweging.problem.reading import find_table
from waardeweging.robustness.acceptability import SampledAcceptability, sampled_acceptability

if TYPE_CHECKING:
    from waardeweging.analysis.scenario import Scenario
    from waardeweging.elicitation.weighing import Weighing

# Numbers held at once for everyone's room together; with more people, fewer draws each.
_CELLS = 1 << 23
_FEWEST_DRAWS = 50

Rooms = Mapping[int, FloatArray]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was read: judgements, the ballots that they make, and the files.

    Parameters
    ----------
    judgements : tuple of Judgement
        Of those who answered something.
    ballots : tuple of Ballot
        One per participant and round, those who abstained too.
    paths : tuple of Path
    """

    judgements: tuple[Judgement, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class Consistency(ArrayRecord):
    """How well the answers of one method agree with each other, over all who used it.

    Parameters
    ----------
    method : str
        ``best_worst``, ``pairwise`` or ``orders``.
    judgements : tuple of Judgement
        Of the ballots that count.
    """

    method: Comparing
    judgements: tuple[Judgement, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Inconsistency of everyone for whom it exists, ascending and without names."""
        return tuple(sorted(one.ratio for one in self.judgements if one.ratio is not None))

    @property
    def consistent(self) -> int:
        """How many people need no remark."""
        return sum(one.consistent for one in self.judgements)


def read_compared(folder: Path, framework: Framework, faults: Faults) -> Compared:
    """Read the files with comparisons that are there.

    Parameters
    ----------
    folder : Path
    framework : Framework
    faults : Faults
        Remembers every fault of every file.
    """
    criteria = [criterion.id for criterion in framework.criteria]
    values: dict[str, list[str]] = {}
    for criterion in framework.criteria:
        values.setdefault(criterion.value, []).append(criterion.id)
    judgements: list[Judgement] = []
    ballots: list[Ballot] = []
    paths = []
    for method in COMPARING:
        path = find_table(folder, method)
        if not path.exists():
            continue
        paths.append(path)
        for one in read_comparisons(path, method, criteria, values, faults):
            if not one.answers:
                ballots.append(abstention(one, criteria))
                continue
            with faults.collecting():
                judgement = judged(one, path.name, criteria, values)
                judgements.append(judgement)
                ballots.append(judgement.ballot(criteria))
    return Compared(tuple(judgements), tuple(ballots), tuple(paths))


def consistency(scenario: Scenario) -> tuple[Consistency, ...]:
    """Give, per method that was used, how well the answers that count agree."""
    if not scenario.compared.judgements:
        return ()
    counted = {(one.participant, one.round) for one in latest(scenario.ballots)}
    found = [
        one
        for one in scenario.compared.judgements
        if (one.comparison.participant, one.comparison.round) in counted
    ]
    by_method = {
        method: tuple(one for one in found if one.comparison.method == method)
        for method in COMPARING
    }
    return tuple(Consistency(method, mine) for method, mine in by_method.items() if mine)


def rooms_of(
    scenario: Scenario, columns: Sequence[int], weighing: Weighing, rng: np.random.Generator
) -> Rooms:
    """Draw weights from the room that orders leave.

    Parameters
    ----------
    scenario : Scenario
    columns : sequence of int
        Positions of the criteria that count.
    weighing : Weighing
    rng : numpy.random.Generator

    Returns
    -------
    mapping of int to array, shape (n_draws, n_criteria)
        By position of the person in the weighing; only those with room.
    """
    person = {name: index for index, name in enumerate(weighing.participants)}
    free = [
        (person[one.comparison.participant], one.room)
        for found in consistency(scenario)
        for one in found.judgements
        if one.room is not None and one.comparison.participant in person
    ]
    width = len(scenario.problem.framework.criteria)
    most = max(_FEWEST_DRAWS, _CELLS // max(len(free) * width, 1))
    draws = min(scenario.draws, most)
    found: dict[int, FloatArray] = {}
    for index, room in free:
        weights = room_draws(room, draws, rng)[:, list(columns)]
        found[index] = weights / weights.sum(axis=1, keepdims=True)
    return found


def spread_out(
    weights: FloatArray, mass: FloatArray, rooms: Rooms
) -> tuple[FloatArray, FloatArray]:
    """Put in place of each person with room all draws from it, sharing that person's mass.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
    mass : array, shape (n_people,)
    rooms : mapping of int to array, shape (n_draws, n_criteria)

    Returns
    -------
    (weights, mass) : array, shape (n_voices, n_criteria) and (n_voices,)
    """
    if not rooms:
        return weights, mass
    fixed = [index for index in range(len(mass)) if index not in rooms]
    voices = [weights[fixed], *rooms.values()]
    masses = [mass[fixed], *(np.full(len(one), mass[i] / len(one)) for i, one in rooms.items())]
    return np.concatenate(voices), np.concatenate(masses)


def room_shares(
    weighing: Weighing, rooms: Rooms, values: FloatArray, eligible: BoolArray
) -> SampledAcceptability | None:
    """Ask who wins while everyone with room takes any weights in it.

    Parameters
    ----------
    weighing : Weighing
    rooms : mapping of int to array, shape (n_draws, n_criteria)
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    SampledAcceptability or None
        None when nobody has room.
    """
    if not rooms:
        return None
    moved = [weighing.influence[i] * (one - weighing.weights[i]) for i, one in rooms.items()]
    return sampled_acceptability(values, weighing.joint + np.sum(moved, axis=0), eligible)
