import json

import pytest
from tests.dossier.bundles import documents, forged
from tests.dossier.workshop import FIRST_ANSWER, START, Evening, evening, workshop_bundle

from waardeweging.dossier.bundle import Level
from waardeweging.dossier.bundle.container import unpack
from waardeweging.dossier.verify import Anchors, State, verify_bundle
from waardeweging.process import workshop as process
from waardeweging.process.chain import GENESIS, link


def keys(whole, state=State.WRONG, anchors=None):
    return {check.key for check in verify_bundle(whole, anchors).of(state)}


def relinked(held):
    """Compute every hash of a log anew, as a forger does who knows how."""
    previous = GENESIS
    for number, record in enumerate(held["records"], 1):
        record["number"] = number
        if "body" in record:
            record["hash"] = link(
                previous,
                held["stream"],
                number,
                record["at"],
                record["by"],
                record["kind"],
                record["body"],
            ).hex()
        previous = bytes.fromhex(record["hash"])
    return held


def retold(change, level=None):
    """Forge the log, with all hashes in order again."""
    whole = workshop_bundle(level)
    held = documents(whole)["events.json"]
    change(held["records"])
    return forged(whole, {"events.json": relinked(held)})


@pytest.mark.parametrize("level", Level)
def test_the_log_of_a_workshop_is_right(level):
    report = verify_bundle(workshop_bundle(level))

    assert report.is_right
    assert {"chain", "frozen", "closed", "files", "frozen_inputs"} <= {
        check.key for check in report.of(State.OK)
    }


def test_the_head_on_the_closing_screen_is_recognised():
    head = evening().state.sheets["round-1"].head_at_close

    assert "head" in keys(workshop_bundle(), State.OK, Anchors(head=head))


@pytest.mark.parametrize(
    ("number", "key"), [(0, "receipt_replaced"), (1, "receipt"), (-1, "receipt")]
)
def test_a_receipt_is_found(number, key):
    mine = evening().receipts[number]

    assert key in keys(workshop_bundle(), State.OK, Anchors(receipt=mine))
    assert key in keys(workshop_bundle(), State.OK, Anchors(receipt=mine.lower().replace("-", " ")))


def test_a_receipt_of_something_else_is_refused():
    assert keys(workshop_bundle(), anchors=Anchors(receipt="AAAA")) == {"unknown_receipt"}


def test_a_deleted_answer_says_so():
    def erase(records):
        sent = next(one for one in records if one["number"] == FIRST_ANSWER + 1)
        body = {"sheet": "round-1", "number": sent["number"], "side": "residents", "counted": True}
        records.insert(-2, records[-1] | {"kind": "erased", "body": body, "at": records[-3]["at"]})
        records[-2]["body"]["counted"]["residents"] -= 1

    anchors = Anchors(receipt=evening().receipts[1])
    assert "receipt_erased" in keys(retold(erase), State.OK, anchors)


def test_a_log_that_was_rebuilt_is_caught_by_its_head():
    def rename(records):
        records[0]["body"]["title"] = "Another evening"

    whole = retold(rename)
    head = evening().state.head

    assert verify_bundle(whole).is_right
    assert keys(whole, anchors=Anchors(head=head)) == {"other_head"}


def test_an_answer_that_is_left_out_does_not_fit_the_count():
    assert keys(retold(lambda records: records.pop(FIRST_ANSWER))) == {"counted"}


def test_an_answer_after_the_close_is_named():
    def late(records):
        sent = records.pop(FIRST_ANSWER)
        records.insert(-1, sent | {"at": records[-2]["at"]})

    assert keys(retold(late)) & {"not_open", "counted"}


def test_an_answer_that_replaces_nothing_is_named():
    def replaces(records):
        next(one for one in records if one["kind"] == "submitted")["body"]["replaces"] = 1

    assert keys(retold(replaces)) == {"replaces"}


def test_a_round_that_never_closed_is_named():
    def forget(records):
        del records[-2:]

    assert "no_close" in keys(retold(forget))


