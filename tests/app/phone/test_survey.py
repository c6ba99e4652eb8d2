"""Only the questions about working together: a survey at the start, or half a year later."""

import pytest
from tests.app.phone.phones import Evening, Phone, fields, hidden

from waardeweging.process import workshop as process
from waardeweging.process.project import sessions
from waardeweging.process.project.indicators import indicators
from waardeweging.process.steps import NAMES

STEPS = {"residents": "4242424", "municipality": "55555"}


@pytest.fixture
def survey(store, berkum_files, evening):
    """A workshop that is no exploration: no rules, nothing frozen, one sheet."""
    state = store.create("Hoe werken wij samen?", berkum_files)
    cards = [store.issue(state.id, side, "", len(steps)) for side, steps in STEPS.items()]
    return Evening(store, state.id, state.room_code, sum(cards, ()), evening.app, evening.clock)


def answer(survey, side, place, step):
    phone = Phone(survey)
    phone.enter(survey.card(side, place))
    page = phone.at("now")
    assert page.url.path.endswith("/cooperation")
    given = dict.fromkeys(fields(page, "q-"), step)
    done = phone.post(page.url.path, data={**hidden(page), **given})
    assert done.status_code == 200


def test_a_survey_alone_goes_from_the_phones_into_the_project(store, survey):
    project = store.begin_project("Berkum", at="2026-01-12T09:00:00.000Z").id
    survey.open("cooperation")
    for side, steps in STEPS.items():
        for place, step in enumerate(steps):
            answer(survey, side, place, step)
    survey.close("cooperation")
    survey.decide(lambda state: process.show(state, NAMES.index("cooperation"), "answers"))
    found = sessions.measured(
        survey.state,
        store.records(survey.id),
        store.answers(survey.id, "cooperation"),
        moment="t0",
        label="Begin",
        day="2026-01-20",
    )
    state = store.change_project(
        project, "administrator", lambda s: sessions.record_cooperation(s, found)
    )

    assert state.measurements["t0"].counted == {"residents": 7, "municipality": 5}
    # 22 / 7 = 3.14 reads 3.
    assert state.measurements["t0"].means["residents"]["trust"] == 3
    rows = indicators(state, store.records(project), "2026-02-01")
    (trust,) = (row for row in rows if (row.indicator, row.measure) == ("trust", "asked"))
    assert [cells[0].value for cells in trust.cells.values()] == [3, 5]
