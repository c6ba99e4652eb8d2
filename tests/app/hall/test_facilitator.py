import re

import pytest

from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.process.steps import STEPS
from waardeweging.process.workshop import SHEETS


def say(key, language="nl", **values):
    return text(f"hall.facilitator.{key}", language, **values)


def press(test, key):
    test.button(key=key).click().run()
    assert not test.exception
    return test


def submit(test, form):
    """Press the one button of a form."""
    found = [one for one in test.button if one.proto.form_id == form]
    found[0].click().run()
    assert not test.exception
    return test


@pytest.fixture
def full(evening):
    evening.come_in("residents", 8)
    evening.come_in("municipality", 6)
    return evening


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_says_what_to_do(evening, open_page, said, language):
    test = open_page("facilitator", language)
    for step in STEPS:
        evening.show(step.name, step.pages[0])
        test.run()

        assert not test.exception
        assert text(f"hall.script.{step.name}", language) in said(test)


def test_next_and_back_move_the_screen(evening, open_page):
    test = open_page("facilitator")
    press(test, "next")
    assert (evening.state.screen.step, evening.state.screen.page) == (1, "promise")
    press(test, "back")

    assert (evening.state.screen.step, evening.state.screen.page) == (0, "join")
    assert test.button(key="back").disabled


def test_results_come_covered_until_they_are_shown_and_then_go_on_uncovered(full, open_page):
    full.hold("round-1")
    full.show("round-1", "count")
    test = open_page("facilitator")
    press(test, "next")
    assert (full.state.screen.page, full.state.screen.hidden) == ("values", True)
    press(test, "cover")
    assert not full.state.screen.hidden
    press(test, "next")
    assert (full.state.screen.page, full.state.screen.hidden) == ("criteria", False)
    press(test, "cover")

    assert full.state.screen.hidden


def test_no_event_uncovers_a_result_on_the_way(full, open_page):
    full.hold("round-1")
    full.show("round-1", "count")
    before = full.state.number
    press(open_page("facilitator"), "next")
    kinds = [one.kind for one in full.store.records(full.id, before) if one.kind != "staff_linked"]

    assert kinds == ["hidden", "shown"]


def test_a_sheet_opens_pauses_goes_on_gets_more_time_and_closes(full, open_page):
    full.show("round-1", "count")
    test = open_page("facilitator")
    press(test, "open-round-1")
    first = full.state.sheets["round-1"].closes_at
    assert first is not None
    press(test, "pause-round-1")
    assert full.state.sheets["round-1"].status == "paused"
    press(test, "resume-round-1")
    press(test, "extend-round-1")
    assert full.state.sheets["round-1"].closes_at > first
    press(test, "close-round-1")

    assert full.state.sheets["round-1"].status == "closed"


def test_opening_again_needs_a_reason(full, open_page, said):
    full.hold("practice")
    full.show("practice", "count")
    test = open_page("facilitator")
    press(test, "reopen-practice")
    assert full.state.sheets["practice"].status == "closed"
    assert test.error
    test.text_input(key="reason-practice").input("Twee mensen kwamen later").run()
    press(test, "reopen-practice")

    assert full.state.sheets["practice"].status == "open"


def test_opening_takes_the_screen_to_the_page_that_counts(full, open_page):
    full.show("rules", "promise")
    press(open_page("facilitator"), "open-rules")

    assert full.state.screen.page == "vote"


@pytest.mark.parametrize(("agree", "adopted"), [(5, True), (3, False)])
def test_closing_the_vote_adopts_the_rules_with_a_majority_of_each_side(
    full, open_page, said, agree, adopted
):
    full.open("rules")
    residents, municipality = full.seats[:8], full.seats[8:]
    full.answer("rules", [*residents, *municipality[:agree]], {"agree": True})
    full.answer("rules", municipality[agree:], {"agree": False})
    full.show("rules", "vote")
    test = press(open_page("facilitator"), "close-rules")

    assert full.state.rules_adopted is adopted
    assert say("vote_adopted" if adopted else "vote_rejected") in said(test)


def test_the_desk_never_asks_for_rows_nor_tells_an_answer(full, open_page, said, monkeypatch):
    for sheet in SHEETS:
        full.hold(sheet)
    rows = [full.store.answers(full.id, sheet) for sheet in SHEETS]
    names = {one.pseudonym for sheet in rows for one in sheet}

    def never(*_args):
        raise AssertionError("answers were asked for")

    monkeypatch.setattr("waardeweging.store.Store.answers", never)
    test = open_page("facilitator")
    for step in STEPS:
        full.show(step.name, step.pages[-1])
        test.run()

        assert not test.exception
        assert not [name for name in names if name in said(test)]
        assert not test.get("plotly_chart")