def test_rules_that_were_not_frozen_are_named():
    def forget(records):
        records[:] = [one for one in records if one["kind"] != "frozen"]
        for one in records:
            if (one.get("body") or {}).get("replaces"):
                one["body"]["replaces"] -= 1

    assert "not_frozen" in keys(retold(forget))


def test_another_fingerprint_is_named():
    def change(records):
        next(one for one in records if one["kind"] == "frozen")["body"]["fingerprint"] = "0" * 64

    assert "other_fingerprint" in keys(retold(change))


def test_time_that_goes_back_is_named():
    def change(records):
        records[-1]["at"] = START

    assert "earlier" in keys(retold(change))


def test_an_unknown_kind_of_event_is_named():
    def change(records):
        records[-1]["kind"] = "magic"

    assert "event" in keys(retold(change))


def test_a_record_without_content_is_named():
    def change(records):
        del records[FIRST_ANSWER]["body"]

    assert not verify_bundle(retold(change)).is_right


def test_another_share_than_was_agreed_is_named():
    whole = workshop_bundle()
    rules = documents(whole)["inputs/rules.json"] | {"share": 0.9}

    assert "share" in keys(forged(whole, {"inputs/rules.json": rules}))


def test_more_people_than_the_log_knows_are_named():
    whole = workshop_bundle()
    told = documents(whole)["announced.json"]
    told["people"]["residents"] = 99

    assert "people" in keys(forged(whole, {"announced.json": told}))


def test_another_file_than_was_frozen_is_named():
    whole = workshop_bundle()
    given = unpack(whole)["files/performances.csv"] + b"\n"

    assert "file" in keys(forged(whole, {"files/performances.csv": given}))


def test_numbers_that_are_not_those_of_the_frozen_files_are_named():
    whole = workshop_bundle()
    held = documents(whole)["inputs/performances.json"]
    held[0]["note"] = "better than it is"

    assert "frozen_differs" in keys(forged(whole, {"inputs/performances.json": held}))


def test_frozen_files_that_lead_outside_are_not_read():
    whole = workshop_bundle()
    given = b'framework = "/etc/passwd"\n' + unpack(whole)["files/scenario.toml"]

    assert "frozen_unread" in keys(forged(whole, {"files/scenario.toml": given}), State.OPEN)


def opened(change):
    whole = workshop_bundle(Level.FULL)
    held = documents(whole)["opened.json"]
    change(held)
    return forged(whole, {"opened.json": held})


def test_answers_that_were_opened_fit_their_leaves():
    assert "leaves" in keys(workshop_bundle(Level.FULL), State.OK)
    assert "no_leaves" in keys(workshop_bundle(), State.OPEN)


def test_an_opened_answer_that_was_changed_is_named():
    def change(held):
        held[3]["payload"]["criteria"]["co2"] = 1

    assert "leaf" in keys(opened(change))


def test_an_opened_answer_of_no_record_is_named():
    assert "leaf" in keys(opened(lambda held: held[0].update(number=1)))


def test_ballots_that_are_not_those_of_the_log_are_named():
    assert "ballots_differ" in keys(opened(lambda held: held.pop()))


def test_an_exploration_says_that_nothing_was_frozen():
    def explore(records):
        records[0]["body"]["exploration"] = True
        records[:] = [one for one in records if one["kind"] != "frozen"]
        for one in records:
            if (one.get("body") or {}).get("replaces"):
                one["body"]["replaces"] -= 1

    assert "exploration" in keys(retold(explore), State.NOTE)


def test_a_log_in_another_form_is_named():
    whole = forged(workshop_bundle(), {"events.json": json.dumps([]).encode()})

    assert not verify_bundle(whole).is_right


def test_an_evening_where_nobody_answered_has_no_outcome_to_rest_on():
    held = Evening(evening().files)
    held.do(process.freeze(held.state))
    whole = workshop_bundle()
    log = documents(whole)["events.json"]
    log["records"] = [
        {
            "number": one.number,
            "at": one.at,
            "by": one.by,
            "kind": one.kind,
            "body": dict(one.body),
            "hash": one.hash.hex(),
        }
        for one in held.records
    ]

    assert "no_round" in keys(forged(whole, {"events.json": log}))
