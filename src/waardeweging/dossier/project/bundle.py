"""The bundle of a project: its log and files, and the facts that follow from them.

The log goes along whole or not at all: a link that is left out proves nothing before it.
It stays inside when it tells how a few people voted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from waardeweging import __version__
from waardeweging.dossier.bundle.container import pack
from waardeweging.dossier.bundle.contents import (
    EVENTS,
    FILES,
    HEAD,
    MANIFEST,
    README,
    REPORT,
    REQUIREMENTS,
    SOFTWARE,
    Version,
)
from waardeweging.dossier.bundle.crate import CRATE, crate
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.events import events_document
from waardeweging.dossier.bundle.software import bill_of_materials, requirements
from waardeweging.dossier.bundle.write import manifest
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.presentation.catalog import text
from waardeweging.problem.labels import Described
from waardeweging.process.chain import Recorded

FORMAT: Literal["waardeweging-project-bundle"] = "waardeweging-project-bundle"
FACTS = "project.json"
ALWAYS = (HEAD, README, FACTS, REQUIREMENTS, SOFTWARE, CRATE)
SOMETIMES = (EVENTS,)
ABOUT = {
    HEAD: "What this bundle is: day, version, language",
    README: "How to check this bundle",
    FACTS: "Everything that the dossier of the project tells",
    EVENTS: "Log of the project, as a chain of hashes",
    REQUIREMENTS: "Software to install for the same result",
    SOFTWARE: "Software bill of materials (CycloneDX)",
}
_COUNTED = ("session_weighed", "cooperation_measured")


class ProjectHead(Described):
    """What the bundle of a project is.

    Parameters
    ----------
    format : str
    format_version : int
    language : str
        Of the sentences in the facts.
    date : str
        Day for which is told what is late and what is still to come.
    version : str
        Of the program that made it.
    """

    format: Literal["waardeweging-project-bundle"] = FORMAT
    format_version: Literal[1] = 1
    language: Literal["nl", "en"]
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    version: Version = __version__


def project_bundle(
    source: ProjectSource, facts: Mapping[str, Any], report: Mapping[str, bytes]
) -> bytes:
    """Give the bytes of the bundle of a project; the same facts give the same bytes.

    Parameters
    ----------
    source : ProjectSource
    facts : mapping
        As `project_facts` gives them for that source.
    report : mapping of str to bytes
        The dossier in other forms, by file name.
    """
    head = ProjectHead(language=facts["language"], date=facts["date"])
    mark, title = "", facts["project"]["title"]
    if facts["project"]["exploration"]:
        mark = f"{text('dossier.watermark', head.language)}: "
    made = {
        HEAD: write_json(head.model_dump(mode="json")),
        README: f"{mark}{text('verify.readme', head.language, version=head.version)}\n".encode(),
        FACTS: write_json(facts),
        REQUIREMENTS: requirements(),
        SOFTWARE: write_json(bill_of_materials()),
    }
    if not tells_on_few(source.records, facts["fewest"]):
        made[EVENTS] = write_json(events_document(source.records))
    for number, files in enumerate(source.files, 1):
        made |= {f"{FILES}{number}/{name}": given for name, given in files.items()}
    made |= {f"{REPORT}{name}": given for name, given in report.items()}
    made[CRATE] = write_json(crate(made, ABOUT, f"{mark}{title}", head.date))
    return pack(made | {MANIFEST: manifest(made)})


def tells_on_few(records: Sequence[Recorded], fewest: int) -> bool:
    """Say whether a log tells how a few people voted, or that only a few were there."""
    counts = [one.body["of"] for one in records if one.kind in ("sheet_voted", "rule_voted")] + [
        n for one in records if one.kind in _COUNTED for n in one.body["counted"].values()
    ]
    return any(0 < count < fewest for count in counts)
