"""How often somebody may try: a count per client that keeps no address.

A client is known only by a keyed hash of what it sent, with a key that exists in
the memory of this process and nowhere else. A count is gone a minute after its
last try.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

MINUTE = 60.0
_MOST_KEPT = 20_000


class Limiter:
    """Counts tries of the last minute.

    Parameters
    ----------
    most : int
        Tries a minute.
    clock : callable, optional
        Seconds that only go up.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._tries: dict[bytes, deque[float]] = {}
        self._key = secrets.token_bytes(32)
        self._lock = Lock()

    def wait(self, *who: str) -> float:
        """Say how many seconds a client has to wait before it may try again."""
        with self._lock:
            tries = self._recent(self._client(who))
            return 0.0 if len(tries) < self._most else tries[0] + MINUTE - self._clock()

    def count(self, *who: str) -> None:
        """Count a try."""
        with self._lock:
            client = self._client(who)
            tries = self._recent(client)
            tries.append(self._clock())
            self._tries[client] = tries
            if len(self._tries) > _MOST_KEPT:
                self._forget()

    def _client(self, who: tuple[str, ...]) -> bytes:
        return hashlib.blake2b("\0".join(who).encode(), key=self._key, digest_size=16).digest()

    def _recent(self, client: bytes) -> deque[float]:
        tries = self._tries.get(client, deque())
        while tries and tries[0] <= self._clock() - MINUTE:
            tries.popleft()
        return tries

    def _forget(self) -> None:
        """Drop who did not try for a minute; when that is not enough, who tried longest ago."""
        last = sorted((tries[-1], client) for client, tries in self._tries.items() if tries)
        kept = [client for at, client in last if at > self._clock() - MINUTE][-_MOST_KEPT // 2 :]
        self._tries = {client: self._tries[client] for client in kept}
