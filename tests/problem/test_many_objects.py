import gc

import pytest

from waardeweging.problem.many_objects import many_objects


def test_the_search_for_cycles_waits_and_goes_on_afterwards_whatever_happens():
    was_on = []

    def halfway():
        with many_objects():
            was_on.append(gc.isenabled())
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        halfway()

    assert was_on == [False]
    assert gc.isenabled()


def test_who_switched_it_off_finds_it_off():
    gc.disable()
    try:
        with many_objects():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
