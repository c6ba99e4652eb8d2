from waardeweging.effects.balance import option_balances


def test_options_at_one_level_have_one_demand(techniques, parameters, facts, option):
    options = [
        option(name, "O2" if name in ("T1", "T2", "T3", "T4") else "O6", level)
        for name in techniques
        for level in ("", "D", "B")
        if (name, level) != ("T4", "")
    ]
    found = option_balances(techniques, parameters, facts, options)
    by_level = {
        level: {(one.space_gj, one.water_gj) for one in found if one.insulation == level}
        for level in ("today", "D", "B")
    }

    assert [len(one) for one in by_level.values()] == [1, 1, 1]
    today, at_d, at_b = (next(iter(one)) for one in by_level.values())
    assert today[0] > at_d[0] > at_b[0]
    assert today[1] == at_d[1] == at_b[1]


def test_what_is_not_known_of_a_neighbourhood_is_said(techniques, parameters, facts, option):
    (one,) = option_balances(techniques, parameters, facts, [option("T0")])

    assert one.demand_source == "national_mean"
