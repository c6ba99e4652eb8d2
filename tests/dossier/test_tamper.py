"""Everything a forger may change is found, with the place named; see `forging`."""

import pytest
from tests.dossier.bundles import with_answers, with_rows, with_sides
from tests.dossier.forging import CLASSES, caught, flipped, forgery
from tests.dossier.workshop import workshop_bundle

from waardeweging.dossier.verify import verify_bundle


@pytest.mark.parametrize("whole", [with_sides, with_rows, with_answers, workshop_bundle])
def test_an_honest_bundle_is_right(whole):
    report = verify_bundle(whole())

    assert report.is_right


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("kind", CLASSES)
def test_a_forgery_is_caught_where_it_is(kind, number):
    whole, named = forgery(kind, number)

    assert caught(whole, named)


@pytest.mark.parametrize("whole", [with_sides, with_rows, with_answers])
def test_no_flipped_bit_goes_unseen(whole):
    assert all(caught(flipped(whole(), number)) for number in range(200))
