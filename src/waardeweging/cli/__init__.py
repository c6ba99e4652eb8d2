"""Thin commands: read, hand over, show. Nothing is computed here.

Exit status: 0 success, 1 the input has faults (nothing is written), 2 wrong use.
"""

# The order is that of the list of commands.
from waardeweging.cli import (  # noqa: I001
    weighing,
    energy,
    batch,
    proof,
    imports,
    databases,
    workshops,
    projects,
)
from waardeweging.cli.root import main

__all__ = [
    "batch",
    "databases",
    "energy",
    "imports",
    "main",
    "projects",
    "proof",
    "weighing",
    "workshops",
]
