"""Making hundreds of thousands of objects at once, such as the ballots of a neighbourhood."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """Put off the search for cycles, which there are none of in what is read from files.

    While objects only pile up, looking through all of them time and again takes longer
    than making them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _count_as_old()
            gc.enable()


def _count_as_old() -> None:
    """Let the next search, which is for young objects, pass by all there are now."""
    # Frozen objects are taken out of the search; back in, they count as the oldest.
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
