"""Where the scenarios that come with the project stand."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from waardeweging.analysis.scenario import FILE


def bundled_scenarios() -> Path:
    """Give the folder of scenarios: that of the clone, or the copy inside an installed wheel.

    Raises
    ------
    FileNotFoundError
        If neither is there.
    """
    inside = Path(str(resources.files("waardeweging"))) / "scenarios"
    beside = Path(__file__).resolve().parents[3] / "scenarios"
    for folder in (beside, inside):
        if (folder / "frameworks").is_dir():
            return folder
    raise FileNotFoundError("no scenarios come with this installation")


def scenario_folders(root: Path) -> tuple[Path, ...]:
    """List the scenario folders directly under a folder, by name."""
    return tuple(sorted(path.parent for path in root.glob(f"*/{FILE}")))
