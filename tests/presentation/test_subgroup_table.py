from dataclasses import replace

import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.participation import Participation
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.subgroup_table import subgroup_table


@pytest.fixture(scope="module")
def evening():
    return read_scenario(SCENARIOS / "oefenavond").with_draws(50)


def test_groups_of_residents_stand_with_their_first_choice(evening):
    table = subgroup_table(analyse(evening), "nl")

    assert table.to_numpy().tolist() == [
        ["leeftijd", "40-64", "12", "Warmteschap"],
        ["leeftijd", "andere groepen", "20", "Warmteschap"],
    ]


def test_without_attributes_there_is_no_row(evening):
    silent = analyse(replace(evening, participation=Participation()))

    assert subgroup_table(silent, "en").empty


def test_those_who_did_not_say_have_a_word(evening):
    given = evening.participation
    few = dict(list(given.attributes.items())[:20])
    table = subgroup_table(
        analyse(replace(evening, participation=replace(given, attributes=few))), "en"
    )

    assert "not said" in table["Group"].tolist()
