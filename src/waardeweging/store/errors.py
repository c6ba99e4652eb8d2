"""Why the store can refuse: busy, full, in use, damaged, or the same key for something else."""

from __future__ import annotations

from waardeweging.problem.errors import InputError, Place

_PAIRS = (
    ("store.absent", "Start the app once; it makes the database."),
    ("store.broken", "Record {number} was altered; use a backup."),
    ("store.busy", "Try again in a few seconds; what was saved is safe."),
    ("store.conflict", "Load the page again; this was sent with another answer."),
    ("store.damaged", "The file is damaged; restore a backup."),
    ("store.exists", "Choose another name; {name} exists."),
    ("store.in_use", "Another server uses this file; stop it first."),
    (
        "store.network",
        "Choose a disk of this computer, or PostgreSQL; this is a network disk.",
    ),
    ("store.newer", "A newer version made this database; use that version."),
    ("store.no_backup", "Choose a file that 'store backup' wrote."),
    ("store.no_folder", "Choose a folder that exists."),
    ("store.no_wal", "Choose another disk; this one cannot share memory."),
    ("store.not_empty", "Restore into a new, empty database."),
    ("store.older", "Start the app once; it brings the database up to date."),
    ("store.other_file", "Choose another file; this one belongs to another program."),
    ("store.project_here", "Open it here; this database has the project already."),
    ("store.read_only", "The disk is nearly full; make room and try again."),
    ("store.retention", "Write a whole number of days in {name}, 1 to {most}."),
    (
        "store.secret_file",
        "Let {name} name a file that can be read, with 32 signs or more drawn by lot.",
    ),
    ("store.secret_missing", "Set {name} to the file that this database was used with."),
    ("store.secret_other", "Another file than before stands in {name}; give that one."),
    ("store.unreachable", "Start the database server, or check its address and password."),
    ("store.url", "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."),
    ("workshop.card_ended", "This card ended; ask for a new one."),
    ("workshop.draft_size", "Load the page again."),
    ("workshop.ended", "This workshop is over; answers stay as they are."),
    ("workshop.file_path", "Give paths inside the folder of the scenario."),
    ("workshop.files_size", "Leave out what the scenario does not need."),
    ("workshop.hidden_sign", "Remove the invisible sign."),
    ("workshop.key", "Load the page again."),
    ("workshop.long_text", "Shorten it to {most} signs."),
    ("workshop.many_remarks", "Delete one of your remarks first."),
    ("workshop.no_card", "Check the code on your card."),
    ("workshop.no_text", "Write something first."),
    ("workshop.unknown", "Check the link; this workshop is not here."),
)
_REMEDIES = dict(_PAIRS)


class StoreError(InputError):
    """The store refuses; what was acknowledged before is safe."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, where=Place("database"), remedy=_REMEDIES[code], **details)


class StoreBusy(StoreError):
    """Too much to write at once, or the database is away for a moment: try again soon.

    Parameters
    ----------
    retry_after : int
        Seconds to wait. [s]
    """

    def __init__(self, retry_after: int = 2) -> None:
        self.retry_after = retry_after
        super().__init__("store.busy")


class StoreReadOnly(StoreError):
    """The disk is nearly full: everything can be read and nothing can be written."""

    def __init__(self) -> None:
        super().__init__("store.read_only")


class Conflict(StoreError):
    """The same key came with something else before."""

    def __init__(self) -> None:
        super().__init__("store.conflict")


def refusal(code: str, field: str, **details: object) -> InputError:
    """Refuse what somebody asked of a workshop."""
    where = Place("workshop", None, field)
    return InputError(code, where=where, remedy=_REMEDIES[code], **details)
