import pytest

from waardeweging.process.answers import QUESTIONS, Given
from waardeweging.process.tallies import acceptance, by_side, cooperation


def given(payloads, side="residents"):
    return [Given(f"v{n}", side, "", payload) for n, payload in enumerate(payloads)]


def test_both_sides_are_there_and_others_as_they_come():
    found = by_side(given([{}], "foundation"))

    assert (found["residents"], found["municipality"], len(found["foundation"])) == ([], [], 1)


@pytest.mark.parametrize(("yes", "no", "share"), [(3, 2, 0.6), (3, 4, 0.45), (4, 0, None)])
def test_acceptance_is_told_in_steps_of_five_percent_from_five_people_on(yes, no, share):
    answers = given([{"accept": {"A": True}}] * yes + [{"accept": {"A": False}}] * no)

    assert acceptance(answers, ["A", "B"]) == (share, None)


def test_cooperation_is_told_in_steps_of_a_half_and_no_opinion_is_none():
    first, second, *others = QUESTIONS
    answers = given([{"answers": {first: n, second: None}} for n in (1, 2, 3, 4, 3)])

    assert cooperation(answers) == (2.5, *(None for _ in (second, *others)))
