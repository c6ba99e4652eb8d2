from waardeweging.process import workshop as process
from waardeweging.process.publication import has_seen
from waardeweging.process.steps import NAMES

OUTCOME, VALUES = NAMES.index("outcome"), NAMES.index("values")


def test_a_result_is_seen_once_its_sheet_is_closed_and_nothing_covers_it(exploring):
    def seen(since=0):
        return has_seen(exploring.records, "outcome", since)

    exploring.do(process.open_sheet, "round-1", None, "2026-11-23T19:00:00.000Z")
    exploring.do(process.show, OUTCOME, "joint")
    assert not seen()
    exploring.do(process.show, VALUES, "values")
    exploring.do(process.close, "round-1")
    exploring.do(process.hide, True)
    exploring.do(process.show, OUTCOME, "joint")
    assert not seen()
    exploring.do(process.hide, False)
    uncovered = exploring.state.number
    exploring.do(process.show, NAMES.index("closing"), "head")

    assert seen()
    assert seen(uncovered)
    assert not seen(uncovered + 1)
    assert has_seen(exploring.records, "values")
