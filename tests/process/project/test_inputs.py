import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs

LATER = "2026-01-26T19:00:00.000Z"


def refused(code, decide, *arguments):
    with pytest.raises(InputError) as caught:
        decide(*arguments)
    assert caught.value.code == code


def given(name="noise", about="worry", **fields):
    text = fields.pop("text", "Maakt de pomp 's nachts lawaai?")
    return e.InputGiven(id=name, about=about, side="residents", text=text, **fields)


def test_what_comes_in_gets_an_owner_a_day_and_an_answer(log):
    assert log.do(inputs.give, given()).inputs["noise"].status == "waiting"
    state = log.do(inputs.assign, "noise", "Gemeente, team warmte", "2026-02-01")
    assert (state.inputs["noise"].status, state.inputs["noise"].due) == ("assigned", "2026-02-01")
    state = log.do(inputs.answer, "noise", "partly", "We meten het eerst.", at=LATER)
    assert state.inputs["noise"].status == "partly"
    assert inputs.response_days(state.inputs["noise"]) == 14.0


def test_an_answer_that_is_not_there_has_no_days_and_may_be_late(log):
    state = log.do(inputs.give, given(owner="Team warmte", due="2026-02-01"))
    assert inputs.response_days(state.inputs["noise"]) is None
    assert not inputs.is_late(state.inputs["noise"], "2026-02-01")
    assert inputs.is_late(state.inputs["noise"], "2026-02-02")
    state = log.do(inputs.answer, "noise", "adopted", "Geluid wordt een criterium.")
    assert not inputs.is_late(state.inputs["noise"], "2026-12-31")


def test_a_later_answer_takes_the_place_of_the_first(log):
    log.do(inputs.give, given())
    log.do(inputs.answer, "noise", "declined", "Valt buiten dit project.")
    refused("project.answered", inputs.assign, log.state, "noise", "Team", "2026-02-01")
    state = log.do(inputs.answer, "noise", "adopted", "Toch wel.")
    assert state.inputs["noise"].answered.because == "Toch wel."


def test_a_claim_about_a_performance_travels_until_it_is_declined(log):
    claim = given("cheap", "performance", alternative="S2", criterion="K2", value=41.0)
    log.do(inputs.give, claim)
    log.do(inputs.give, given())
    log.do(inputs.give, given("vague", "performance", alternative="S2", criterion="K2"))
    assert [one.given.id for one in inputs.claims(log.state)] == ["cheap"]
    state = log.do(inputs.answer, "cheap", "declined", "De offerte is van 2019.")
    assert inputs.claims(state) == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "project.no_text"),
        ({"about": "performance", "alternative": "S2"}, "project.claim"),
    ],
)
def test_what_cannot_be_registered_is_refused(log, fields, code):
    refused(code, inputs.give, log.state, given(**fields))


def test_a_claim_is_an_ordinary_number(log):
    claim = given("x", "performance", alternative="S2", criterion="K2", value=1.0)
    endless = claim.model_copy(update={"value": float("inf")})
    refused("project.not_finite", inputs.give, log.state, endless)


def test_the_register_knows_what_it_holds(log):
    refused("project.unknown", inputs.assign, log.state, "x", "Team", "2026-02-01")
    refused("project.unknown", inputs.answer, log.state, "x", "adopted", "Goed.")
    log.do(inputs.give, given())
    refused("project.taken", inputs.give, log.state, given())
    refused("project.no_owner", inputs.assign, log.state, "noise", " ", "2026-02-01")
    refused("workshop.form", inputs.assign, log.state, "noise", "Team", "morgen")
    refused("workshop.no_reason", inputs.answer, log.state, "noise", "adopted", "")
