"""Ballots are kept as given; what is wrong in one is named."""

import pytest
from pydantic import ValidationError

from waardeweging.elicitation.ballots import Ballot, latest, read_ballots
from waardeweging.problem.errors import Faults

HEAD = "participant;side;department;round;method;x;y\n"
BOTH = "b1;residents;;1;points;1;2\ng1;municipality;bouw;1;points;3;4\n"


def read(tmp_path, text, criteria=("x", "y")):
    path = tmp_path / "ballots.csv"
    path.write_text(text)
    faults = Faults()
    return read_ballots(path, criteria, faults), [fault.code for fault in faults]


def test_answers_stand_as_they_were_given(tmp_path):
    ballots, faults = read(tmp_path, HEAD + BOTH)

    assert faults == []
    assert ballots[1] == Ballot(
        participant="g1",
        side="municipality",
        department="bouw",
        round=1,
        method="points",
        criteria=("x", "y"),
        answers=(3.0, 4.0),
    )


def test_an_empty_row_abstains(tmp_path):
    ballots, faults = read(tmp_path, f"{HEAD}{BOTH}b2;residents;;1;points;;\n")

    assert faults == []
    assert [ballot.abstains for ballot in ballots] == [False, False, True]


def test_department_and_round_may_be_left_out(tmp_path):
    text = "participant;side;method;x;y\nb1;residents;ranks;1;2\ng1;municipality;swing;100;0\n"
    ballots, faults = read(tmp_path, text)

    assert faults == []
    assert [(ballot.department, ballot.round) for ballot in ballots] == [("", 1), ("", 1)]


def test_a_third_party_has_a_name_of_its_own(tmp_path):
    ballots, faults = read(tmp_path, f"{HEAD}{BOTH}n1;netbeheerder;;1;points;1;1\n")

    assert faults == []
    assert ballots[2].side == "netbeheerder"


@pytest.mark.parametrize("side", ["Residents", "bewoner", "Gemeente", "municipal", "residentz"])
def test_a_misspelt_side_is_not_a_silent_third_party(tmp_path, side):
    _, faults = read(tmp_path, f"{HEAD}{BOTH}n1;{side};;1;points;1;1\n")

    assert faults == ["ballot.side_name"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b2;;;1;points;1;1", "text.empty"),
        (";residents;;1;points;1;1", "id.empty"),
        ("b2;residents;;0;points;1;1", "ballot.round"),
        ("b2;residents;;1;swing;101;1", "ballot.too_many"),
        ("b2;residents;;1;ranks;1,5;1", "ballot.rank"),
        ("b2;residents;;1;ranks;0;1", "ballot.rank"),
        ("b1;municipality;;2;points;1;1", "ballot.two_sides"),
        ("b1;residents;;1;points;1;1", "ballot.duplicate"),
        ("b2;residents;=x;1;points;1;1", "text.formula"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path, row, code):
    _, faults = read(tmp_path, f"{HEAD}{BOTH}{row}\n")

    assert faults == [code]


def test_without_a_framework_the_other_columns_are_still_checked(tmp_path):
    ballots, faults = read(tmp_path, f"{HEAD}{BOTH}b2;residents;;1;raden;1;1\n", criteria=())

    assert faults == ["ballot.unknown_method"]
    assert len(ballots) == 2


def test_the_last_round_of_each_participant_counts(tmp_path):
    ballots, _ = read(
        tmp_path, f"{HEAD}{BOTH}b1;residents;;2;points;9;9\nb2;residents;;1;points;1;1\n"
    )

    assert [(ballot.participant, ballot.round) for ballot in latest(ballots)] == [
        ("g1", 1),
        ("b1", 2),
        ("b2", 1),
    ]


def test_a_ballot_cannot_be_changed_or_hold_nan():
    ballot = Ballot(participant="b", side="residents", criteria=("x",), answers=(1.0,))
    with pytest.raises(ValidationError):
        ballot.side = "municipality"
    with pytest.raises(ValidationError):
        Ballot(participant="b", side="residents", criteria=("x",), answers=(float("nan"),))


KINDS = "participant;side;kind;mandate;round;method;x;y\n"
PLAIN = "b1;residents;;;1;points;1;2\ng1;municipality;;;1;points;3;4\n"


def test_an_institution_and_a_delegate_are_named_as_such(tmp_path):
    ballots, faults = read(
        tmp_path,
        f"{KINDS}{PLAIN}b2;residents;delegate;Stichting Warm;1;points;1;1\n"
        "college;municipality;institution;Besluit 3 mei;1;points;1;1\n",
    )

    assert faults == []
    assert [(one.kind, one.mandate) for one in ballots] == [
        ("person", ""),
        ("person", ""),
        ("delegate", "Stichting Warm"),
        ("institution", "Besluit 3 mei"),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b2;residents;burger;;1;points;1;1", "ballot.unknown_kind"),
        ("b2;residents;delegate;;1;points;1;1", "ballot.mandate_missing"),
        ("b2;residents;person;Stichting;1;points;1;1", "ballot.mandate_of_person"),
        ("b2;residents;delegate;=x;1;points;1;1", "text.formula"),
    ],
)
def test_a_fault_of_kind_or_mandate_is_named(tmp_path, row, code):
    assert read(tmp_path, f"{KINDS}{PLAIN}{row}\n")[1] == [code]


def test_a_mandate_counts_once_on_a_side_and_round(tmp_path):
    def delegate(name, side="residents", mandate="Stichting Warm", number=1):
        return f"{name};{side};delegate;{mandate};{number};points;1;1\n"

    head = KINDS + PLAIN
    twice = head + delegate("b2") + delegate("b3", mandate="stichting warm")
    apart = head + delegate("b2") + delegate("b3", number=2) + delegate("g2", "municipality")

    assert read(tmp_path, twice)[1] == ["ballot.mandate_twice"]
    assert read(tmp_path, apart + delegate("b4", mandate="Buurtraad"))[1] == []


def test_of_rounds_out_of_order_the_last_counts(tmp_path):
    ballots, _ = read(
        tmp_path, f"{HEAD}b1;residents;;3;points;9;9\n{BOTH}b1;residents;;2;points;1;1\n"
    )

    assert [(one.participant, one.round) for one in latest(ballots)] == [("b1", 3), ("g1", 1)]
