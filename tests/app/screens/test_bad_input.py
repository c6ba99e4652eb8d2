"""Pages of scenarios that have next to nothing to compare: sentences, never a NaN or a warning."""

import re

import pytest

from waardeweging.app.desk import SCENARIOS
from waardeweging.app.navigation import PAGES

PLAIN = ("effects", "weights", "sides", "outcome", "firm", "sources", "analyst")
NOT_A_NUMBER = re.compile(r"(?<![\w.])[-−]?(nan|inf)(?!\w)", re.IGNORECASE)


def write(folder, values, residents, municipality):
    """Write a scenario of plain numbers on ranges from 0 to 1."""
    criteria = [f"c{j}" for j in range(len(values[0]))]
    sections = [
        f'[[criteria]]\nid = "{one}"\nlabel = "{one}"\nvalue = "v"\nunit = "u"\n'
        "worst = 0\nbest = 1\n"
        for one in criteria
    ]
    cells = [
        f"a{i};{one};{x};{x};{x};u;expert;s"
        for i, row in enumerate(values)
        for one, x in zip(criteria, row, strict=True)
    ]
    sides = [("residents", one) for one in residents] + [
        ("municipality", one) for one in municipality
    ]
    ballots = [
        f"p{k};{side};points;{';'.join(map(str, points))}" for k, (side, points) in enumerate(sides)
    ]
    content = {
        "scenario.toml": f'id = "{folder.name}"\ntitle = "x"\ndraws = 100\n',
        "framework.toml": "\n".join(['[[values]]\nid = "v"\nlabel = "v"\n', *sections]),
        "alternatives.csv": "\n".join(
            ["alternative;label", *(f"a{i};a{i}" for i in range(len(values)))]
        ),
        "performances.csv": "\n".join(
            ["alternative;criterion;low;mid;high;unit;grounds;source", *cells]
        ),
        "sources.csv": "source;title\ns;s",
        "ballots.csv": "\n".join([f"participant;side;method;{';'.join(criteria)}", *ballots]),
    }
    folder.mkdir()
    for name, text in content.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")


CASES = {
    "one-of-each": ([[0.5]], [[1]], [[5]]),
    "all-equal": ([[0.5, 0.5]] * 3, [[1, 0]] * 2, [[1, 0]]),
    "opposed": ([[1, 0], [0, 1]], [[1, 0]], [[0, 1]]),
    "nine": ([[i / 10, 1 - i / 10, 0.5] for i in range(9)], [[1, 1, 1]], [[0, 0, 1]]),
}


def test_every_page_about_a_scenario_is_asked_below():
    assert set(PLAIN) | {"start", "batch", "consultation", "selection", "verify"} >= {*PAGES}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_next_to_nothing_to_compare_is_told_in_sentences(
    case, tmp_path, monkeypatch, open_screen, shown
):
    write(tmp_path / case, *CASES[case])
    monkeypatch.setenv(SCENARIOS, str(tmp_path))

    for page in PLAIN:
        test = open_screen(page, case)
        said = shown(test) + "".join(str(one.proto.body) for one in test.get("html"))

        assert not test.exception, (page, test.exception)
        assert len(said) > 100, page
        assert not test.error, (page, said)
        assert not NOT_A_NUMBER.search(said), (page, NOT_A_NUMBER.search(said))
