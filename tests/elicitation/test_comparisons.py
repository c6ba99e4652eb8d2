import pytest

from waardeweging.elicitation.comparisons import Answer, anchors, read_comparisons
from waardeweging.problem.errors import Faults

CRITERIA = ("a", "b", "c", "d")
VALUES = {"v": ("a", "b"), "w": ("c", "d")}
HEAD = "participant;side;department;round;first;second;answer"


def read(tmp_path, method, *rows, head=HEAD):
    path = tmp_path / f"{method}.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    faults = Faults()
    return read_comparisons(path, method, CRITERIA, VALUES, faults), list(faults)


def codes(faults):
    return [(one.code, one.where.row, one.where.field) for one in faults]


def test_every_row_is_an_answer_of_its_participant(tmp_path):
    (one, other), faults = read(
        tmp_path,
        "best_worst",
        "p1;residents;;1;a;b;2",
        "p2;municipality;team;2;b;d;3",
        "p1;residents;;1;a;c;4,5",
        "p1;residents;;;a;d;8",
        "p2;municipality;team;2;b;c;1",
        "p2;municipality;team;2;a;d;2",
    )

    assert not faults
    assert (one.participant, one.side, one.department, one.round) == ("p1", "residents", "", 1)
    assert [answer.times for answer in one.answers] == [2, 4.5, 8]
    assert [answer.row for answer in one.answers] == [2, 4, 5]
    assert (other.department, other.round, other.method) == ("team", 2, "best_worst")


def test_a_skipped_answer_is_no_fault_and_no_answer_at_all_is_an_abstention(tmp_path):
    (one, other), faults = read(
        tmp_path,
        "pairwise",
        *("p1;residents;;1;a;b;2", "p1;residents;;1;b;c;", "p1;residents;;1;a;c;4"),
        *("p1;residents;;1;a;d;1/8", "p2;residents;;1;;;"),
    )

    assert not faults
    assert [(answer.first, answer.second) for answer in one.answers] == [
        *(("a", "b"), ("a", "c"), ("a", "d"))
    ]
    assert one.answers[2].times == 1 / 8
    assert other.answers == ()


def test_an_order_may_be_about_values_and_need_not_link_everything(tmp_path):
    (one,), faults = read(
        tmp_path,
        "orders",
        *("p1;residents;;1;v;w;", "p1;residents;;1;a;b;at_least", "p1;residents;;1;c;d;equal"),
    )

    assert not faults
    assert [answer.relation for answer in one.answers] == ["more", "at_least", "equal"]
    assert one.answers[0] == Answer("v", "w", row=2)


def test_the_column_with_answers_may_be_absent_in_orders_only(tmp_path):
    head = "participant;side;first;second"
    (one,), faults = read(tmp_path, "orders", "p1;residents;a;b", head=head)
    nothing, missing = read(tmp_path, "pairwise", "p1;residents;a;b", head=head)

    assert (len(one.answers), faults) == (1, [])
    assert nothing == ()
    assert missing[0].where.field == "answer"


@pytest.mark.parametrize(
    ("method", "row", "code", "field"),
    [
        ("pairwise", "p1;residents;;1;a;x;2", "unknown", "second"),
        ("pairwise", "p1;residents;;1;v;a;2", "unknown", "first"),
        ("pairwise", "p1;residents;;1;;a;2", "unknown", "first"),
        ("pairwise", "p1;residents;;1;a;a;2", "itself", "second"),
        ("orders", "p1;residents;;1;v;b;", "itself", "second"),
        ("orders", "p1;residents;;1;a;b;heavier", "relation", "answer"),
        ("best_worst", "p1;residents;;1;a;b;0,5", "times_best_worst", "answer"),
        ("best_worst", "p1;residents;;1;a;b;1001", "times_best_worst", "answer"),
        ("pairwise", "p1;residents;;1;a;b;0", "times_pairwise", "answer"),
        ("pairwise", "p1;residents;;1;a;b;-2", "times_pairwise", "answer"),
        ("pairwise", "p1;residents;;1;a;b;1/0", "times_pairwise", "answer"),
        ("pairwise", "p1;residents;;1;a;b;1/2/3", "times_pairwise", "answer"),
        ("pairwise", "p1;residents;;1;a;b;1/1001", "times_pairwise", "answer"),
    ],
)
def test_an_answer_that_cannot_be_read_is_named_with_its_place(tmp_path, method, row, code, field):
    found, faults = read(tmp_path, method, row)

    assert found == ()
    assert codes(faults) == [(f"comparison.{code}", 2, field)]


