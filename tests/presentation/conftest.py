"""Two outcomes: the golden case, and a small heat decision with everything that can go on."""

from pathlib import Path

import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"

FILES = {
    "scenario.toml": """
id = "proef"
title = { nl = "Proefbuurt", en = "Test neighbourhood" }
seed = 3
draws = 400
tie_margin = 0.10
""",
    "framework.toml": """
[[values]]
id = "kosten"
label = { nl = "Kosten", en = "Costs" }
is_cost = true

[[values]]
id = "meer"
label = { nl = "Meer dan kosten", en = "More than costs" }

[[criteria]]
id = "K1"
label = { nl = "Nationale meerkosten", en = "Additional national cost" }
value = "kosten"
unit = "€/weq/yr"
worst = 2000
best = 0
perspective = "national"

[[criteria]]
id = "K2"
label = { nl = "Jaarlijkse warmtekosten", en = "Yearly cost of heat" }
value = "kosten"
unit = "€/dwelling/yr"
worst = 3400
best = 2000
perspective = "resident"

[[criteria]]
id = "D1"
label = { nl = "Zeggenschap van bewoners", en = "Say of residents" }
value = "meer"
unit = "0–5"
worst = 0
best = 5
value_function = { anchors = [[0, 0], [3, 0.6], [5, 1]] }

[[criteria]]
id = "S3"
label = { nl = "Gedoe in de woning", en = "Hassle in the home" }
value = "meer"
unit = "days"
worst = 15
best = 0

[[criteria]]
id = "L1"
label = { nl = "CO₂-uitstoot", en = "CO₂ emissions" }
value = "meer"
unit = "kg/dwelling/yr"
worst = 3000
best = 0

[[criteria]]
id = "L3"
label = { nl = "Geluid op de erfgrens", en = "Noise at the plot boundary" }
value = "meer"
unit = "dB(A)"
worst = 50
best = 25

[[requirements]]
id = "geluid"
criterion = "L3"
limit = 40
sense = "at_most"
source = "Besluit bouwwerken leefomgeving"
""",
    "alternatives.csv": """alternative;label;label_en
gas;Gasketel, zoals nu;Gas boiler, as today
net_publiek;Warmtenet op restwarmte, openbaar warmtebedrijf;Residual heat network, public company
net_schap;Warmtenet op restwarmte, warmteschap van bewoners;Residual heat network, heat community
lucht;Luchtwarmtepomp, ieder voor zich;Air heat pump, each for oneself
luid;Oude luchtwarmtepomp met veel geluid;Old and noisy air heat pump
""",
    "sources.csv": """source;title;publisher;year
rek;Eigen berekening;waardeweging;2026
des;Schatting van deskundigen;waardeweging;2026
""",
    "ballots.csv": """participant;side;department;round;method;K1;K2;D1;S3;L1;L3
b1;residents;;1;points;0;30;40;20;5;5
b2;residents;;1;points;10;20;30;20;10;10
b3;residents;;1;points;0;40;10;30;10;10
b4;residents;;1;points;20;20;20;20;20;20
b5;residents;;1;points;0;0;0;0;0;100
b6;residents;;1;points;;;;;;
g1;municipality;;1;points;60;30;5;5;50;10
g2;municipality;;1;points;40;30;10;5;40;15
c1;netbeheerder;;1;points;40;30;10;5;40;15
""",
}

# K1, K2, D1, S3, L1, L3 of each option, as low, mid and high.
PERFORMANCES = {
    "gas": ((0, 0, 0), (1930, 2270, 2600), (1, 1, 1), (0, 0, 1), (2300, 2400, 2500), (25, 25, 25)),
    "net_publiek": (
        (300, 540, 700), (2100, 2450, 2800), (1, 2, 3), (3, 5, 8), (700, 900, 1200), (25, 25, 25)
    ),
    "net_schap": (
        (300, 540, 700), (2050, 2400, 2800), (4, 5, 5), (3, 5, 8), (700, 900, 1200), (25, 25, 25)
    ),
    "lucht": (
        (400, 690, 900), (2000, 2350, 2900), (3, 4, 5), (4, 7, 12), (500, 700, 1000), (30, 38, 42)
    ),
    "luid": (
        (350, 600, 900), (2000, 2300, 2900), (3, 4, 5), (4, 7, 12), (500, 700, 1000), (41, 45, 49)
    ),
}  # fmt: skip
UNITS = {
    "K1": "€/weq/yr",
    "K2": "€/dwelling/yr",
    "D1": "0–5",
    "S3": "days",
    "L1": "kg/dwelling/yr",
    "L3": "dB(A)",
}


def write(folder):
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    lines = ["alternative;criterion;low;mid;high;unit;grounds;source"]
    for option, cells in PERFORMANCES.items():
        for (criterion, unit), (low, mid, high) in zip(UNITS.items(), cells, strict=True):
            of_experts = criterion in ("D1", "S3")
            grounds, source = ("expert", "des") if of_experts else ("calculated", "rek")
            lines.append(f"{option};{criterion};{low};{mid};{high};{unit};{grounds};{source}")
    (folder / "performances.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def golden():
    return analyse(read_scenario(SCENARIOS / "golden").with_draws(200))


@pytest.fixture(scope="session")
def heat(tmp_path_factory):
    return analyse(read_scenario(write(tmp_path_factory.mktemp("proef"))))


@pytest.fixture(params=["golden", "heat"])
def outcome(request):
    return request.getfixturevalue(request.param)
