import numpy as np
import pytest

from waardeweging.app.hall.rehearsal import answer_all, invented_answer, invite
from waardeweging.process.answers import check_payload
from waardeweging.process.workshop import SHEETS


@pytest.mark.parametrize("evening", ["golden", "berkum"], indirect=True)
def test_invented_answers_are_answers_to_what_is_asked(evening):
    problem = evening.scenario.problem
    options = [option.id for option in problem.alternatives]
    rng = np.random.default_rng(2)
    for sheet in SHEETS:
        for side in ("residents", "municipality"):
            given = invented_answer(sheet, evening.scenario, side, rng)

            assert check_payload(
                sheet, given, problem.framework, options, evening.scenario.perspective
            )


def test_the_log_says_who_is_invented(evening):
    invite(evening.store, evening.id, 5)
    evening.open("practice")
    answer_all(evening.store, evening.id, "practice", evening.scenario, np.random.default_rng(1))
    by = {one.by for one in evening.store.records(evening.id) if one.kind == "submitted"}

    assert evening.state.seated == {"residents": 5, "municipality": 5}
    assert by == {"invented"}
