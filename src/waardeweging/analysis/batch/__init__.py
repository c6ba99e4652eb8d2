"""A whole country in one run: the questions of `analyse`, for every neighbourhood.

The formulas are those of one evening. What differs is that everything which is the same
in every neighbourhood is read, drawn and added up once.
"""

from __future__ import annotations

from waardeweging.analysis.batch.run import BatchResult, Progress, run_batch
from waardeweging.analysis.batch.settings import BASE, MOST_DRAWS, WEIGHT_SETS, Job, make_job

__all__ = [
    "BASE",
    "MOST_DRAWS",
    "WEIGHT_SETS",
    "BatchResult",
    "Job",
    "Progress",
    "make_job",
    "run_batch",
]
