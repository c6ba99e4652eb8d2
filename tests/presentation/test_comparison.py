"""Tables of what is gained and lost, and for whom."""

import pytest
from tests.analysis.conftest import SCENARIOS

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.comparison import comparison, value_for_whom


@pytest.fixture(scope="module")
def golden():
    return analyse(read_scenario(SCENARIOS / "golden"))


@pytest.fixture(scope="module")
def berkum():
    return analyse(read_scenario(SCENARIOS / "berkum"))


def points(text):
    return float(text.replace("−", "-").replace(",", "."))


def test_the_golden_trade_off_can_be_checked_by_hand(golden):
    # zeggenschap .20625 × .7, leefbaarheid .225 × .1, CO₂ .175 × −.05, kosten .39375 × −.25
    table = comparison(golden, 1, 0, "nl")

    assert table["Punten gewonnen of verloren"].tolist() == ["+14,4", "+2,3", "−0,9", "−9,8", "+6"]
    assert table["Criterium"].tolist()[-1] == "= Samen"
    assert table.columns.tolist()[1:3] == ["Warmteschap", "Warmtebedrijf"]


def test_the_other_way_round_gives_the_opposite(golden):
    there, back = (
        comparison(golden, *pair, "en")["Points gained or lost"] for pair in ((1, 0), (0, 1))
    )

    assert points(there.iloc[-1]) == -points(back.iloc[-1])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_values_add_up_to_the_whole(berkum, language):
    winner, second = berkum.result.ranking[:2]
    column = comparison(berkum, winner, second, language).iloc[:, 3].map(points)

    assert column.iloc[-5:-1].sum() == pytest.approx(column.iloc[-1], abs=0.21)


def test_every_party_gets_a_score_for_every_option(berkum):
    table = value_for_whom(berkum, "nl")

    assert table.shape == (6, 1 + len(berkum.alternatives))
    assert table.iloc[0, 0].startswith("eigenaar")
    assert table.iloc[0, 1].count("●") + table.iloc[0, 1].count("○") == 5


def test_without_parties_the_table_is_empty(golden):
    assert value_for_whom(golden, "nl").empty
