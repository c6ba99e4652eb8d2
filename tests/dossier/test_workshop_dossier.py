"""From an evening in the store to its dossier: what it tells, and what never leaves."""

import json
from dataclasses import replace

import pytest
from tests.dossier.hall import ROUNDS, Hall, held, scenario
from tests.dossier.leaks import is_like, lists, secrets_in, text_of, texts
from typer.testing import CliRunner

from waardeweging.cli import main
from waardeweging.dossier.bundle import Level
from waardeweging.dossier.bundle.container import unpack
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import FORMATS
from waardeweging.dossier.making import whole_dossier
from waardeweging.dossier.verify import Anchors, State, verify_bundle
from waardeweging.dossier.workshop import _tells_on_few, find_workshop, source_of_workshop
from waardeweging.elicitation.weighing import weigh
from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.answers import as_ballots
from waardeweging.process.canonical import canonical
from waardeweging.process.moments import now
from waardeweging.store import open_store


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('evening') / 'hall.sqlite'}"


@pytest.fixture(scope="module")
def evening(url):
    """An evening of 24 residents and 6 officials, with the store closed behind it."""
    with open_store(url, floor=0) as store:
        hall = held(store)
        hall.given = {name: store.answers(hall.id, name) for name in ROUNDS}
        hall.fingerprint = hall.state.fingerprint
        hall.nonces = [one.nonce for name in ROUNDS for one in store.evidence(hall.id, name)]
    return hall


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'hall.sqlite'}", floor=0) as opened:
        yield opened


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(url, evening, tmp_path_factory):
    """What the command writes of that evening, by name."""
    out = tmp_path_factory.mktemp("dossier") / "out"
    done = run("dossier", evening.id, "--out", out, "--database", url)
    assert done.exit_code == 0, done.output
    return {path.name: path.read_bytes() for path in out.iterdir()}


def dossier(store, workshop, formats=("json",), level=None):
    source = source_of_workshop(store, workshop, "nl", level)
    return whole_dossier(source, formats, "nl", Theme(), level)


def refused(code, call, *arguments):
    with pytest.raises(InputError) as found:
        call(*arguments)
    assert found.value.code == f"dossier.{code}"


def found(report, state):
    return {check.key for check in report.of(state)}


def test_the_record_tells_who_came_what_was_agreed_and_how_it_went(made, evening):
    facts = json.loads(made["dossier.json"])
    record = facts["record"]

    assert facts["people"]["sides"]["residents"]["people"] == 24
    assert [one["invited"] for one in record["invitations"]] == [24, 6]
    assert facts["outcome"]["rounds"]["steps"][0]["residents"]["people"] == 24
    assert facts["outcome"]["grades"]["people"] == {"residents": 24, "municipality": 6}
    assert record["rules"]["texts"] == ["Iedereen komt aan het woord."]
    assert record["rules"]["fingerprint"] == evening.fingerprint
    assert record["rules"]["head"] == evening.head
    assert [(v["side"], v["agree"], v["of"]) for v in record["rules"]["votes"]] == [
        ("residents", 24, 24),
        ("municipality", 6, 6),
    ]
    assert [one["what"] for one in record["agreements"]] == ["zoekt de prijs uit"]
    assert [one["text"] for one in record["minorities"]] == ["Eigen woorden, reason"]
    assert [(one["answer"], one["because"]) for one in record["inputs"]] == [
        ("answered", "Dat zoeken we uit.")
    ]
    assert len(record["indicators"]) == 12
    assert {one["share"] for one in record["acceptance"]} <= {x / 20 for x in range(1, 20)}
    assert any("ronde 2" in one["what"] for one in record["meetings"])


def test_every_form_says_it(made):
    page = made["dossier.html"].decode()

    for said in ("24 van de 24 mensen (bewoners)", "Kunt u hiermee leven?", "zoekt de prijs uit"):
        assert said.lower() in page.lower()
    assert "beantwoord" in page
    assert "zoekt de prijs uit" in text_of("dossier.pdf", made["dossier.pdf"])
    assert "zoekt de prijs uit" in text_of("dossier.docx", made["dossier.docx"])


def test_the_public_bundle_is_right_and_holds_the_head_of_the_closing_screen(made, evening):
    report = verify_bundle(made["bundle.zip"], Anchors(head=evening.head))

    assert (report.is_right, report.level) == (True, "L0")
    assert {"head", "chain", "frozen", "closed", "report", "report_page"} <= found(report, State.OK)


