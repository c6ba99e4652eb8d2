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
        ("b2;residents;;1;points;-1;1", "ballot.negative"),
        ("b2;residents;;1;points;;1", "ballot.gap"),
        ("b2;residents;;1;points;0;0", "ballot.all_zero"),
        ("b1;municipality;;2;points;1;1", "ballot.two_sides"),
        ("b1;residents;;1;points;1;1", "ballot.duplicate"),
        ("b2;residents;=x;1;points;1;1", "text.formula"),
    ],
)
def test_a_fault_in_a_row_is_named(tmp_path, row, code):
    _, faults = read(tmp_path, f"{HEAD}{BOTH}{row}\n")

    assert faults == [code]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("-1;1", "ballots.csv, row 4, field 'x': found '-1'. Give 0 or more; 0 means that"),
        (";1", "ballots.csv, row 4, field 'x': Fill in a number (0 means: does not matter)"),
        ("0;0", "ballots.csv, row 4: Give one criterion more than 0, or leave the whole row"),
    ],
)
def test_a_fault_in_the_answers_names_the_place_and_the_remedy(tmp_path, answers, message):
    path = tmp_path / "ballots.csv"
    path.write_text(f"{HEAD}{BOTH}b2;residents;;1;points;{answers}\n")
    faults = Faults()

    ballots = read_ballots(path, ("x", "y"), faults)

    assert [str(fault)[: len(message)] for fault in faults] == [message]
    assert [ballot.participant for ballot in ballots] == ["b1", "g1"]


def test_a_missing_column_is_named_and_no_ballot_is_read(tmp_path):
    ballots, faults = read(tmp_path, "participant;side;x;y\nb1;residents;1;2\n")

    assert ballots == ()
    assert faults == ["table.missing_column"]


def test_a_side_that_only_abstains_is_named(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text(f"{HEAD}b1;residents;;1;points;1;2\ng1;municipality;;1;points;;\n")
    faults = Faults()

    read_ballots(path, ("x", "y"), faults)

    assert [str(fault) for fault in faults] == [
        "ballots.csv, field 'side': found 'municipality'. Side 'municipality' has no filled-in "
        "ballot; without both sides nothing can be weighed together."
    ]


def _given(name, side):
    return Ballot(participant=name, side=side, criteria=("x", "y"), answers=(1.0, 2.0))


def test_answers_from_another_file_make_this_file_superfluous(tmp_path):
    beside, faults = [_given("b1", "residents"), _given("g1", "municipality")], Faults()

    assert read_ballots(tmp_path / "ballots.csv", ("x", "y"), faults, beside) == tuple(beside)
    assert not faults


def test_answers_from_another_file_still_need_both_sides(tmp_path):
    faults = Faults()

    read_ballots(tmp_path / "ballots.csv", ("x", "y"), faults, [_given("b1", "residents")])

    assert [(fault.code, fault.details["side"]) for fault in faults] == [
        ("ballot.side_without_ballots", "municipality")
    ]


def test_a_file_with_ballots_stands_before_those_beside_it_and_may_not_repeat_them(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text(HEAD + BOTH)
    faults = Faults()

    ballots = read_ballots(
        path, ("x", "y"), faults, [_given("b1", "residents"), _given("b2", "residents")]
    )

    assert [ballot.participant for ballot in ballots] == ["g1", "b1", "b2"]
    assert [str(fault.where) for fault in faults] == ["ballots.csv, row 2, field 'participant'"]


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
