import shutil

import numpy as np
import pytest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.problem.errors import faults_in
from waardeweging.selection.reading import read_initiatives

EXAMPLE = bundled_scenarios() / "initiatieven"
IDS = [
    line.split(";")[0]
    for line in (EXAMPLE / "alternatives.csv").read_text("utf-8").splitlines()[1:]
]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "plans")


def read(folder):
    return read_initiatives(folder, folder / "initiatives.csv", IDS, np.ones(len(IDS), bool))


def codes(folder):
    with pytest.raises(ExceptionGroup) as caught:
        read(folder)
    return [fault.code for fault in faults_in(caught.value)]


def replace(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_example_is_read_whole(folder):
    initiatives, draws = read(folder)

    assert draws == 100
    assert [one.id for one in initiatives.resources] == ["budget", "hours"]
    assert initiatives.use[0].tolist() == [90000.0, 400.0]
    assert {group.category for group in initiatives.groups} == {"Noord", "Zuid", "West", "bewoners"}
    assert initiatives.needs == ((IDS.index("wijkwarmte"), IDS.index("energiecafe")),)
    assert initiatives.excludes == ((IDS.index("wijkwarmte"), IDS.index("netbedrijf")),)


def test_every_fault_of_the_table_is_named_at_once(folder):
    replace(folder, "initiatives.csv", "90000;400", "-1;")
    replace(folder, "initiatives.csv", "energiecoach;", "energiecafe;")
    replace(folder, "initiatives.csv", "netbedrijf;60000", "onbekend;1.234")
    replace(folder, "initiatives.csv", "energiecafe;netbedrijf", "wijkwarmte;bestaatniet")

    assert sorted(codes(folder)) == [
        "number.empty",
        "selection.absent",
        "selection.absent",
        "selection.amount",
        "selection.link",
        "selection.link",
        "selection.twice",
        "selection.unknown",
    ]


def test_every_fault_of_the_rules_is_named_at_once(folder):
    replace(folder, "selection.toml", 'column = "district"', 'column = "wijk"')
    replace(folder, "selection.toml", '"bewoners"', '"burgers"')
    replace(folder, "selection.toml", "agreed = []", 'agreed = ["niets"]')

    assert sorted(codes(folder)) == ["selection.category", "selection.column", "selection.unknown"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "hours"', 'id = "budget"', "selection.name"),
        ("limit = 320000", "limit = -1", "number.too_low"),
        ("limit = 320000", "limit = nan", "number.not_finite"),
        ("at_least = 1\n", "", "selection.no_number"),
        ("at_least = 3", "at_least = 3\nat_most = 2", "selection.crossed"),
        ("at_least = 3", "at_least = 3\nother = 2", "field.unknown"),
        ("draws = 100", "draws = 0", "number.too_low"),
        ('column = "led_by"', "column = 3", "field.text"),
    ],
)
def test_a_wrong_rule_is_named(folder, old, new, code):
    replace(folder, "selection.toml", old, new)

    assert codes(folder) == [code]


def test_without_resources_there_is_nothing_to_choose_under(folder):
    (folder / "selection.toml").write_text("resources = []\n", encoding="utf-8")

    assert codes(folder) == ["selection.no_capacity"]


def test_an_absent_file_is_named(folder):
    (folder / "selection.toml").unlink()

    assert codes(folder) == ["file.missing"]


def test_a_district_with_control_signs_is_a_fault(folder):
    replace(folder, "initiatives.csv", ";Noord;", ";No\u202eord;")

    assert len(codes(folder)) == 1