def test_cards_are_shown_once_and_can_be_printed(evening, open_page, said):
    test = open_page("facilitator")
    test.number_input(key="cards-count").set_value(3)
    submit(test, "cards")
    codes = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", said(test))

    assert evening.state.issued == {"residents": 3}
    assert len(set(codes)) == 3
    assert all(evening.store.enter(evening.id, code) for code in codes)
    press(test, "cards-forget")
    assert not [code for code in codes if code in said(test)]


def test_a_late_joiner_gets_one_card(evening, open_page):
    submit(open_page("facilitator"), "late-form")

    assert evening.state.issued == {"residents": 1}


def test_a_lost_card_ends_and_another_comes(evening, open_page, said):
    (card,) = evening.store.issue(evening.id, "residents", "", 1)
    test = open_page("facilitator")
    test.text_input(key="lost-code").input(card.code)
    submit(test, "lost-form")

    assert evening.state.issued == {"residents": 1}
    assert say("lost_done") in said(test)
    with pytest.raises(ValueError, match="ended"):
        evening.store.enter(evening.id, card.code)


def test_a_wrong_side_is_put_right_and_logged(evening, open_page, said):
    (card,) = evening.store.issue(evening.id, "residents", "", 1)
    test = open_page("facilitator")
    test.text_input(key="wrong-code").input(card.code)
    test.button_group(key="wrong-side").set_value("municipality")
    submit(test, "wrong-form")

    assert evening.state.issued == {"residents": 0, "municipality": 1}
    assert text("hall.event.side_corrected", "nl") in said(test)


def test_an_unknown_card_is_refused_in_words(evening, open_page, said):
    test = open_page("facilitator")
    test.text_input(key="wrong-code").input("AAAAA-AAAAA")
    submit(test, "wrong-form")

    assert test.error


def test_tables_mix_the_sides_and_phones_know_the_number(full, open_page, said):
    press(open_page("facilitator"), "tables-make")
    tables = full.state.tables
    sides = {seat.credential: seat.side for seat in full.seats}

    assert set(tables) == set(sides)
    for number in set(tables.values()):
        at = {sides[card] for card, table in tables.items() if table == number}
        assert at == {"residents", "municipality"}


def test_buddies_get_cards_of_one_number_and_sit_at_one_table(full, open_page, said):
    test = open_page("facilitator")
    test.number_input(key="pairs-count").set_value(3)
    test.text_input(key="pairs-department").input("Wonen")
    submit(test, "pairs-form")
    codes = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", said(test))
    came = [full.store.enter(full.id, code).seat for code in dict.fromkeys(codes)]
    assert [(seat.side, seat.buddy) for seat in came] == [
        (side, str(pair)) for pair in (1, 2, 3) for side in ("residents", "municipality")
    ]
    for _ in range(3):
        press(test, "tables-make")
        tables = full.state.tables
        at = [tables[seat.credential] for seat in came]
        assert at[::2] == at[1::2]


def test_a_remark_is_read_answered_and_let_through(full, open_page, said):
    full.store.remark(full.seats[0], "round-1", "", "question", "Wie <b>betaalt</b> de buis?")
    (waiting,) = full.store.remarks(full.id, moderated_only=False)
    test = open_page("facilitator")
    assert "Wie <b>betaalt</b> de buis?" in said(test)
    test.text_input(key=f"reply-{waiting.id}").input("De eigenaar van het net.").run()
    press(test, f"show-{waiting.id}")

    (through,) = full.store.remarks(full.id)
    assert (through.text, through.reply) == (waiting.text, "De eigenaar van het net.")


def test_an_agreement_is_written_down_and_ticked_off(evening, open_page):
    test = open_page("facilitator")
    for key, value in (("what", "Bel de corporatie"), ("who", "Fatma"), ("when", "1 december")):
        test.text_input(key=key).input(value)
    submit(test, "agreement")
    (name,) = evening.state.agreements
    test.button_group(key=f"status-{name}").set_value("done").run()

    assert evening.state.agreements[name].status == "done"


def test_freezing_gives_the_fingerprint_that_the_screen_shows(evening, open_page, said):
    test = press(open_page("facilitator"), "freeze")

    assert evening.state.fingerprint is not None
    assert evening.state.fingerprint[:4] in said(test)


