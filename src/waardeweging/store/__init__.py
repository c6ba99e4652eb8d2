"""Keep it: workshops, cards, answers and remarks in SQLite or PostgreSQL. Computes nothing."""

from waardeweging.store.backup import backup, restore, verify
from waardeweging.store.errors import Conflict, StoreBusy, StoreError, StoreReadOnly
from waardeweging.store.integrity import Integrity
from waardeweging.store.places import is_there, retention_days
from waardeweging.store.store import Store, open_store, store_for_new
from waardeweging.store.types import Card, Entry, Evidence, Receipt, Remark, Seat, StaffSeat

__all__ = [
    "Card",
    "Conflict",
    "Entry",
    "Evidence",
    "Integrity",
    "Receipt",
    "Remark",
    "Seat",
    "StaffSeat",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreReadOnly",
    "backup",
    "is_there",
    "open_store",
    "restore",
    "retention_days",
    "store_for_new",
    "verify",
]
