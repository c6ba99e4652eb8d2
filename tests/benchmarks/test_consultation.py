"""The made-up file of the benchmark is one that the program reads."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.consultation import EXAMPLE, made_up

from waardeweging.analysis.consulting import asked_of
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.consultation_file import read_consultation


def test_the_made_up_rows_are_answers(tmp_path):
    path = tmp_path / "consultation.csv"
    path.write_text("\n".join(";".join(line) for line in made_up(200)), encoding="utf-8")
    found = read_consultation(path, asked_of(read_scenario(EXAMPLE)))

    assert len(found) == len(found.counted) == 200
    assert found.knows_order
    assert not found.abstains.any()
