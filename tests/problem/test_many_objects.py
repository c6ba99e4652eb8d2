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


def test_what_was_made_counts_as_old_so_that_the_next_search_passes_it_by():
    # Whoever runs the tests may keep its own objects out of the search.
    gc.unfreeze()
    gc.collect()
    with many_objects():
        made = [[number] for number in range(20_000)]

    assert any(one is made for one in gc.get_objects(generation=2))


def test_what_is_kept_out_of_the_search_stays_out():
    gc.collect()
    gc.freeze()
    try:
        with many_objects():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
