import json
import math
import shutil

import numpy as np
import pytest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.selecting import select
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.selection_json import dump_selection
from waardeweging.presentation.selection_words import rejection_sentences, selection_sentences

EXAMPLE = bundled_scenarios() / "initiatieven"


@pytest.fixture(scope="module")
def selection():
    return select(EXAMPLE)


def changed(tmp_path, old, new, file="selection.toml"):
    folder = shutil.copytree(EXAMPLE, tmp_path / "plans")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return select(folder)


def test_the_package_of_the_example_keeps_every_rule(selection):
    chosen, initiatives = selection.chosen.best.chosen, selection.initiatives

    assert (initiatives.use[chosen].sum(axis=0) <= initiatives.capacity).all()
    assert all(chosen[group.members].sum() >= group.at_least for group in initiatives.groups)
    assert not chosen[initiatives.ids.index("folder")]
    assert math.isclose(selection.chosen.best.total, selection.values[chosen].sum(), abs_tol=1e-12)


def test_values_are_the_joint_scores(selection):
    scenario = selection.scenario
    table = scenario.problem.values(scenario.problem.mid, scenario.perspective)

    np.testing.assert_allclose(selection.values, table @ selection.weights, atol=1e-12)


def test_the_same_folder_gives_the_same_bytes(selection):
    assert dump_selection(select(EXAMPLE), "nl") == dump_selection(selection, "nl")


def test_shares_come_from_the_draws_that_the_file_asks_for(selection):
    share = selection.chosen.share

    assert share.draws == 100
    assert ((share.share >= 0) & (share.share <= 1)).all()
    assert share.share[selection.chosen.best.chosen].min() > 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_and_in_the_json(selection, language):
    document = json.loads(dump_selection(selection, language))
    whys = {one["why"] for one in document["rejected"]}

    assert whys == {"exchange", "impossible", "requirement"}
    for one, rejection in zip(document["rejected"], selection.chosen.rejections, strict=True):
        assert one["text"] == " ".join(rejection_sentences(rejection, selection, language))
    assert set(document["chosen"]) | {one["initiative"] for one in document["rejected"]} == set(
        document["initiatives"]
    )


def test_rules_that_clash_are_said_and_nothing_is_chosen(tmp_path):
    broke = changed(tmp_path, "limit = 320000", "limit = 40000")
    document = json.loads(dump_selection(broke, "nl"))

    assert broke.chosen is None
    assert document["chosen"] is None
    assert {one["kind"] for one in document["clash"]} == {"capacity", "at_least"}
    assert len(selection_sentences(broke, "nl")) == 3


def test_an_equal_package_is_called_a_tie(tmp_path):
    folder = shutil.copytree(EXAMPLE, tmp_path / "plans")
    for file in ("alternatives.csv", "initiatives.csv", "performances.csv"):
        lines = (folder / file).read_text("utf-8").splitlines()
        twins = [
            line.replace("fiets;", "fiets2;", 1) for line in lines if line.startswith("fiets;")
        ]
        (folder / file).write_text("\n".join([*lines, *twins]) + "\n", encoding="utf-8")
    tied = select(folder)

    assert tied.chosen.is_tied
    assert tied.chosen.margin == pytest.approx(0, abs=1e-9)
    assert "kies samen" in " ".join(selection_sentences(tied, "nl"))


def test_what_was_agreed_stands_in_every_package(tmp_path):
    agreed = changed(tmp_path, "agreed = []", 'agreed = ["groenstraat"]')
    place = agreed.initiatives.ids.index("groenstraat")

    assert agreed.chosen.best.chosen[place]
    assert agreed.chosen.share.share[place] == 1


def test_with_nothing_to_hand_out_nothing_is_chosen(tmp_path):
    folder = shutil.copytree(EXAMPLE, tmp_path / "plans")
    (folder / "selection.toml").write_text(
        '[[resources]]\nid = "budget"\nlimit = 0\nunit = "€"\n'
        'label = { nl = "Budget", en = "Budget" }\n',
        encoding="utf-8",
    )
    empty = select(folder)

    assert not empty.chosen.best.chosen.any()
    assert selection_sentences(empty, "nl")[0].endswith("past geen enkel plan.")
    assert empty.chosen.second is None
