"""What the dossier of a workshop takes from the project to which it belongs."""

import pytest
from tests.dossier.hall import files
from tests.dossier.project.played import played
from tests.process.project.conftest import Log

from waardeweging.dossier.project.lending import with_project
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.dossier.record import Input, Meeting, Record
from waardeweging.dossier.workshop import with_own_project
from waardeweging.process import workshop as process
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.store import open_store

OWN = Record(
    date="2026-09-01",
    inputs=(Input(number="1", text="Hoe duur?", answer="open"),),
    meetings=(Meeting(date="2026-09-01", what="Ronde 1 sloot."),),
)


def lent(log, workshop="avond-2", record=OWN):
    return with_project(record, ProjectSource(tuple(log.records)), workshop, "nl")


@pytest.fixture(scope="module")
def record():
    log = played()
    answers = dict.fromkeys(("voice", "trust"), 3.5)
    for moment, officials in (("t0", 6), ("avond-1", 4), ("avond-2", 6)):
        means = {"residents": answers} | ({"municipality": answers} if officials > 4 else {})
        log.add(
            sessions.record_cooperation,
            e.CooperationMeasured,
            id=moment,
            label=moment,
            day="2026-01-20",
            counted={"residents": 24, "municipality": officials},
            means=means,
        )
    return lent(log)


def test_input_of_the_project_follows_that_of_the_evening(record):
    assert [(one.number, one.answer) for one in record.inputs] == [
        ("1", "open"),
        ("2", "partly"),
        ("3", "open"),
    ]
    assert record.inputs[1].text == "pomp, kosten: De pomp kost meer."
    assert record.inputs[1].because == "De band is breder gemaakt."


def test_a_decision_that_departs_fills_in_the_form(record):
    (one,) = record.deviations
    assert (one.point, one.decided, one.on) == ("Eerst het net.", "Eerst isoleren", "2026-10-01")


def test_agreements_and_planning_come_along_in_order(record):
    assert [(one.what, one.when) for one in record.agreements] == [
        ("Proefboring", "1 juni 2026"),
        ("Isoleren", "1 juni 2027"),
    ]
    days = [one.date for one in record.meetings]
    assert days == sorted(days)
    assert "gemeenteraad" in {one.decides for one in record.meetings}


def test_the_indicators_of_other_moments_come_along_for_both_sides_or_neither(record):
    told = {(one.indicator, one.side, one.moment) for one in record.indicators}
    assert told == {
        (name, side, "t0") for name in ("voice", "trust") for side in ("residents", "municipality")
    }
    assert {one.people for one in record.indicators} == {24, 6}


def test_room_support_and_minority_texts_are_filled(record):
    assert "Label C in 2040." in {one.what for one in record.room}
    assert "Label B in 2040." not in {one.what for one in record.room}
    assert (record.support.facilitator, record.support.promise) == ("Bureau Gesprek", "advise")
    assert record.support.chosen_by == "bewoners en gemeente"
    assert [(one.by, one.text) for one in record.minorities] == [
        ("iemand van de gemeente", "Wij betalen al genoeg.")
    ]


def test_a_text_of_a_few_people_does_not_tell_their_side():
    (one,) = lent(played(small=True)).minorities
    assert one.by == "een deelnemer"


def test_a_project_with_nothing_in_it_adds_nothing():
    assert lent(Log()) == OWN


def test_only_a_workshop_of_a_project_that_is_kept_here_gets_something(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'hall.sqlite'}", floor=0) as store:
        project = store.import_chain(played().records).id
        evening = store.create("Avond 3", files())
        alone = with_own_project(store, evening, OWN, "nl")
        store.add_workshop(project, evening.id, "Avond 3", "2026-11-01")
        belongs = with_own_project(store, store.workshop(evening.id), OWN, "nl")
        away = store.change(
            evening.id, "administrator", lambda s: process.set_kaders(s, "elsewhere", 1, None)
        )
        elsewhere = with_own_project(store, away, OWN, "nl")
    assert (alone, elsewhere) == (OWN, OWN)
    assert len(belongs.inputs) == 3
