"""The description of a bundle for archives and research tools, as an RO-Crate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CRATE = "ro-crate-metadata.json"
_LICENCE = "Every source has a licence of its own: see inputs/sources.json."
_FORMATS = {
    ".json": "application/json",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def crate(
    files: Mapping[str, bytes], about: Mapping[str, str], title: str, date: str | None
) -> dict[str, Any]:
    """Describe files as an RO-Crate.

    Parameters
    ----------
    files : mapping of str to bytes
    about : mapping of str to str
        What a file holds, in a few words, by name.
    title : str
    date : str or None
        Of publication, ISO 8601; none is made up.

    References
    ----------
    S. Soiland-Reyes et al., Packaging research artefacts with RO-Crate, Data Science 5(2),
    2022, doi:10.3233/DS-210053.
    """
    from rocrate.rocrate import ROCrate

    made = ROCrate(gen_preview=False)
    made.name = title
    made.description = "Inputs, answers and outcome of a weighing, to be recalculated."
    made.license = _LICENCE
    del made.root_dataset["datePublished"]
    if date is not None:
        made.root_dataset["datePublished"] = date
    for name in sorted(files):
        made.add_file(
            None,
            dest_path=name,
            properties={
                "name": about.get(name, name),
                "encodingFormat": _FORMATS.get(name[name.rfind(".") :], "text/plain"),
                "contentSize": str(len(files[name])),
            },
        )
    written: dict[str, Any] = made.metadata.generate()
    return written
