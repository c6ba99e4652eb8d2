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
            gc.enable()
