"""The page about security keeps what it says: every test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "reference" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)
NETWORK = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request"}


@cache
def _functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_threat_has_a_control_and_a_test():
    for row in ROWS:
        threat, control, tests = (cell.strip() for cell in row.strip("| ").split(" | "))
        assert threat
        assert control
        assert re.fullmatch(r"(`tests/[\w/]+\.py::test_\w+` ?)+", tests), threat
    assert len(ROWS) >= 18


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_is_there(path, name):
    assert name in _functions(path)


def test_no_module_asks_the_network_for_anything():
    asking = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            asking |= {path.name for name in names if name in NETWORK}
    assert asking == set()
