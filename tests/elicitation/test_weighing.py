"""From ballots to weights of people, sides and jointly."""

import numpy as np
import pytest

from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.weighing import NO_SAY, NoWeightsError, personal_weights, weigh


def ballot(name, answers, side="residents", **more):
    given = {"method": "points", "criteria": ("x", "y", "z"), **more}
    return Ballot(participant=name, side=side, answers=tuple(map(float, answers)), **given)


def official(name, answers, department=""):
    return ballot(name, answers, "municipality", department=department)


ALL = (0, 1, 2)


def test_sides_count_the_same_whatever_their_number():
    people = [ballot("b1", (4, 0, 0)), ballot("b2", (0, 4, 0)), official("g1", (0, 0, 4))]

    weighing = weigh(people, ALL, 0.5)

    np.testing.assert_allclose(weighing.joint, [0.25, 0.25, 0.5])
    np.testing.assert_allclose(weighing.influence, [0.25, 0.25, 0.5])
    np.testing.assert_allclose(weighing.influence @ weighing.weights, weighing.joint)


def test_ranks_become_centroid_weights():
    weighing = weigh([ballot("b1", (1, 2, 3), method="ranks"), official("g1", (1, 1, 1))], ALL, 0.5)

    np.testing.assert_allclose(weighing.residents, [11 / 18, 5 / 18, 2 / 18])


def test_leaving_a_criterion_out_keeps_the_ratios_of_the_others():
    weighing = weigh([ballot("b1", (60, 30, 10)), official("g1", (1, 1, 1))], (0, 2), 0.5)

    np.testing.assert_allclose(weighing.residents, [6 / 7, 1 / 7])


def test_departments_count_the_same_when_there_are_three_of_two():
    team = [official(f"a{k}", (1, 0, 0), "a") for k in range(4)]
    team += [official(f"b{k}", (0, 1, 0), "b") for k in range(2)]
    team += [official(f"c{k}", (0, 0, 1), "c") for k in range(2)]
    weighing = weigh([ballot("resident", (1, 1, 1)), *team], ALL, 0.5)

    assert weighing.by_department
    np.testing.assert_allclose(weighing.municipality, [1 / 3] * 3)
    np.testing.assert_allclose(weighing.influence @ weighing.weights, weighing.joint)


def test_an_abstainer_is_named_and_has_no_weights():
    weighing = weigh(
        [
            ballot("b1", ()),
            ballot("b2", (1, 0, 0)),
            ballot("b3", (0, 0, 5)),
            official("g1", (1, 1, 1)),
        ],
        (0, 1),
        0.5,
    )

    assert weighing.abstained == ("b1", "b3")
    np.testing.assert_allclose(weighing.residents, [1, 0])


def test_a_hasty_ballot_is_flagged_and_counted():
    weighing = weigh([ballot("b1", (5, 5, 5)), official("g1", (9, 0, 0))], ALL, 0.5)

    assert weighing.flags == (("all_equal",), ("one_criterion",))
    assert len(weighing.weights) == 2


def test_another_share_joins_the_same_people():
    weighing = weigh([ballot("b1", (1, 0, 0)), official("g1", (0, 1, 0))], ALL, 0.5)

    np.testing.assert_allclose(weighing.with_share(0.2).joint, [0.2, 0.8, 0])
    assert weighing.with_share(0.5) == weighing


@pytest.mark.parametrize("side", ["residents", "municipality"])
def test_a_side_without_weights_is_named(side):
    other = ballot("p", (1, 1, 1), "municipality" if side == "residents" else "residents")
    with pytest.raises(NoWeightsError, match=side):
        weigh([other, ballot("q", (0, 0, 1), side)], (0, 1), 0.5)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_its_range_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        weigh([ballot("b1", (1, 0, 0)), official("g1", (0, 1, 0))], ALL, share)


def test_when_everyone_abstains_a_side_is_named():
    with pytest.raises(NoWeightsError, match="residents"):
        weigh([ballot("b1", ()), official("g1", ())], ALL, 0.5)


def test_an_institution_and_a_delegate_count_once_like_anyone():
    people = [
        ballot("b1", (4, 0, 0)),
        ballot("b2", (0, 4, 0), kind="delegate", mandate="Stichting"),
        official("college", (0, 0, 4)).model_copy(update={"kind": "institution"}),
    ]

    weighing = weigh(people, ALL, 0.5)

    np.testing.assert_allclose(weighing.joint, [0.25, 0.25, 0.5])
    assert weighing.kinds == ("person", "delegate", "institution")
    assert weighing.mandates == ("", "Stichting", "")
    assert weighing.of_kind("delegate").tolist() == [False, True, False]
    assert weighing.with_share(0.5) == weighing


