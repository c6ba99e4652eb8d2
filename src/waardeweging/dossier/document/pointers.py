"""Facts by their pointer: where in the data a number of the dossier stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def pointer(*steps: str | int) -> str:
    """Write a JSON pointer.

    References
    ----------
    P. Bryan, K. Zyp and M. Nottingham, JavaScript Object Notation (JSON) Pointer,
    RFC 6901, 2013, section 3, doi:10.17487/RFC6901.
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def resolve(facts: Any, where: str) -> Any:
    """Give what stands at a pointer.

    Raises
    ------
    KeyError
        If nothing stands there.
    """
    found = facts
    for step in where.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found[name]
        elif isinstance(found, Sequence) and not isinstance(found, str) and name.isdigit():
            if int(name) >= len(found):
                raise KeyError(where)
            found = found[int(name)]
        else:
            raise KeyError(where)
    return found
