import pickle

from waardeweging.process.state import Sheet, Workshop


def test_a_new_workshop_has_every_sheet_waiting(log):
    assert {sheet.status for sheet in log.state.sheets.values()} == {"waiting"}
    assert not log.state.is_frozen
    assert log.state.active_sheets == ()


def test_a_state_survives_a_cache(log):
    assert pickle.loads(pickle.dumps(log.state)) == log.state


def test_a_sheet_tells_whether_a_result_may_have_been_shown():
    assert not Sheet("grades").was_closed
    assert Sheet("grades", head_at_close="0" * 64).was_closed
    assert Workshop("w").number == 0
