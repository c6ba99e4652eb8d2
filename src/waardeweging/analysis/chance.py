"""Everything that is drawn by chance, from the one seed of a scenario.

Random numbers are counted, not carried on: the numbers of draw k are the same
whatever was drawn before, and whatever the size of the blocks.
"""

from __future__ import annotations

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.problem.arrays import FloatArray, IntArray
from waardeweging.problem.bands import triangular

# One stream per use, so that a new use of chance never shifts another.
PEOPLE, CELLS, PARAMETERS, FREE, SIDES, GROUPS, SCALES, SMOOTH = range(1, 9)
ROOMS = 17


def generator(seed: int, stream: int) -> np.random.Generator:
    """Make the generator of one stream.

    References
    ----------
    J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC '11, 2011,
    doi:10.1145/2063384.2063405.
    """
    return np.random.Generator(np.random.Philox(key=[seed, stream]))


def uniforms(seed: int, stream: int, start: int, stop: int, width: int) -> FloatArray:
    """Give the uniform numbers of some draws, each draw with its own place in the stream.

    Parameters
    ----------
    seed, stream : int
    start, stop : int
        First draw, and the one after the last.
    width : int
        Numbers per draw.

    Returns
    -------
    array, shape (stop - start, width)
        [0–1) The same for a draw whatever the block in which it is asked.
    """
    # Philox gives four numbers per count, so every draw begins on a whole count.
    counts = -(-width // 4)
    source = np.random.Philox(key=[seed, stream], counter=[start * counts, 0, 0, 0])
    drawn = np.random.Generator(source).random((stop - start, 4 * counts))
    return drawn[:, :width]


class ValueDraws:
    """Value scores with every performance drawn from its band.

    Cells that share a fact are drawn together, and calculated cells are calculated
    from drawn parameters, so that what holds for one option holds for another.

    Parameters
    ----------
    scenario : Scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._groups = _facts(scenario)
        self._calculated = _calculated(scenario)

    def __call__(self, start: int, stop: int) -> FloatArray:
        """Give the value scores of some draws, shape (stop - start, options, criteria)."""
        scenario, problem = self._scenario, self._scenario.problem
        width = int(self._groups.max()) + 1
        drawn = uniforms(scenario.seed, CELLS, start, stop, width)[:, self._groups]
        performances = triangular(drawn, problem.low, problem.mid, problem.high)
        for (row, column), draws in self._calculated.items():
            performances[:, row, column] = draws[start:stop]
        return problem.values(performances, scenario.perspective)


def _calculated(scenario: Scenario) -> dict[tuple[int, int], FloatArray]:
    """Draw the cells that no one typed, by position."""
    if scenario.effects is None:
        return {}
    options = scenario.problem.alternatives
    rng = generator(scenario.seed, PARAMETERS)
    drawn = scenario.effects.draws(options, rng, scenario.draws)
    rows = {option.id: row for row, option in enumerate(options)}
    columns = {c.id: column for column, c in enumerate(scenario.problem.framework.criteria)}
    return {
        (rows[option], columns[name]): draws
        for (option, name), draws in drawn.items()
        if (option, name) not in scenario.typed and name in columns
    }


def _facts(scenario: Scenario) -> IntArray:
    """Give the number of the fact behind each cell, shape (n_alternatives, n_criteria)."""
    names = [
        [cell.fact or f"{cell.alternative} × {cell.criterion}" for cell in row]
        for row in scenario.problem.cells
    ]
    _, groups = np.unique(names, return_inverse=True)
    return groups.reshape(scenario.problem.mid.shape)