def test_the_ends_of_the_scale_are_allowed(tmp_path):
    rows = ("p1;residents;;1;a;b;1", "p1;residents;;1;a;c;1000", "p1;residents;;1;a;d;1/1000")
    (one,), faults = read(tmp_path, "pairwise", *rows)

    assert not faults
    assert [answer.times for answer in one.answers] == [1, 1000, 1 / 1000]


def test_every_fault_of_a_row_and_of_every_row_is_named(tmp_path):
    found, faults = read(
        tmp_path, "pairwise", "p 1;;;x;a;b;2", "p2;residents;;1;a;b;two", "p2;residents;;1;c;d;2"
    )

    assert found == ()
    assert [(row, field) for _, row, field in codes(faults)] == [
        *((2, "participant"), (2, "side"), (2, "round"), (3, "answer"))
    ]


def test_a_participant_keeps_one_side_and_department(tmp_path):
    rows = ("p1;residents;;1;a;b;2", "p1;municipality;;1;a;c;2", "p1;residents;x;1;a;d;2")
    found, faults = read(tmp_path, "pairwise", *rows)

    assert found == ()
    assert codes(faults) == [
        ("comparison.two_places", 3, "side"),
        ("comparison.two_places", 4, "department"),
    ]
    assert faults[0].details["other"] == "residents"


LINKED = ("p1;residents;;1;a;b;3", "p1;residents;;1;a;c;3", "p1;residents;;1;a;d;9")


def test_two_answers_on_the_same_pair_that_clash_are_both_named(tmp_path):
    _, twice = read(tmp_path, "pairwise", *LINKED, "p1;residents;;1;a;b;4")
    _, clash = read(tmp_path, "pairwise", *LINKED, "p1;residents;;1;b;a;1/2")
    (one,), rounded = read(tmp_path, "pairwise", *LINKED, "p1;residents;;1;b;a;0,33")

    assert codes(twice) == [("comparison.twice", 5, "answer")]
    assert twice[0].details["row"] == "2"
    assert codes(clash) == [("comparison.clash", 5, "answer")]
    assert clash[0].details == {"row": "2", "other": "3"}
    assert clash[0].found == "0.5"
    assert not rounded
    assert len(one.answers) == 4


def test_best_and_worst_are_found_from_the_answers():
    def pairs(*names):
        return [Answer(name[0], name[1]) for name in names]

    assert anchors(pairs("ab", "ac", "ad", "bd", "cd")) == ("a", "d")
    # Any of three could be the worst; the one named most is taken.
    assert anchors(pairs("ab", "ac", "bc")) == ("a", "c")
    assert anchors(pairs("ab", "cd")) == ("a", "d")
    assert anchors(pairs("ab", "bc", "ca")) is None


def test_answers_about_neither_the_best_nor_the_worst_are_refused(tmp_path):
    rows = ("p1;residents;;1;a;b;2", "p1;residents;;1;b;c;2", "p1;residents;;1;c;a;2")
    _, faults = read(tmp_path, "best_worst", *rows, "p1;residents;;1;a;d;2")

    assert codes(faults) == [("comparison.no_anchors", 2, "first")]
    assert faults[0].found == "p1"


def test_criteria_that_nothing_links_are_named(tmp_path):
    _, faults = read(tmp_path, "pairwise", "p1;residents;;1;a;b;2", "p1;residents;;1;b;c;2")

    assert codes(faults) == [("comparison.unlinked", 2, "participant")]
    assert faults[0].details["criteria"] == "d"