def test_the_same_evening_gives_the_same_bytes(made, evening, url):
    with open_store(url, floor=0) as store:
        again = dossier(store, evening.id, ("html", "json"))

    assert again["dossier.json"] == made["dossier.json"]
    assert again["dossier.html"] == made["dossier.html"]


def test_the_controllers_bundle_opens_every_leaf(evening, url):
    with open_store(url, floor=0) as store:
        made = dossier(store, evening.id, level=Level.FULL)
    report = verify_bundle(made["bundle.zip"], Anchors(head=evening.head))

    assert report.is_right
    assert {"leaves", "head", "announced", "report"} <= found(report, State.OK)
    assert not {one["nonce"] for one in json.loads(unpack(made["bundle.zip"])["opened.json"])} ^ {
        nonce.hex() for nonce in evening.nonces
    }
    # What is looked for in public files is found here.
    with pytest.raises(AssertionError):
        assert_tells_nothing(made, evening, evening.given, ())


def test_rows_leave_when_both_sides_are_large_and_tell_of_nobody(store):
    hall = held(store, 12, 10)
    # What is laid out for paper does not depend on the level.
    made = dossier(store, hall.id, ("html", "json"), Level.ROWS)
    report = verify_bundle(made["bundle.zip"], Anchors(head=hall.head))

    assert (report.is_right, report.level) == (True, "L1")
    assert "announced" in found(report, State.OK)
    given = {name: store.answers(hall.id, name) for name in ROUNDS}
    nonces = [one.nonce for name in ROUNDS for one in store.evidence(hall.id, name)]
    assert_tells_nothing(made, hall, given, nonces)


def test_nothing_of_anybody_is_in_the_public_files(made, evening):
    assert_tells_nothing(made, evening, evening.given, evening.nonces)


def test_what_was_not_let_through_stays_inside(made):
    assert not [name for name, text in texts(made) if "Eigen woorden, fact" in text]


def test_a_side_of_four_shows_nowhere(store):
    hall = held(store, 24, 4)
    made = dossier(store, hall.id, ("html", "json"))
    facts = json.loads(made["dossier.json"])
    weighing = weighed({name: store.answers(hall.id, name) for name in ROUNDS})

    assert verify_bundle(made["bundle.zip"]).is_right
    assert "events.json" not in unpack(made["bundle.zip"])
    assert facts["people"]["sides"]["municipality"]["people"] is None
    assert facts["outcome"]["grades"] is None
    record = facts["record"]
    assert (record["indicators"], record["acceptance"], record["rules"]["votes"]) == ([], [], [])
    assert [one["invited"] for one in record["invitations"]] == [24, None]
    sides = [weighing.residents, weighing.municipality]
    assert not [one for one in lists(made) for side in sides if is_like(one, side, 0.0051)]


def test_a_log_that_names_a_department_of_a_few_stays_inside(store):
    """Earlier releases wrote the department in the log; now the cards alone know it."""
    hall = Hall(store, 6, 8)
    hall.agree()
    hall.hold("round-1")
    hall.close()
    source = source_of_workshop(store, hall.id, "nl")
    issued = [one for one in source.records if one.kind == "issued"]
    assert [one.body["department"] for one in issued] == ["", ""]

    def tells(named, rest):
        counts = {"Klein": named, "": rest}
        bodies = [{"side": "x", "department": key, "count": n} for key, n in counts.items()]
        log = [replace(issued[0], body=body) for body in bodies]
        return _tells_on_few(source.outcome.weighing, log)

    # Who is left of a side tells as much as the department itself.
    assert [tells(3, 5), tells(5, 3), tells(5, 5), tells(5, 0)] == [True, True, False, False]


def test_an_exploration_is_marked_in_every_form(store):
    hall = held(store, 5, 5, exploration=True)
    made = dossier(store, hall.id, FORMATS)

    marked = {name for name, text in texts(made) if "VERKENNING" in text}
    assert {"dossier.html", "dossier.json", "dossier.pdf"} <= marked
    for name in ("dossier.docx", "collegevoorstel.docx"):
        assert any(one.startswith(f"{name}/") for one in marked), name
    assert "bundle.zip/README.txt" in marked
    assert verify_bundle(made["bundle.zip"]).is_right


