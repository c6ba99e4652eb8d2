import pytest

from waardeweging.problem.errors import Faults
from waardeweging.problem.inheritance import framework_files
from waardeweging.problem.reading import read_framework

STATE = """
fixed = ["co2"]

[[values]]
id = "kosten"
label = { nl = "Kosten", en = "Costs" }

[[criteria]]
id = "prijs"
label = { nl = "Prijs", en = "Price" }
value = "kosten"
unit = "€"
worst = 3000
best = 0

[[criteria]]
id = "co2"
label = { nl = "CO2", en = "CO2" }
value = "kosten"
unit = "kg"
worst = 10
best = 0

[[requirements]]
id = "plafond"
criterion = "prijs"
limit = 2500
sense = "at_most"
negotiable = true
"""
TOWN = """
inherits = "rijk.toml"
level = "gemeente"

[[overrides]]
section = "criteria"
id = "prijs"
reason = "Prijzen zijn gestegen."
by = "raad, 3 maart 2026"
set = { worst = 4000 }

[[criteria]]
id = "hinder"
label = { nl = "Hinder", en = "Nuisance" }
value = "kosten"
unit = "weken"
worst = 20
best = 0
reason = "Bewoners vroegen erom."
"""
WARD = """
inherits = "gemeente.toml"
level = "wijk"

[[overrides]]
section = "requirements"
id = "plafond"
reason = "Eerst praten, dan een grens."
remove = true
"""


@pytest.fixture
def read(tmp_path):
    def read_with(**files):
        texts = {"rijk": STATE, "gemeente": TOWN, "wijk": WARD} | files
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        faults = Faults()
        return read_framework(tmp_path / "wijk.toml", faults), [fault.code for fault in faults]

    return read_with


def test_a_neighbourhood_follows_the_levels_above_except_where_it_says_why(read):
    framework, codes = read()

    assert codes == []
    assert [criterion.id for criterion in framework.criteria] == ["prijs", "co2", "hinder"]
    assert framework.criterion("prijs").worst == 4000
    assert framework.requirements == ()


def test_every_departure_is_listed_with_its_reason_from_the_highest_level_down(read):
    framework, _ = read()
    listed = [
        (one.level, one.change, one.id, one.field, one.was, one.now) for one in framework.overrides
    ]

    assert listed == [
        ("gemeente", "changed", "prijs", "worst", "3000", "4000"),
        ("gemeente", "added", "hinder", "", "", "hinder"),
        ("wijk", "removed", "plafond", "", "plafond", ""),
    ]
    assert framework.overrides[0].reason == "Prijzen zijn gestegen."
    assert framework.overrides[0].by == "raad, 3 maart 2026"


def test_all_files_of_the_chain_count_as_input(read, tmp_path):
    read()

    names = [path.name for path in framework_files(tmp_path / "wijk.toml")]
    assert names == ["wijk.toml", "gemeente.toml", "rijk.toml"]


def test_an_absent_framework_is_its_own_only_file(tmp_path):
    assert framework_files(tmp_path / "x.toml") == (tmp_path / "x.toml",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('reason = "Eerst praten, dan een grens."', 'reason = " "', "framework.no_reason"),
        ("remove = true", "", "framework.no_change"),
        ("remove = true", "remove = true\nset = { limit = 1 }", "framework.no_change"),
        ('id = "plafond"', 'id = "dak"', "framework.nothing_above"),
        ('id = "plafond"', "id = 3", "field.text"),
        ('inherits = "gemeente.toml"', 'inherits = "wijk.toml"', "framework.circle"),
        ('inherits = "gemeente.toml"', "inherits = 3", "framework.outside"),
        ('inherits = "gemeente.toml"', 'inherits = "weg.toml"', "file.missing"),
        ('inherits = "gemeente.toml"', 'inherits = "../../etc/x.toml"', "framework.outside"),
        ('section = "requirements"', 'section = "opties"', "field.choice"),
        ('level = "wijk"', 'level = "wijk"\nfixed = "prijs"', "field.list"),
        ('level = "wijk"', 'level = "wijk"\nanders = 1', "field.unknown"),
    ],
)
def test_a_wrong_departure_is_named(read, old, new, code):
    assert old in WARD
    _, codes = read(wijk=WARD.replace(old, new))

    assert codes == [code]


@pytest.mark.parametrize(("section", "name"), [("criteria", "co2"), ("requirements", "plafond")])
def test_what_a_higher_level_fixed_stays(read, section, name):
    ward = f"""
inherits = "rijk.toml"

[[overrides]]
section = "{section}"
id = "{name}"
reason = "Wij willen het anders."
remove = true
"""
    state = STATE.replace("negotiable = true", "negotiable = false")
    framework, codes = read(rijk=state, wijk=ward)

    assert framework is None
    assert codes == ["framework.fixed"]


def test_an_added_item_needs_a_reason_and_a_form(read):
    ward = 'inherits = "rijk.toml"\nvalues = "geen lijst"\n[[criteria]]\nid = "x"\n'
    _, codes = read(wijk=ward)

    assert codes.count("framework.no_reason") == 2


def test_a_changed_item_is_checked_like_any_other(read):
    ward = """
inherits = "rijk.toml"

[[overrides]]
section = "criteria"
id = "prijs"
reason = "Een bereik van niets."
set = { worst = 0 }
"""
    _, codes = read(wijk=ward)

    assert len(codes) == 1
    assert codes[0].startswith("criterion.")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('level = "gemeente"', f'level = "{"x" * 2001}"', "level"),
        ('level = "gemeente"', "level = 3", "level"),
        ('"Bewoners vroegen erom."', f'"{"x" * 2001}"', "reason"),
        ('reason = "Bewoners', 'by = 1e999\nreason = "Bewoners', "by"),
    ],
)
def test_who_departs_and_why_is_a_text_of_some_length(tmp_path, old, new, field):
    (tmp_path / "rijk.toml").write_text(STATE, encoding="utf-8")
    town = tmp_path / "gemeente.toml"
    town.write_text(TOWN.replace(old, new), encoding="utf-8")
    faults = Faults()
    read_framework(town, faults)

    assert [one.where.field for one in faults] == [field]
