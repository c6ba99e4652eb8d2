"""The reference is a measure: it has scores everywhere, and a place nowhere."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from tests.analysis.batch.conftest import rows_of, small_job

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.batch.country import read_country
from waardeweging.analysis.scenario import read_scenario
from waardeweging.dossier.bundle import Level, build_bundle
from waardeweging.dossier.bundle.announced import announced
from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.source import source_of
from waardeweging.dossier.verify import State, verify_bundle
from waardeweging.presentation import analyst_tables, participation_tables, pictures
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.presentation.outcome_text import outcome_text
from waardeweging.presentation.sentences import outcome_sentences
from waardeweging.problem.errors import InputError

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NOW = "zoals-nu"
LABEL = "Zoals het nu is"
# Where its id may stand: as itself, as the measure, and in the one sentence about the measure.
_NAMED = re.compile(r"^/(alternatives/\d+|reference|supporters/\d+/alternative|findings/\d+/.*)$")


def with_reference(folder, reference="yes"):
    """Give the practice evening an option that beats all others on everything."""
    for name in ("scenario.toml", "framework.toml", "sources.csv", "ballots.csv", "population.csv",
                 "attributes.csv"):  # fmt: skip
        (folder / name).write_bytes((SCENARIOS / "oefenavond" / name).read_bytes())
    options = (SCENARIOS / "oefenavond" / "alternatives.csv").read_text().splitlines()
    head = options[0].split(";")
    own = {"alternative": NOW, "label": LABEL, "reference": reference}
    lines = [f"{options[0]};reference", *(f"{line};" for line in options[1:])]
    lines.append(";".join(own.get(name, "") for name in [*head, "reference"]))
    (folder / "alternatives.csv").write_text("\n".join(lines) + "\n")
    cells = (SCENARIOS / "oefenavond" / "performances.csv").read_text().splitlines()
    columns, best = cells[0].split(";"), {"low": "1.00", "mid": "1.00", "high": "1.00"}
    for line in [one for one in cells if one.startswith("A;")]:
        row = dict(zip(columns, line.split(";"), strict=True)) | best | {"alternative": NOW}
        cells.append(";".join(row[name] for name in columns))
    (folder / "performances.csv").write_text("\n".join(cells) + "\n")
    grades = (SCENARIOS / "oefenavond" / "grades.csv").read_text().splitlines()
    graded = [f"{grades[0]};{NOW}", *(f"{line};4" for line in grades[1:])]
    (folder / "grades.csv").write_text("\n".join(graded) + "\n")
    return folder


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    scenario = read_scenario(with_reference(tmp_path_factory.mktemp("reference")))
    return analyse(scenario.with_draws(200))


@pytest.fixture(scope="module")
def row(outcome):
    return [one.id for one in outcome.alternatives].index(NOW)


def leaves(document, place=""):
    """Walk through everything in a document, keys of mappings as well."""
    if isinstance(document, dict):
        for name, item in document.items():
            yield f"{place}/{name}", name
            yield from leaves(item, f"{place}/{name}")
    elif isinstance(document, list):
        for index, item in enumerate(document):
            yield from leaves(item, f"{place}/{index}")
    else:
        yield place, document


def test_it_has_the_best_scores_of_all(outcome, row):
    assert outcome.result.joint[row] == outcome.result.joint.max()
    assert outcome.reference == row


def test_nothing_in_the_outcome_names_it_as_a_choice(outcome):
    document = outcome_json(outcome, "nl")
    found = [place for place, said in leaves(document) if said == NOW]
    labels = [place for place in found if place.startswith("/labels/")]
    others = [place for place in found if place not in labels and not _NAMED.match(place)]
    assert others == []
    assert document["reference"] == NOW
    told = [one for one in document["findings"] if NOW in one["alternatives"]]
    assert [one["kind"] for one in told] == ["reference"]
    assert told[0]["text"].startswith(f"Let op: de maat, {LABEL}")


def test_it_wins_in_no_draw_and_has_no_place(outcome, row):
    document = outcome_json(outcome, "nl")
    everyone = range(len(document["alternatives"]))
    for name in ("bootstrap_winner_share", "uncertain_winner_share"):
        assert document[name][row] == 0
    places = [
        document["acceptability"],
        document["smooth_acceptability"],
        document["all_weights"]["shares"],
        *(one["shares"] for one in document["place_shares"].values()),
    ]
    for shares in places:
        assert shares[row] == [0 for _ in everyone]
    assert document["supporters"][row]["number"] == 0
    assert all(one["detail"][row] is None for one in document["panel"].values())


def test_what_others_score_does_not_depend_on_it(outcome, row):
    without = read_scenario(SCENARIOS / "oefenavond").with_draws(200)
    alone = analyse(without)
    others = np.delete(np.arange(len(outcome.alternatives)), row)
    assert (outcome.result.joint[others] == alone.result.joint).all()
    assert outcome.result.ranking == alone.result.ranking
    assert outcome.firm.stability == alone.firm.stability
    assert (outcome.firm.people.shares[np.ix_(others, others)] == alone.firm.people.shares).all()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_picture_or_table_puts_it_on_a_place(outcome, language):
    first = ("plaats 1", "comes first", "wint", "wins")
    for finding, sentence in outcome_sentences(outcome, language):
        assert LABEL not in sentence or finding.kind == "reference"
    made = [pictures.contributions, pictures.effect_dots, pictures.acceptability,
            pictures.tornado, pictures.equality_strip]  # fmt: skip
    for picture in [one(outcome, language) for one in made]:
        assert LABEL not in picture.sentence
        for said in picture.alt.split(". "):
            assert LABEL not in said or not any(word in said for word in first)
    tables = [
        *(picture(outcome, language).table for picture in made),
        analyst_tables.rules_table(outcome, language),
        analyst_tables.research_table(outcome, language),
        analyst_tables.methods_table(outcome, language),
        participation_tables.beside_table(outcome, language),
        participation_tables.grades_table(outcome, language),
    ]
    for table in tables:
        for cells in table.to_numpy().tolist():
            assert LABEL not in cells[1:]
            place = re.compile(r"^(plaats|place) \d|^\d+(st|nd|rd|th)")
            assert cells[0] != LABEL or not any(place.match(str(cell)) for cell in cells)


def test_the_terminal_shows_its_score_without_a_place(outcome):
    console = Console(width=200, file=io.StringIO())
    with console.capture() as written:
        console.print(outcome_text(outcome, "nl"))
    line = next(one for one in written.get().splitlines() if LABEL in one)
    assert line.split()[0] == "–"
    assert line.rstrip().endswith("de maat")
    assert "100" in line


def test_the_picture_draws_it_as_a_line(outcome):
    figure = pictures.contributions(outcome, "nl").figure
    lines = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
    assert [(one.x0, one.x1) for one in lines] == [pytest.approx((100, 100))]
    bars = [trace for trace in figure.data if trace.name]
    assert all(len(trace.x) == len(outcome.result.ranking) for trace in bars)


def test_the_dossier_lists_it_as_the_measure(outcome):
    facts = facts_of(source_of(outcome.scenario), "nl")
    page = html_of(contents_of(facts, "nl"), Theme())
    rows = re.findall(r"<tr.*?</tr>", page, re.S)
    named = [re.sub(r"<[^>]+>", " ", one) for one in rows if LABEL in one]
    assert any("de maat" in one for one in named)
    assert all(not re.search(r"plaats \d", one) for one in named)
    assert facts["outcome"]["ranking"] == outcome_json(outcome, "nl")["ranking"]
    assert NOW not in [one["winner"] for one in facts["variants"]]


@pytest.mark.parametrize("level", [Level.AGGREGATES, Level.FULL])
def test_a_bundle_keeps_it_out_of_the_order_and_verifies(outcome, level):
    told = announced(outcome)
    assert NOW not in [told["winner"], *told["ranking"], *told["ties"]]
    report = verify_bundle(build_bundle(outcome.scenario, outcome, level=level))
    assert report.of(State.WRONG) == ()


def test_no_neighbourhood_of_a_batch_chooses_it(tmp_path):
    country = read_country(small_job(tmp_path))
    assert country.template.problem.alternatives[0].reference
    name = country.template.problem.alternatives[0].id
    for found in rows_of(country).values():
        chosen = [found[key] for key in ("winner", "runner_up", "flip_rival", "cost_only_winner")]
        assert name not in chosen
        assert name not in [*found["excluded"], *(found["ties"] or [])]
        places = (found["rank_acceptability"] or {}).get(name)
        assert places == [0] * len(country.options)
        if found["scores"] is not None and found["winner"] is not None and found["margin"]:
            assert found["scores"][name] is None or 0 < found["scores"][name] <= 1


def test_two_references_are_refused_by_name(tmp_path):
    folder = with_reference(tmp_path)
    path = folder / "alternatives.csv"
    first = "A;Warmtebedrijf;Heat company;;;;;"
    path.write_text(path.read_text().replace(first, f"{first}yes"))
    with pytest.raises(ExceptionGroup) as raised:
        read_scenario(folder)
    faults = [one for one in raised.value.exceptions if isinstance(one, InputError)]
    assert [one.code for one in faults] == ["alternatives.references"]
    assert (faults[0].where.field, faults[0].found) == ("reference", NOW)


@pytest.mark.parametrize("said", ["perhaps", "1", "x"])
def test_another_word_is_refused(tmp_path, said):
    with pytest.raises(ExceptionGroup) as raised:
        read_scenario(with_reference(tmp_path, said))
    codes = {one.code for one in raised.value.exceptions if isinstance(one, InputError)}
    assert "alternatives.reference" in codes


@pytest.mark.parametrize(("said", "is_reference"), [("ja", True), ("No", False), ("", False)])
def test_yes_and_no_are_read_in_both_languages(tmp_path, said, is_reference):
    scenario = read_scenario(with_reference(tmp_path, said))
    assert (scenario.problem.reference is not None) == is_reference


def test_a_reference_alone_is_no_choice(tmp_path):
    folder = with_reference(tmp_path)
    path = folder / "alternatives.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[-1]]) + "\n")
    with pytest.raises(ExceptionGroup) as raised:
        read_scenario(folder)
    codes = {one.code for one in raised.value.exceptions if isinstance(one, InputError)}
    assert "alternatives.only_reference" in codes


def test_berkum_measures_against_the_boiler_as_today():
    problem = read_scenario(SCENARIOS / "berkum").problem
    assert problem.reference is not None
    assert problem.alternatives[problem.reference].technique == "T0"
