import pytest
from tests.process.project.conftest import Log

from waardeweging.presentation.drift_text import drift_sentences
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions

FIRST = {"residents": {"K1": 40, "S1": 60}, "municipality": {"K1": 70, "S1": 30}}


def state(*weights):
    log = Log()
    for place, given in enumerate(weights):
        name = str(place)
        log.do(sessions.add, name, "workshop", "Avond", "2026-02-02")
        found = e.SessionWeighed(
            id=name, counted={"residents": 24, "municipality": 6}, weights=given, first=[]
        )
        log.do(sessions.record_weights, found)
    return log.state


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ((50, 50), "The sides came closer: from 30 to 20 points apart."),
        ((20, 80), "The sides moved apart: from 30 to 50 points apart."),
        ((40, 60), "The sides stayed 30 points apart."),
        # Whole points need not sum to 100; they count as shares.
        ((39, 60), "The sides moved apart: from 30 to 31 points apart."),
    ],
)
def test_the_distance_between_the_sides_is_told_over_the_sessions(last, said):
    now = FIRST | {"residents": dict(zip(("K1", "S1"), last, strict=True))}

    found = drift_sentences(state(FIRST, now), "en")
    assert found[0] == said
    assert "same people" in found[1]


@pytest.mark.parametrize(
    "weights",
    [
        (),
        (FIRST,),
        ({"residents": {"K1": 100}}, FIRST),
        (FIRST | {"residents": {"C1": 100}}, FIRST),
    ],
)
def test_without_two_sessions_that_can_be_compared_nothing_is_said(weights):
    assert drift_sentences(state(*weights), "nl") == ()
