"""What is drawn depends on the seed and the draw, and on nothing else."""

import numpy as np
import pytest
from tests.analysis.conftest import scenario_of

from waardeweging.analysis.chance import CELLS, PEOPLE, ValueDraws, generator, uniforms


@pytest.mark.parametrize("width", [1, 4, 7, 30])
def test_a_draw_is_the_same_in_any_block(width):
    whole = uniforms(3, CELLS, 0, 100, width)
    parts = [uniforms(3, CELLS, start, min(start + 7, 100), width) for start in range(0, 100, 7)]

    assert np.concatenate(parts).tolist() == whole.tolist()


def test_draws_are_uniform_and_seeds_and_streams_differ():
    drawn = uniforms(0, CELLS, 0, 20_000, 3)

    assert ((drawn >= 0) & (drawn < 1)).all()
    np.testing.assert_allclose(drawn.mean(axis=0), 0.5, atol=4 * np.sqrt(1 / 12 / 20_000))
    assert np.abs(np.corrcoef(drawn.T) - np.eye(3)).max() < 0.03
    assert uniforms(1, CELLS, 0, 2, 3).tolist() != drawn[:2].tolist()
    assert uniforms(0, PEOPLE, 0, 2, 3).tolist() != drawn[:2].tolist()


def test_a_generator_repeats_itself():
    assert generator(5, PEOPLE).random(3).tolist() == generator(5, PEOPLE).random(3).tolist()


def test_values_are_drawn_between_their_bands_around_the_mid():
    scenario = scenario_of([[0.5, 0.2], [0.3, 0.9]], [[1, 1]], [[1, 1]], bands=0.1)

    drawn = ValueDraws(scenario)(0, 4000)

    assert drawn.shape == (4000, 2, 2)
    assert (np.abs(drawn - scenario.problem.mid) <= 0.1 + 1e-12).all()
    np.testing.assert_allclose(drawn.mean(axis=0)[:, :1], scenario.problem.mid[:, :1], atol=0.003)


def test_cells_that_are_one_fact_move_together():
    scenario = scenario_of([[0.5, 0.2], [0.5, 0.9]], [[1, 1]], [[1, 1]], bands=0.1)
    rows = tuple(
        tuple(
            cell.model_copy(update={"fact": "net"}) if cell.criterion == "c0" else cell
            for cell in row
        )
        for row in scenario.problem.cells
    )
    from dataclasses import replace

    shared = replace(scenario, problem=replace(scenario.problem, cells=rows))

    drawn = ValueDraws(shared)(0, 50)

    assert drawn[:, 0, 0].tolist() == drawn[:, 1, 0].tolist()
    assert drawn[:, 0, 1].tolist() != drawn[:, 1, 1].tolist()
