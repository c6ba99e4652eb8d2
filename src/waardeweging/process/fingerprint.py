"""Fingerprints of what people decide about: the files, and the files with the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from waardeweging.process.canonical import canonical
from waardeweging.process.events import Rules


def files_fingerprint(files: Mapping[str, str]) -> str:
    """Give one SHA-256 over the SHA-256 of every file, by path."""
    return hashlib.sha256(canonical(files)).hexdigest()


def fingerprint(files_sha256: str, rules: Rules) -> str:
    """Give the fingerprint of the files together with the rules."""
    both = {"files": files_sha256, "rules": rules.model_dump(mode="json")}
    return hashlib.sha256(canonical(both)).hexdigest()
