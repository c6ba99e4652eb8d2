"""Page "Uw gewichten": one visitor says what matters, and sees what follows."""

from __future__ import annotations

import numpy as np
import streamlit as st

from waardeweging.app.own_weights import OwnWeights, Questions
from waardeweging.app.parts import plain, show_sentences
from waardeweging.app.points import ask_points, show_points_left
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.trade_offs import TradeOff, trade_offs
from waardeweging.app.view import View
from waardeweging.presentation.numbers import joined, number, percent, quantity
from waardeweging.presentation.sentences import in_sentence
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Criterion, Value
from waardeweging.scoring.additive import additive_scores

_VALUE_STEP, _CRITERION_STEP = 5, 10


def page(view: View) -> None:
    """Ask for points; show the trade-offs and the ranking that follow from them."""
    rng = np.random.default_rng(view.session.order_seed)
    questions = Questions.of(view.scenario.problem.framework, view.outcome.columns, rng)
    st.title(say("page.weights.title"))
    lead = "lead" if questions.has_values else "lead_one"
    show_sentences([say(f"page.weights.{lead}"), say("page.weights.private")])
    _weigh(view, questions, view.session.own_weights())


@st.fragment
def _weigh(view: View, questions: Questions, own: OwnWeights) -> None:
    """Everything that moves with the points, so that a move reruns nothing else."""
    asked, follows = st.columns([3, 2], gap="large")
    with asked:
        if questions.has_values:
            _values(view, questions, own)
        if own.locked or not questions.has_values:
            _inside(view, questions, own)
    with follows:
        weights = questions.weights(own)
        _ranking(view, questions, own, weights)
        if weights is not None:
            _mirror(view, questions, weights)


def _values(view: View, questions: Questions, own: OwnWeights) -> None:
    st.header(say("page.weights.values_title"))
    if own.locked:
        _locked_values(view, questions, own)
        return
    for value in questions.values:
        with st.container(border=True, key=f"value-card-{value.id}"):
            _describe(value.label[view.language], value.description, view)
            ask_points(value.id, value.label, own.values, own, step=_VALUE_STEP)
    show_points_left(own)
    ready = own.may_lock(questions.values)
    if not ready:
        st.caption(say("page.weights.open_values"))
    st.button(
        say("page.weights.lock"), key="lock", type="primary", disabled=not ready, on_click=own.lock
    )


def _locked_values(view: View, questions: Questions, own: OwnWeights) -> None:
    show_sentences([say("page.weights.locked")])
    language = view.language
    rows = ((v.label[language], number(own.values[v.id], language, 1)) for v in questions.values)
    columns = [say("page.weights.value"), say("page.weights.points")]
    show_table(say("page.weights.values_title"), columns, rows, numbers=True)
    st.button(say("page.weights.unlock"), key="unlock", on_click=own.unlock)


def _inside(view: View, questions: Questions, own: OwnWeights) -> None:
    single = not questions.has_values
    st.header(say(f"page.weights.inside_title{'_one' if single else ''}"))
    show_sentences([say("page.weights.inside_lead")])
    value = questions.values[0] if single else _choose_value(view, questions, own)
    if value is None:
        return
    criteria = questions.inside(value)
    if questions.has_values and not own.values.get(value.id):
        st.info(say("page.weights.no_weight"))
    if len(criteria) == 1:
        st.info(say("page.weights.one_inside"))
        return
    for criterion in criteria:
        with st.container(border=True, key=f"criterion-card-{criterion.id}"):
            _describe(criterion.label[view.language], criterion.description, view)
            st.markdown(_step(criterion, view))
            ask_points(criterion.id, criterion.label, own.criteria, own, step=_CRITERION_STEP)
    if questions.all_zero(value, own):
        st.warning(say("page.weights.all_zero"))
    _next_value(view, questions, own, value)


def _choose_value(view: View, questions: Questions, own: OwnWeights) -> Value | None:
    by_id = {value.id: value for value in questions.values}
    names = {name: value.label[view.language] for name, value in by_id.items()}
    # The names never change while somebody chooses: a name that changes under a quick second click
    # would throw the visitor back to the value just left.
    chosen = st.segmented_control(
        say("page.weights.inside_value"),
        list(by_id),
        default=questions.values[0].id,
        format_func=names.__getitem__,
        required=True,
        key="inside-value",
        wrap=True,
    )
    still_open = {value.id for value in questions.open_values(own)}
    answered = [name for value, name in names.items() if value not in still_open]
    if answered:
        st.caption(say("page.weights.answered", names=joined(answered, view.language)))
    return by_id.get(chosen) if chosen else None