@pytest.mark.parametrize(
    ("persons", "institutions", "shown"),
    [(1, 0, False), (4, 0, False), (4, 1, False), (5, 0, True), (5, 2, True), (0, 1, True)],
)
def test_a_side_is_shown_when_no_person_can_be_told_from_it(persons, institutions, shown):
    team = [official(f"g{k}", (1, 1, 1)) for k in range(persons)]
    team += [
        official(f"i{k}", (1, 1, 1)).model_copy(update={"kind": "institution"})
        for k in range(institutions)
    ]
    weighing = weigh([ballot("b1", (1, 1, 1)), *team], ALL, 0.5)

    assert weighing.may_show("municipality") is shown


def test_personal_weights_leave_out_who_gave_none():
    people = [ballot("b1", ()), ballot("b2", (1, 3, 0)), ballot("b3", (0, 0, 5))]

    counted, weights = personal_weights(people, (0, 1))

    assert [one.participant for one in counted] == ["b2"]
    np.testing.assert_allclose(weights, [[0.25, 0.75]])
    assert personal_weights([ballot("b1", ())], ALL)[1].shape == (0, 3)


THIRD = [
    ballot("n1", (0, 0, 9), "Net"),
    ballot("n2", (0, 9, 0), "Net"),
    ballot("x1", (9, 0, 0), "X"),
]
PEOPLE = [ballot("b1", (4, 0, 0)), official("g1", (0, 4, 0)), *THIRD]


def test_a_third_party_with_a_share_counts_and_the_sides_divide_the_rest():
    weighing = weigh(PEOPLE, ALL, 0.25, (("Net", 0.2),))

    np.testing.assert_allclose(weighing.joint, [0.2, 0.6 + 0.1, 0.1])
    np.testing.assert_allclose(weighing.influence, [0.2, 0.6, 0.1, 0.1, 0])
    np.testing.assert_allclose(weighing.influence @ weighing.weights, weighing.joint)
    assert weighing.party_of.tolist() == [0, 1, 2, 2, NO_SAY]
    assert weighing.shares == pytest.approx({"residents": 0.2, "municipality": 0.6, "Net": 0.2})
    assert weighing.with_share(1).joint.tolist() == [1, 0, 0]


def test_every_party_with_a_say_has_the_mean_weights_of_its_people():
    weighing = weigh(PEOPLE, ALL, 0.25, (("Net", 0.2),))

    np.testing.assert_allclose(weighing.weights_of("Net"), [[0, 0, 1], [0, 1, 0]])
    # X gave weights too, but has no share and so no say.
    np.testing.assert_allclose(weighing.party_weights, [[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5]])


def test_what_both_sides_make_together_is_completed_with_the_share_of_third_parties():
    weighing = weigh(PEOPLE, ALL, 0.25, (("Net", 0.2),))
    of_parties = np.array([[10.0, 0], [20, 0], [90, 50]])

    # 0.8 of what the sides have together, 0.2 of the third party, whatever the share λ.
    found = weighing.completed(np.array([60.0, 40]), of_parties)

    np.testing.assert_allclose(found, [0.8 * 60 + 0.2 * 90, 0.8 * 40 + 0.2 * 50])
    alone = weigh(PEOPLE, ALL, 0.25)
    np.testing.assert_allclose(alone.completed(np.array([60.0, 40]), of_parties[:2]), [60, 40])


def test_a_third_party_with_a_share_needs_weights():
    with pytest.raises(NoWeightsError) as caught:
        weigh(PEOPLE, ALL, 0.5, (("Net", 0.2), ("Y", 0.1)))

    assert caught.value.side == "Y"


@pytest.mark.parametrize(
    "given",
    [
        (("residents", 0.1),),
        (("Net", 0.1), ("Net", 0.1)),
        (("Net", 0.0),),
        (("Net", 1.0),),
        (("Net", float("nan")),),
    ],
)
def test_what_is_no_share_of_a_third_party_is_refused(given):
    with pytest.raises(ValueError, match="third parties"):
        weigh(PEOPLE, ALL, 0.5, given)