def test_a_dossier_waits_until_nothing_can_change_any_more(store):
    hall = Hall(store, 5, 5)
    refused("no_round", dossier, store, hall.id)
    hall.agree()
    hall.decide(lambda state: process.open_sheet(state, "round-1", None, now()))
    refused("still_open", dossier, store, hall.id)
    hall.answer("round-1", hall.seats)
    hall.decide(lambda state: process.close(state, "round-1"))
    refused("not_cut", dossier, store, hall.id)
    assert "dossier.json" in dossier(store, hall.id, level=Level.FULL)
    store.unlink(hall.id)
    assert "dossier.json" in dossier(store, hall.id)
    store.purge("2099-01-01T00:00:00.000Z")
    refused("purged", dossier, store, hall.id)


def test_a_deletion_after_the_hall_saw_the_outcome_is_not_told(store):
    hall = Hall(store, 6, 6)
    hall.agree()
    for sheet in (*ROUNDS, "grades"):
        hall.hold(sheet)
    hall.show("values", "values")
    hall.show("grades", "grades")
    store.erase(hall.seats[0])
    hall.close()

    refused("few_changed", dossier, store, hall.id)


def test_grades_that_changed_for_a_few_stay_out(store):
    hall = Hall(store, 6, 6)
    hall.agree()
    for sheet in ("round-1", "grades"):
        hall.hold(sheet)
    hall.show("grades", "grades")
    store.erase(hall.seats[0], "grades")
    hall.close()

    assert json.loads(dossier(store, hall.id)["dossier.json"])["outcome"]["grades"] is None


def test_a_second_round_of_a_few_people_does_not_count(store):
    hall = Hall(store, 6, 6)
    hall.agree()
    hall.hold("round-1")
    hall.hold("round-2", hall.seats[:1])
    hall.close()

    assert source_of_workshop(store, hall.id, "nl").scenario.ballots == as_ballots(
        store.answers(hall.id, "round-1"), scenario().problem.framework, "resident", 1
    )


def test_a_larger_minimum_that_was_agreed_holds(store):
    hall = Hall(store, 6, 6)
    hall.decide(lambda state: process.set_rules(state, process.Rules(fewest=8)))
    hall.agree()
    hall.hold("round-1")
    hall.close()

    refused("fewer_than_agreed", dossier, store, hall.id)


def test_a_workshop_is_found_by_id_title_and_room_code(store):
    hall = Hall(store, 1, 1, title="Straat één")

    for named in (
        hall.id,
        "straat ÉÉN",
        hall.state.room_code,
        f" {hall.state.room_code[:3]} {hall.state.room_code[3:]}",
    ):
        assert find_workshop(store, named).id == hall.id
    Hall(store, 1, 1, title="Straat één")
    refused("same_title", find_workshop, store, "Straat één")
    refused("unknown", find_workshop, store, "Straat twee")


def test_the_command_says_in_dutch_what_is_wrong(url, evening, tmp_path):
    out = ("--out", tmp_path / "out", "--database", url)
    unknown = run("dossier", "Straat twee", *out)
    too_high = run("dossier", evening.id, *out, "--level", "L1")
    no_database = run(
        "dossier", "x", "--out", tmp_path, "--database", f"sqlite:///{tmp_path}/no.db"
    )

    assert (unknown.exit_code, too_high.exit_code, no_database.exit_code) == (1, 1, 1)
    assert "zaalcode" in unknown.stderr
    assert "Kies L0" in too_high.stderr
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "no.db").exists()
    assert run("dossier", evening.id).exit_code == 2


def weighed(given):
    framework = scenario().problem.framework
    ballots = [
        ballot
        for number, name in enumerate(ROUNDS, 1)
        for ballot in as_ballots(given[name], framework, "resident", number)
    ]
    return weigh(ballots, framework.weighed("resident"), 0.5)


def assert_tells_nothing(made, hall, given, nonces):
    secret = [card.code for card in hall.cards] + [entry.token for entry in hall.entries]
    secret += [seat.credential for seat in hall.seats] + [hall.secret]
    secret += [nonce.hex() for nonce in nonces]
    secret += [one.pseudonym for name in ROUNDS for one in given[name]]
    answers = [canonical(payload).decode() for payload in hall.payloads]
    assert not secrets_in(texts(made), [*secret, *answers])
    weights = [
        row
        for name in ROUNDS
        for row in weighed({**dict.fromkeys(ROUNDS, ()), name: given[name]}).weights
    ]
    assert not [one for one in lists(made) for row in weights if is_like(one, row, 1e-4)]
