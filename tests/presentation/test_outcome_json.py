import json

import numpy as np
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.outcome_json import dump, outcome_json

PROMISED = {
    *("alternatives", "criteria", "value_scores", "weights", "scores", "excluded", "ranking"),
    *("winner", "ties", "equality_strip", "panel", "panel_agrees", "points_to_flip"),
    *("stability", "acceptability", "bootstrap_winner_share", "robustness", "dispute"),
    *("influence", "findings", "crosscheck", "provenance"),
}


def test_all_promised_keys_are_there(outcome):
    assert not PROMISED - outcome_json(outcome, "nl").keys()


def test_the_golden_case_keeps_its_figures(golden):
    found = outcome_json(golden, "en")

    assert found["alternatives"] == ["A", "B", "C"]
    assert found["criteria"] == ["kosten", "zeggenschap", "leefbaarheid", "co2"]
    assert found["ranking"] == ["B", "A", "C"]
    assert found["winner"] == "B"
    assert found["scores"]["joint"] == pytest.approx([0.57375, 0.6334375, 0.51])
    assert found["weights"]["joint"] == pytest.approx([0.39375, 0.20625, 0.225, 0.175])
    strip = found["equality_strip"]
    assert (strip["winner_at_0"], strip["winner_at_1"]) == ("A", "B")
    assert strip["changes"][0] == {
        "lambda": pytest.approx(0.184818, abs=1e-6),
        "from": "A",
        "to": "B",
    }
    assert strip["headcount_lambda"] == pytest.approx(4 / 6)
    flip = found["points_to_flip"]
    assert (flip["rival"], flip["from"], flip["to"]) == ("A", "zeggenschap", "kosten")
    assert flip["points"] == pytest.approx(6.2829, abs=1e-4)
    assert found["stability"][2]["low"] is None
    assert found["stability"][0]["high"] == pytest.approx(0.5106, abs=1e-4)
    assert found["robustness"] == "redelijk"
    assert found["panel"]["first_choice"]["winner"] == "A"
    assert found["panel"]["first_choice"]["detail"] == pytest.approx([0.625, 0.375, 0])
    assert found["panel_agrees"] is False
    assert found["dispute"]["points_to_move"] == pytest.approx(26.25)
    effects = [one["effect"] for one in found["dispute"]["criteria"]]
    assert effects == pytest.approx([0.028125, 0.14875, 0.005, 0.0075])
    assert found["influence"] == {
        "equal_weights_margin": pytest.approx(0.125),
        "residents": pytest.approx(0.0146875),
        "municipality": pytest.approx(-0.08),
        "total": pytest.approx(0.0596875),
    }


def test_ties_leave_the_winner_out(golden):
    wide = analyse(golden.scenario.__class__(**{**fields(golden.scenario), "tie_margin": 0.5}))

    assert outcome_json(wide, "nl")["ties"] == ["A", "C"]


def fields(scenario):
    return {name: getattr(scenario, name) for name in scenario.__dataclass_fields__}


def test_an_excluded_option_names_its_requirement_and_reason(heat):
    (excluded,) = outcome_json(heat, "en")["excluded"]

    assert (excluded["alternative"], excluded["requirement"]) == ("luid", "geluid")
    assert "45 dB(A)" in excluded["reason"]
    assert "luid" not in outcome_json(heat, "en")["ranking"]


def test_panel_details_of_an_excluded_option_are_null(heat):
    found = outcome_json(heat, "nl")

    assert found["panel"]["borda"]["detail"][found["alternatives"].index("luid")] is None


def test_classes_are_the_promised_words_in_every_language(outcome):
    promised = {"eens", "kanten verschillen", "verdeeld binnen een kant", "beide"}
    for language in LANGUAGES:
        found = outcome_json(outcome, language)

        assert {one["class"] for one in found["dispute"]["criteria"]} <= promised
        assert found["robustness"] in ("stevig", "redelijk", "wankel")


def test_only_one_option_has_no_rival_to_flip_to(heat):
    problem = heat.scenario.problem
    one = type(problem)(
        problem.framework,
        problem.alternatives[:1],
        problem.cells[:1],
        problem.sources,
        problem.low[:1],
        problem.mid[:1],
        problem.high[:1],
    )
    found = outcome_json(
        analyse(heat.scenario.__class__(**{**fields(heat.scenario), "problem": one})), "nl"
    )

    assert found["points_to_flip"] is None
    assert found["influence"] is None
    assert found["dispute"]["criteria"][0]["effect"] is None
    assert found["findings"][0]["kind"] == "only_option"


def test_the_same_outcome_gives_the_same_bytes(golden):
    again = analyse(golden.scenario)

    assert dump(golden, "nl") == dump(again, "nl")


def test_numbers_survive_a_round_trip_to_the_last_bit(outcome):
    found = json.loads(dump(outcome, "nl"))

    assert np.array_equal(found["value_scores"], outcome.result.values)
    assert found["scores"]["joint"] == outcome.result.joint.tolist()


def test_only_plain_types_are_given(outcome):
    def plain(item):
        if isinstance(item, dict):
            return all(type(key) is str and plain(value) for key, value in item.items())
        if isinstance(item, list):
            return all(map(plain, item))
        return item is None or type(item) in (str, int, float, bool)

    assert plain(outcome_json(outcome, "nl"))


def test_only_texts_depend_on_the_language(outcome):
    texts = {"title", "labels", "findings", "excluded", "at_risk"}
    dutch, english = (outcome_json(outcome, language) for language in ("nl", "en"))

    assert {k: v for k, v in dutch.items() if k not in texts} == {
        k: v for k, v in english.items() if k not in texts
    }
    assert [one["numbers"] for one in dutch["findings"]] == [
        one["numbers"] for one in english["findings"]
    ]


def test_provenance_names_version_seed_draws_and_input(golden):
    found = outcome_json(golden, "nl")["provenance"]

    assert found["seed"] == 1
    assert found["draws"] == 200
    assert len(found["input_sha256"]) == 64
    assert found["version"]
