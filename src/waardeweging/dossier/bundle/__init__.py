"""The bundle: everything that anyone needs to recalculate an outcome, in one zip."""

from waardeweging.dossier.bundle.events import Opened
from waardeweging.dossier.bundle.levels import Level
from waardeweging.dossier.bundle.write import build_bundle, write_bundle

__all__ = ["Level", "Opened", "build_bundle", "write_bundle"]
