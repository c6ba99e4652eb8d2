"""Before anybody answers: coming in, what is agreed, and what the options do."""

from __future__ import annotations

from html import escape

import streamlit as st

from waardeweging.app.hall import results
from waardeweging.app.hall.parts import (
    count_html,
    show_cards,
    show_code,
    show_lead,
    show_points,
    show_qr,
)
from waardeweging.app.hall.scene import Scene, base_url, fresh_state
from waardeweging.app.tables import Marked, Noted, Row, show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.effects_table import cells_of
from waardeweging.presentation.figures.names import unique_names
from waardeweging.presentation.numbers import number, percent, unit_text
from waardeweging.presentation.sentences import word
from waardeweging.scoring.requirements import eligible
from waardeweging.store import Store

_MOST_QUESTIONS = 6


def join(scene: Scene) -> None:
    """Show how to come in, and who is there."""
    base, room = base_url(), scene.state.room_code
    address = f"{base}/w/{room}"
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        show_qr(address, scene.say("beamer.join_qr", address=address))
    with right:
        shown = escape(address.partition("://")[2])
        st.html(
            f'<p class="ww-lead">{escape(scene.say("beamer.join_scan"))}</p>'
            f'<p class="ww-address">{shown}</p>'
            f'<p class="ww-lead">{escape(scene.say("beamer.join_card"))}</p>'
        )
        _present(scene.store, scene.state.id, scene.language)


@st.fragment(run_every=2)
def _present(store: Store, workshop: str, language: Language) -> None:
    """Count who came in, per side."""
    state = fresh_state(store, workshop)
    scene = Scene.of(store, state, language)
    blocks = []
    for side in SIDES:
        seated, issued = state.seated.get(side, 0), state.issued.get(side, 0)
        said = scene.say(
            "beamer.join_count", seated=number(seated, language), issued=number(issued, language)
        )
        blocks.append(count_html(scene.side(side), said, seated, issued, side))
    st.html(f'<div class="ww-counts">{"".join(blocks)}</div>')


def promise(scene: Scene) -> None:
    """Show the rules and their fingerprint."""
    names = ("equal", "silent", "fewest", "closed", "decide")
    said = [scene.say(f"beamer.rules_{name}", fewest=scene.state.rules.fewest) for name in names]
    show_points([*said, *scene.state.rules.texts])
    if scene.state.fingerprint is None:
        show_lead(scene.say("beamer.not_frozen"))
        return
    show_code(scene.say("beamer.fingerprint"), scene.state.fingerprint[:16])
    show_lead(scene.say("beamer.fingerprint_lead"))


def equal(scene: Scene) -> None:
    """Show for how much each side counts."""
    share, language = scene.state.rules.share, scene.language
    shares = {"residents": percent(share, language), "municipality": percent(1 - share, language)}
    key = "equal_half" if share == 0.5 else "equal_other"
    show_lead(scene.say(f"beamer.{key}", **shares))
    blocks = "".join(
        f'<div class="{side}" style="flex:{max(part, 0.02):.4f}"><b>{escape(scene.side(side))}</b>'
        f"<span>{escape(shares[side])}</span></div>"
        for side, part in zip(SIDES, (share, 1 - share), strict=True)
    )
    alt = escape(scene.say("beamer.equal_alt", **shares))
    st.html(f'<div class="ww-share" role="img" aria-label="{alt}">{blocks}</div>')
    heads = {side: number(scene.state.seated.get(side, 0), language) for side in SIDES}
    show_lead(scene.say("beamer.equal_head", **heads))


def options(scene: Scene) -> None:
    """Show the options in words."""
    problem, language = scene.scenario.problem, scene.language
    allowed = eligible(problem)
    cards = []
    for option, may in zip(problem.alternatives, allowed, strict=True):
        name = option.label[language]
        why = "measure" if option.reference else "" if may else "excluded"
        name = f"{name} ({word(why, language)})" if why else name
        said = option.description[language] if option.description else ""
        cards.append((name, said))
    show_cards(cards)


def facts(scene: Scene, value: str, title: str) -> None:
    """Show what every option does for one value."""
    problem, language = scene.scenario.problem, scene.language
    cells = results.kept(
        ("cells", scene.state.files_sha256, language), lambda: cells_of(problem, language)
    )
    criteria = problem.framework.criteria
    names = unique_names(criteria, language)
    weighed = problem.framework.weighed(scene.scenario.perspective)
    rows: list[Row] = [
        (
            # The unit is said once, so that the numbers can be read from the back.
            Noted(names[j], unit_text(criterion.unit, language)),
            *(Marked(c.dots, c.dots_text, f"{c.short} {c.grounds_mark}") for c in cells[j]),
        )
        for j, criterion in enumerate(criteria)
        if criterion.value == value and j in weighed
    ]
    columns = [
        scene.say("beamer.disputed_criterion"),
        *(o.label[language] for o in problem.alternatives),
    ]
    with st.container(key="facts"):
        show_table(title, columns, rows)
    show_lead(scene.say("beamer.facts_legend"))


def questions(scene: Scene) -> None:
    """Show the questions that the facilitator let through, with their answers."""
    told = [one for one in scene.store.remarks(scene.state.id) if one.kind != "reason"]
    if not told:
        show_lead(scene.say("beamer.questions_none"))
        return
    show_cards([(one.text, one.reply) for one in told[-_MOST_QUESTIONS:]])
