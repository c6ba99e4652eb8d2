import numpy as np
import pytest
from scipy.cluster.vq import ClusterError

from waardeweging.deliberation import groups
from waardeweging.deliberation.groups import (
    GroupGuard,
    NoGroups,
    OpinionGroups,
    opinion_groups,
    silhouette,
)
from waardeweging.elicitation.samplers import simplex_draws


def _camps(*sizes):
    """People close around a centre of their own, each camp on its own criterion."""
    rng = np.random.default_rng(0)
    centres = np.full((len(sizes), 4), 0.1) + 0.6 * np.eye(4)[: len(sizes)]
    people = np.repeat(centres, sizes, axis=0) * rng.uniform(0.8, 1.2, size=(sum(sizes), 4))
    return people / people.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("sizes", [(9, 7), (5, 12, 6), (5, 5, 5, 5)])
def test_camps_that_stand_apart_are_found_largest_first(sizes):
    people = _camps(*sizes)

    found = opinion_groups(people, np.random.default_rng(1))

    assert isinstance(found, OpinionGroups)
    assert found.silhouette > 0.5
    assert np.bincount(found.labels).tolist() == sorted(sizes, reverse=True)
    for start, size in zip(np.cumsum([0, *sizes]), sizes, strict=False):
        assert len(set(found.labels[start : start + size].tolist())) == 1


def test_a_crowd_is_grouped_by_a_part_of_it_and_everyone_gets_a_label(monkeypatch):
    people = _camps(900, 700)
    whole = opinion_groups(people, np.random.default_rng(1))
    monkeypatch.setattr(groups, "_MANY", 200)

    found = opinion_groups(people, np.random.default_rng(1))

    assert isinstance(found, OpinionGroups)
    np.testing.assert_array_equal(found.labels, whole.labels)
    assert found.silhouette == pytest.approx(whole.silhouette, abs=0.02)


def test_a_group_that_is_missing_in_the_part_is_not_named(monkeypatch):
    monkeypatch.setattr(groups, "_MANY", 60)
    monkeypatch.setattr(groups, "_NUMBERS", (2,))
    centres = np.array([[5.0, 0, 0, 0], [0.0] * 4])
    # Centres that only the five people outside the part are near to.
    monkeypatch.setattr(groups, "_kmeans", lambda points, number, rng: (0.0, centres))
    people = _camps(200, 5)
    monkeypatch.setattr(
        groups, "clr", lambda weights: np.vstack([np.zeros((200, 4)), [centres[0]] * 5])
    )

    class Chance:
        def choice(self, *arguments, **settings):
            return np.arange(60)

    assert opinion_groups(people, Chance()) is NoGroups.NOT_CLEAR


def test_the_same_chance_gives_the_same_groups():
    people = _camps(9, 7)

    assert opinion_groups(people, np.random.default_rng(3)) == opinion_groups(
        people, np.random.default_rng(3)
    )


def test_fewer_than_fifteen_people_make_no_groups():
    assert opinion_groups(_camps(7, 7), np.random.default_rng(0)) is NoGroups.TOO_FEW_PEOPLE


def test_a_camp_below_five_people_is_not_named():
    assert opinion_groups(_camps(13, 3), np.random.default_rng(0)) is NoGroups.NOT_CLEAR


def test_a_cloud_is_no_group():
    people = simplex_draws(12, 60, np.random.default_rng(0))

    assert opinion_groups(people, np.random.default_rng(0)) is NoGroups.NOT_CLEAR


def test_people_who_all_weigh_the_same_are_no_groups():
    same = np.tile([0.25, 0.75], (20, 1))

    assert opinion_groups(same, np.random.default_rng(0)) is NoGroups.NOT_CLEAR


def test_two_ways_of_weighing_make_two_groups_and_no_more():
    people = np.repeat([[0.25, 0.75], [0.75, 0.25]], [8, 9], axis=0)

    found = opinion_groups(people, np.random.default_rng(0))

    assert isinstance(found, OpinionGroups)
    assert found.labels.tolist() == [1] * 8 + [0] * 9
    assert found.silhouette == pytest.approx(1)


def test_the_guard_can_be_set():
    found = opinion_groups(_camps(7, 5), np.random.default_rng(0), GroupGuard(people=10))

    assert isinstance(found, OpinionGroups)


def test_starts_that_leave_a_group_empty_are_passed_over(monkeypatch):
    def empty(*_, **__):
        raise ClusterError

    monkeypatch.setattr(groups, "kmeans2", empty)

    assert opinion_groups(_camps(9, 7), np.random.default_rng(0)) is NoGroups.NOT_CLEAR


def test_silhouette_on_an_envelope():
    # Points 0 and 1: 1 from each other, 10 and 9 from the third; that is alone and counts 0.
    points = np.array([[0.0], [1.0], [10.0]])

    found = silhouette(points, np.array([0, 0, 1]))

    assert found == pytest.approx((9 / 10 + 8 / 9 + 0) / 3)


def test_silhouette_of_points_in_one_place_is_zero():
    assert silhouette(np.zeros((4, 2)), np.array([0, 0, 1, 1])) == 0


def test_groups_that_are_just_clear_enough_are_named():
    people = _camps(9, 7)
    found = opinion_groups(people, np.random.default_rng(1))
    assert isinstance(found, OpinionGroups)

    just = GroupGuard(silhouette=found.silhouette)
    more = GroupGuard(silhouette=float(np.nextafter(found.silhouette, 2)))

    assert opinion_groups(people, np.random.default_rng(1), just) == found
    assert opinion_groups(people, np.random.default_rng(1), more) is NoGroups.NOT_CLEAR


def test_fifteen_people_are_enough():
    assert isinstance(opinion_groups(_camps(8, 7), np.random.default_rng(1)), OpinionGroups)


def test_a_division_is_judged_by_its_squared_distances_to_the_centres():
    points = np.array([[0.0], [2.0], [10.0], [14.0]])

    found = groups._kmeans(points, 2, np.random.default_rng(0))

    assert found is not None
    distance, centres = found
    assert sorted(centres.ravel().tolist()) == [1, 12]
    assert distance == pytest.approx(1 + 1 + 4 + 4)