def test_rules_can_be_written_until_they_are_frozen(evening, open_page):
    test = open_page("facilitator")
    test.text_area(key="rules-texts").input("We laten elkaar uitpraten.\n\n")
    test.slider(key="share").set_value(60)
    submit(test, "rules")

    assert evening.state.rules.texts == ("We laten elkaar uitpraten.",)
    assert evening.state.rules.share == 0.6


def test_links_are_made_for_each_role_and_shown_whole(evening, open_page):
    test = press(open_page("facilitator"), "link-reader")
    (link,) = [one.value for one in test.code if "/staff#" in one.value]

    assert evening.store.staff(link.rpartition("#")[2]).role == "reader"


def test_invented_people_come_in_and_answer_what_opens(evening, open_page):
    test = press(open_page("facilitator"), "rehearse")
    assert evening.state.seated == {"residents": 6, "municipality": 6}
    evening.show("practice", "count")
    test.run()
    press(test, "open-practice")

    assert evening.state.sheets["practice"].submitted == {"residents": 6, "municipality": 6}


def test_a_real_evening_has_no_invented_people(store, evening, open_page):
    real = store.create("Echt", store.files(evening.id))
    evening.id = real.id
    test = open_page("facilitator")

    assert not [one for one in test.button if one.key == "rehearse"]


def test_another_workshop_begins_from_the_shelf(evening, open_page):
    test = open_page("facilitator")
    test.text_input(key="new-name").input("Tweede avond")
    test.selectbox(key="new-from").select("golden")
    test.checkbox(key="new-exploration").check()
    submit(test, "new-workshop")

    assert test.title[0].value == "Tweede avond"
    assert evening.store.workshops()[0].exploration


def test_what_cannot_begin_is_said(evening, open_page):
    test = open_page("facilitator")
    test.selectbox(key="new-from").select("golden")
    submit(test, "new-workshop")

    assert test.error


def test_a_copy_stays_on_the_server(evening, open_page, said, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda _name: tmp_path)
    test = press(open_page("facilitator"), "backup")
    (file,) = (tmp_path / "backups").iterdir()

    assert file.stat().st_size > 0
    assert file.name in said(test)
    assert not [one for one in test.get("download_button") if one.proto.label == say("backup")]


def test_unlinking_asks_to_be_sure_and_ends_the_evening(evening, open_page, said):
    test = open_page("facilitator")
    assert test.button(key="unlink").disabled
    test.checkbox(key="unlink-sure").check().run()
    press(test, "unlink")

    assert evening.state.unlinked


def test_the_dossier_is_made_after_unlinking_and_can_be_downloaded(full, open_page):
    full.hold("round-1")
    assert not [one for one in open_page("facilitator").button if one.key == "dossier"]
    full.store.unlink(full.id)
    test = open_page("facilitator")
    press(test, "dossier")

    labels = [one.proto.label for one in test.get("download_button")]
    assert text("dossier.download.take", "nl") in labels


def test_a_dossier_that_is_not_possible_says_why(evening, open_page, said):
    evening.store.unlink(evening.id)
    test = press(open_page("facilitator"), "dossier")

    assert text("fault.remedy.dossier.no_round", "nl") in said(test)
    labels = [one.proto.label for one in test.get("download_button")]
    assert text("dossier.download.take", "nl") not in labels


@pytest.mark.parametrize("role", ["reader", "analyst", "helper"])
def test_other_links_do_not_open_the_desk(evening, open_page, role):
    assert open_page("facilitator", role=role).title[0].value == say("door_title")


def test_the_secret_may_be_pasted_as_a_link(evening, open_page):
    test = open_page("facilitator", role="reader")
    test.session_state["staff-secret"] = ""
    test.text_input(key="door-secret").input("wrong")
    submit(test, "door")
    assert test.error
    link = f"http://localhost:8501/staff#{evening.secret('facilitator')}"
    test.text_input(key="door-secret").input(link)
    submit(test, "door")

    assert not test.error


def test_the_log_names_no_card_and_no_answer(full, open_page, said):
    full.hold("round-1")
    shown = said(open_page("facilitator"))

    assert text("hall.event.closed", "nl") in shown
    assert not [seat.credential for seat in full.seats if seat.credential in shown]


def test_a_link_of_a_project_does_not_open_the_desk(evening, open_page):
    project = evening.store.begin_project("Berkum")
    test = open_page("facilitator", role="reader")
    link = evening.store.staff_link(project.id, "administrator", "2999-01-01T00:00:00.000Z")
    test.session_state["staff-secret"] = link

    assert test.run().title[0].value == say("door_title")