def _next_value(view: View, questions: Questions, own: OwnWeights, value: Value) -> None:
    """Offer the next value that still has steps without points."""
    still_open = [other for other in questions.open_values(own) if other.id != value.id]
    if not still_open:
        return

    def go_on() -> None:
        st.session_state["inside-value"] = still_open[0].id

    label = say("page.weights.next_value", name=still_open[0].label[view.language])
    st.button(label, key="next-value", on_click=go_on)


def _describe(name: str, description: object, view: View) -> None:
    st.markdown(f"**{plain(name)}**")
    if description is not None:
        st.caption(plain(description[view.language]))  # type: ignore[index]


def _step(criterion: Criterion, view: View) -> str:
    """Say the step from worst to best, in words and in its unit."""
    return say(
        "page.weights.step",
        worst=_end(criterion, "worst", view),
        best=_end(criterion, "best", view),
    )


def _end(criterion: Criterion, end: str, view: View) -> str:
    label = getattr(criterion, f"{end}_label")
    if label is not None:
        return f"**{plain(label[view.language])}**"
    return f"**{plain(quantity(getattr(criterion, end), criterion.unit, view.language))}**"


def _ranking(view: View, questions: Questions, own: OwnWeights, weights: FloatArray | None) -> None:
    st.header(say("page.weights.ranking_title"))
    if weights is None:
        st.info(say("page.weights.ranking_wait"))
        _still_to_do(view, questions, own)
        return
    result, names = view.outcome.result, [a.label[view.language] for a in view.outcome.alternatives]
    scores = additive_scores(result.values, weights)
    mine = sorted(result.ranking, key=lambda place: -scores[place])
    same = mine[0] == result.winner
    key = "ranking_same" if same else "ranking_other"
    show_sentences([say(f"page.weights.{key}", option=names[mine[0]], joint=names[result.winner])])
    rows = (
        (str(place), names[one], names[joint])
        for place, (one, joint) in enumerate(zip(mine, result.ranking, strict=True), start=1)
    )
    columns = [say(f"page.weights.{column}") for column in ("place", "own", "joint")]
    show_table(say("page.weights.ranking_title"), columns, rows)
    _own_weights(view, questions, weights)


def _still_to_do(view: View, questions: Questions, own: OwnWeights) -> None:
    if questions.has_values and not own.locked:
        show_sentences([say("page.weights.ranking_values")])
        return
    if not questions.has_values:
        show_sentences([say("page.weights.ranking_steps")])
        return
    names = [value.label[view.language] for value in questions.open_values(own)]
    show_sentences([say("page.weights.ranking_open", values=joined(names, view.language))])


def _own_weights(view: View, questions: Questions, weights: FloatArray) -> None:
    with st.expander(say("page.weights.weights_title"), key="own-weights"):
        rows = (
            (criterion.label[view.language], percent(float(weight), view.language))
            for criterion, weight in zip(questions.criteria, weights, strict=True)
        )
        columns = [say("page.weights.criterion"), say("page.weights.share")]
        show_table(say("page.weights.weights_title"), columns, rows, numbers=True)


def _mirror(view: View, questions: Questions, weights: FloatArray) -> None:
    asked = trade_offs(questions.criteria, weights, questions.parents())
    if not asked:
        return
    st.header(say("page.weights.mirror_title"))
    show_sentences([say("page.weights.mirror_lead")])
    for trade_off in asked:
        _ask_trade_off(view, trade_off)


def _ask_trade_off(view: View, trade_off: TradeOff) -> None:
    answers = {name: say(f"page.weights.{name}") for name in ("mirror_yes", "mirror_no")}
    heavy, light = (
        in_sentence(criterion.label[view.language])
        for criterion in (trade_off.heavy, trade_off.light)
    )
    answer = st.radio(
        plain(_mirrored(view, trade_off, heavy, light)),
        list(answers),
        index=None,
        format_func=answers.__getitem__,
        horizontal=True,
        key=f"mirror-{trade_off.heavy.id}-{trade_off.light.id}",
    )
    if answer == "mirror_no":
        show_sentences([say("page.weights.mirror_change", criterion=heavy, other=light)])


def _mirrored(view: View, trade_off: TradeOff, heavy: str, light: str) -> str:
    language = view.language
    if trade_off.light_amount is not None and trade_off.heavy_amount is not None:
        return say(
            "page.weights.mirror_exchange",
            amount=quantity(trade_off.light_amount, trade_off.light.unit, language),
            criterion=light,
            equal=quantity(trade_off.heavy_amount, trade_off.heavy.unit, language),
            other=heavy,
        )
    times = number(trade_off.times, language, 1)
    key = "mirror_equal" if times == "1" else "mirror_ratio"
    return say(f"page.weights.{key}", criterion=heavy, other=light, times=times)
