from dataclasses import replace

import numpy as np
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.figures.values import values_per_side
from waardeweging.problem.arrays import FloatArray


@pytest.fixture(scope="module")
def outcome():
    return analyse(read_scenario(bundled_scenarios() / "berkum").with_draws(50))


def with_weights(outcome, residents, municipality):
    weighing = replace(outcome.weighing, residents=residents, municipality=municipality)
    return replace(outcome, weighing=weighing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_points_of_a_value_are_those_of_its_criteria(outcome, language):
    picture = values_per_side(outcome, language)
    framework = outcome.scenario.problem.framework

    assert picture is not None
    table = picture.table.set_index(text("figure.values.value", language))
    for value in framework.values:
        own = [criterion.value == value.id for criterion in outcome.criteria]
        points = 100 * outcome.weighing.residents[np.array(own)].sum()
        shown = table.loc[value.label[language], text("word.residents", language)]
        assert float(shown) == pytest.approx(points, abs=0.5)


def test_the_widest_gap_stands_first_and_is_said(outcome):
    picture = values_per_side(outcome, "nl")

    assert picture is not None
    gaps = [abs(int(gap.replace("−", "-"))) for gap in picture.table.iloc[:, -1]]
    assert gaps == sorted(gaps, reverse=True)
    assert str(gaps[0]) in picture.sentence


def test_both_directions_and_equality_have_their_sentence(outcome):
    joint: FloatArray = outcome.weighing.joint
    gap = outcome.weighing
    said = {
        values_per_side(with_weights(outcome, one, other), "nl").sentence
        for one, other in (
            (gap.residents, gap.municipality),
            (gap.municipality, gap.residents),
            (joint, joint),
        )
    }

    assert len(said) == 3
    assert text("figure.values.same", "nl") in said


def test_bars_end_at_whole_points(outcome):
    picture = values_per_side(outcome, "nl")

    assert picture is not None
    ends = [float(x) for trace in picture.figure.data for x in trace.x][2:]
    assert all(end == round(end) for end in ends if end > 5)


def test_one_value_makes_no_picture(outcome):
    framework = outcome.scenario.problem.framework
    first = framework.values[0].id
    columns = tuple(j for j in outcome.columns if framework.criteria[j].value == first)

    assert values_per_side(replace(outcome, columns=columns), "nl") is None
