"""With which software a bundle was made: a list to install from, and a bill of materials."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from waardeweging import __version__

PROGRAM = "waardeweging"


@cache
def installed() -> Mapping[str, str]:
    """Give name and version of every package that the program needs, itself included."""
    found: dict[str, str] = {}
    waiting = [PROGRAM]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = package.version
        waiting += _needed(package.requires or ())
    found[PROGRAM] = __version__
    return dict(sorted(found.items()))


def requirements() -> bytes:
    """Write the packages as a file that pip installs from."""
    return "".join(f"{name}=={version}\n" for name, version in installed().items()).encode()


def bill_of_materials() -> dict[str, Any]:
    """Give the packages as a CycloneDX bill, without a date and with the same number every time.

    References
    ----------
    Ecma International, ECMA-424: CycloneDX Bill of materials specification, version 1.6, 2024.
    """
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    def component(name: str, version: str, kind: ComponentType) -> Component:
        return Component(
            name=name,
            version=version,
            type=kind,
            bom_ref=f"{name}@{version}",
            purl=PackageURL("pypi", None, name, version),
        )

    bill = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, requirements().decode()))
    bill.metadata.timestamp = None  # type: ignore[assignment]
    bill.metadata.component = component(PROGRAM, __version__, ComponentType.APPLICATION)
    packages = [
        component(name, version, ComponentType.LIBRARY)
        for name, version in installed().items()
        if name != PROGRAM
    ]
    bill.components.update(packages)
    bill.register_dependency(bill.metadata.component, packages)
    written: dict[str, Any] = json.loads(JsonV1Dot6(bill).output_as_string())
    return written


def _needed(given: Iterable[str]) -> list[str]:
    wanted = [Requirement(text) for text in given]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
