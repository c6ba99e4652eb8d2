from waardeweging.analysis.agreement import agreement_of
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario


def test_ours_lie_near_what_others_published_or_the_table_says_why():
    found = agreement_of()

    assert len(found) >= 15
    for one in found:
        assert one.share is not None
        assert abs(one.share) <= 0.12
        # beyond a few per cent the reason stands beside it, in both languages
        assert abs(one.share) <= 0.05 or (one.note["nl"] and one.note["en"])


def test_a_neighbourhood_adds_its_yearly_costs():
    scenario = read_scenario(bundled_scenarios() / "berkum")
    last = agreement_of(scenario)[-1]
    names = [one.id for one in scenario.problem.framework.criteria]
    likely = [row[names.index("K2")].mid for row in scenario.problem.cells]

    assert (last.quantity, last.source, last.share) == ("K2", "cpb-tno-pbl-2025", None)
    # the hybrid on natural gas is the second option of Berkum and costs least of the heat pumps
    assert last.ours == likely[1]


def test_a_scenario_that_calculates_nothing_has_nothing_to_compare():
    assert agreement_of(read_scenario(bundled_scenarios() / "golden")) == ()
