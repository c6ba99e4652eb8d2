import pytest
from tests.process.project.conftest import Log

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.drift import drift_of_weights
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions

NAMES = {"K1": "Kosten", "K2": "Zeggenschap over het net"}


def weighed(*held):
    log = Log()
    for number, weights in enumerate(held, 1):
        name = f"s{number}"
        log.do(sessions.add, name, "workshop", f"Avond {number}", "2026-02-01")
        counted = {"residents": 12, "municipality": 6}
        log.do(
            sessions.record_weights,
            e.SessionWeighed(id=name, counted=counted, weights=weights, first=["gas"]),
        )
    return log.state


def side(k1, k2):
    return {"K1": k1, "K2": k2}


def test_before_the_first_result_there_is_no_picture():
    assert drift_of_weights(Log().state, NAMES, "nl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_one_session_it_says_to_wait(language):
    picture = drift_of_weights(weighed({"residents": side(60, 40)}), NAMES, language)

    assert "Kosten" in picture.alt
    assert "1" in picture.alt
    assert str(picture.table.iloc[0, 1]) in ("60", "40")


def test_the_sentence_names_what_moved_most():
    state = weighed(
        {"residents": side(60, 40), "municipality": side(50, 50)},
        {"residents": side(70, 30), "municipality": side(48, 52)},
    )
    assert drift_of_weights(state, NAMES, "en").sentence == (
        "Side residents now gives kosten 10 points more than at first."
    )


def test_without_movement_it_says_so():
    state = weighed({"residents": side(60, 40)}, {"residents": side(60, 40)})

    assert drift_of_weights(state, NAMES, "en").sentence == (
        "Between the first and the last session everything stayed the same."
    )


def test_a_session_that_did_not_show_a_side_leaves_a_gap():
    state = weighed(
        {"residents": side(60, 40), "municipality": side(50, 50)}, {"residents": side(55, 45)}
    )
    table = drift_of_weights(state, NAMES, "nl").table

    assert table.iloc[0].tolist() == ["Kosten", "60", "55", "50", "–"]


def test_sessions_with_the_same_points_share_a_mark_with_both_numbers():
    state = weighed(
        {"residents": side(60, 40)}, {"residents": side(60, 40)}, {"residents": side(50, 50)}
    )
    texts = [trace.text for trace in drift_of_weights(state, NAMES, "nl").figure.data if trace.text]

    assert ("1,2", "3") in [tuple(one) for one in texts]


def test_a_criterion_without_a_name_is_shown_itself():
    assert "K2" in drift_of_weights(weighed({"residents": side(60, 40)}), {}, "nl").alt
