"""Verify a bundle: recalculate it, and say what was checked and what could not be."""

from waardeweging.dossier.verify.anchors import Anchors
from waardeweging.dossier.verify.report import Check, Report, State, Step
from waardeweging.dossier.verify.verify import verify_bundle

__all__ = ["Anchors", "Check", "Report", "State", "Step", "verify_bundle"]
