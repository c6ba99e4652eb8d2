import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import Variant, read_scenario
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation import pictures
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.figures.canvas import HIGHEST, PALETTE
from waardeweging.presentation.pictures import (
    PLOTLY_CONFIG,
    acceptability,
    contributions,
    cost_only,
    dispute,
    effect_dots,
    equality_strip,
    for_whom,
    tornado,
    triangle,
    variant_name,
    variants,
    weights_per_side,
)
from waardeweging.presentation.sentences import word
from waardeweging.problem.alternatives import DecisionProblem
from waardeweging.problem.labels import Label

SCENARIOS = Path(__file__).parents[2] / "scenarios"

OF_ONE_OUTCOME = (
    acceptability,
    contributions,
    cost_only,
    dispute,
    effect_dots,
    equality_strip,
    for_whom,
    tornado,
    triangle,
    weights_per_side,
)


def drawn(outcome, language):
    found = [make(outcome, language) for make in OF_ONE_OUTCOME]
    return [one for one in found if one is not None] + [variants([outcome, outcome], language)]


def words_in(picture):
    return " ".join(note.text for note in picture.figure.layout.annotations)


def with_options(outcome, keep):
    problem = outcome.scenario.problem
    rows = list(keep)
    part = DecisionProblem(
        problem.framework,
        tuple(problem.alternatives[row] for row in rows),
        tuple(problem.cells[row] for row in rows),
        problem.sources,
        problem.low[rows],
        problem.mid[rows],
        problem.high[rows],
    )
    return analyse(replace(outcome.scenario, problem=part))


def renamed(outcome, label):
    problem = outcome.scenario.problem
    options = tuple(
        one.model_copy(update={"label": Label(nl=label, en=label)}) for one in problem.alternatives
    )
    framework = problem.framework.model_copy(
        update={
            "criteria": tuple(
                one.model_copy(update={"label": Label(nl=label, en=label)})
                for one in problem.framework.criteria
            )
        }
    )
    changed = replace(problem, alternatives=options, framework=framework)
    return replace(outcome, scenario=replace(outcome.scenario, problem=changed))


@pytest.fixture(scope="session")
def tied(golden):
    return analyse(replace(golden.scenario, tie_margin=0.5))


def test_the_list_of_pictures_is_complete():
    assert {make.__name__ for make in (*OF_ONE_OUTCOME, variants)} <= set(pictures.__all__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_asks_answers_tabulates_and_describes(outcome, language):
    for picture in drawn(outcome, language):
        assert picture.question.endswith("?")
        assert picture.sentence.endswith(".")
        assert len(picture.alt) > 20
        assert len(picture.table) >= 1
        for words in (picture.question, picture.sentence, picture.alt):
            assert not re.search(r"[{}]|nan|None", words), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_ready_for_display(outcome, language):
    for picture in drawn(outcome, language):
        assert picture.table.columns.is_unique
        assert all(isinstance(cell, str) for cell in picture.table.to_numpy().ravel())
        assert "nan" not in picture.table.to_string()


def test_every_figure_fits_a_phone_and_stays_still(outcome):
    for picture in drawn(outcome, "nl"):
        layout = picture.figure.layout
        assert layout.height <= HIGHEST + 1e-6
        assert layout.width is None
        assert layout.title.text is None
        assert layout.dragmode is False
        assert layout.xaxis.fixedrange
        assert layout.yaxis.fixedrange
        assert layout.font.size >= 14


def test_the_mode_bar_and_the_upload_are_off():
    assert PLOTLY_CONFIG["displayModeBar"] is False
    assert PLOTLY_CONFIG["showSendToCloud"] is False
    assert PLOTLY_CONFIG["displaylogo"] is False


def test_no_figure_holds_a_nan(outcome):
    for picture in drawn(outcome, "nl"):
        assert "NaN" not in picture.figure.to_json()


def test_names_from_files_are_never_markup(golden):
    hostile = renamed(golden, '<a href="javascript:alert(1)">x</a> & <b>y</b>')
    for picture in drawn(hostile, "nl"):
        text = json.dumps(picture.figure.to_dict(), default=str)
        assert "<a " not in text
        assert 'javascript:alert(1)"><' not in text


def test_very_long_names_are_broken_and_names_that_are_equal_get_their_id(golden):
    long = renamed(golden, "Warmte" * 12)
    for picture in drawn(long, "nl"):
        assert picture.table.columns.is_unique
        for note in picture.figure.layout.annotations:
            assert max(map(len, note.text.split("<br>"))) <= 60


def test_an_enlarged_picture_scales_letters_height_and_marks(golden):
    for picture in drawn(golden, "nl"):
        large = picture.enlarged(2)
        assert large.figure.layout.height == 2 * picture.figure.layout.height
        assert large.figure.layout.font.size == 28
        assert large.figure.layout.margin.b == 2 * picture.figure.layout.margin.b
        assert picture.figure.layout.font.size == 14
        for before, after in zip(
            picture.figure.select_traces({"type": "scatter"}),
            large.figure.select_traces({"type": "scatter"}),
            strict=True,
        ):
            np.testing.assert_allclose(after.marker.size, 2 * np.asarray(before.marker.size))


def test_ties_are_shown_as_ties(tied):
    assert "≈ 1. Warmteschap" in words_in(contributions(tied, "nl"))
    assert "≈ is gelijkspel" in words_in(contributions(tied, "nl"))
    assert "≈ 2. Warmtebedrijf" in words_in(acceptability(tied, "nl"))
    assert "≈" in words_in(effect_dots(tied, "nl"))
    assert "gelijkspel" in words_in(variants([tied], "nl"))
    assert contributions(tied, "nl").table["Plaats"].tolist()[1] == "plaats 2, gelijkspel"


def test_an_excluded_option_stays_visible_with_its_reason(heat):
    reason = "valt<br>af: Geluid op de erfgrens is 45 dB(A), eis<br>hoogstens 40 dB(A)"
    for make in (contributions, acceptability, cost_only, effect_dots):
        shown = words_in(make(heat, "nl")).replace("<br>", " ")
        assert reason.replace("<br>", " ") in shown, make.__name__
    assert contributions(heat, "nl").table.iloc[-1].tolist()[1:] == ["valt af", "–", "–", "–"]


def test_parts_of_a_bar_add_up_to_the_score(outcome):
    bars = [trace for trace in contributions(outcome, "nl").figure.data if len(trace.x) > 1]
    totals = np.sum([trace.x for trace in bars], axis=0)
    ranking = list(outcome.result.ranking)

    np.testing.assert_allclose(totals, 100 * outcome.result.joint[ranking])


def test_parts_are_values_when_there_are_several_and_else_criteria(golden, heat):
    assert "Meer dan kosten" in contributions(heat, "nl").table.columns
    assert "Zeggenschap" in contributions(golden, "nl").table.columns


def test_more_parts_than_colours_leave_one_rest(golden):
    problem = golden.scenario.problem
    first = problem.framework.criteria[0]
    many = tuple(first.model_copy(update={"id": f"c{n}", "label": Label(nl=f"C{n}", en="")})
                 for n in range(12))  # fmt: skip
    framework = problem.framework.model_copy(update={"criteria": many})
    wide = replace(
        golden,
        scenario=replace(golden.scenario, problem=replace(problem, framework=framework)),
        columns=tuple(range(12)),
        result=replace(golden.result, contributions=np.tile(golden.result.joint[:, None] / 12, 12)),
    )
    table = contributions(wide, "nl").table

    assert len(table.columns) == 3 + len(PALETTE)
    assert "overige" in table.columns


def test_the_strip_covers_every_share_once(outcome):
    bars = equality_strip(outcome, "nl").figure.data
    starts = [bar.base[0] for bar in bars]
    ends = [bar.base[0] + bar.x[0] for bar in bars]

    assert starts[0] == 0
    assert starts[1:] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(100)


def test_the_strip_says_between_which_shares_the_winner_wins(golden, heat):
    assert equality_strip(golden, "nl").sentence == (
        "Warmteschap wint als de bewoners voor 18% tot 100% tellen."
    )
    assert equality_strip(heat, "en").sentence.endswith("wins, however much the residents count.")


def test_the_strip_marks_equal_sides_equal_people_and_today(golden):
    other = analyse(golden.scenario.with_share(0.3))
    words = words_in(equality_strip(other, "nl")).replace("<br>", " ")

    assert "beide kanten tellen even zwaar: 50%" in words
    assert "iedereen telt even zwaar: 67%" in words
    assert "zo telt het nu: 30%" in words


def test_the_widest_gap_between_the_sides_stands_first(golden):
    table = weights_per_side(golden, "nl").table

    assert table["Criterium"].tolist() == ["Zeggenschap", "CO₂", "Kosten", "Leefbaarheid"]
    both = "kanten verschillen, ook binnen een kant"
    assert table.iloc[0].tolist() == ["Zeggenschap", "31,3", "10", "20,6", "+21,3", both]


def test_the_dispute_adds_up_in_its_table(golden):
    table = dispute(golden, "nl").table

    assert table.iloc[0].tolist() == ["Zeggenschap", "+21,3", "+70", "+14,9"]
    assert table.iloc[-1].tolist() == ["Samen", "", "", "+18,9"]


def test_the_tornado_names_the_nearest_change_first(golden):
    picture = tornado(golden, "nl")

    assert picture.sentence == (
        "Bij zeggenschap is dat het dichtstbij: van 21 naar 13 punten, dan wint Warmtebedrijf."
    )
    assert picture.table.iloc[0].tolist() == [
        "Zeggenschap",
        "20,6",
        "13,2 → Warmtebedrijf",
        "nooit",
    ]
    assert picture.table.iloc[-1].tolist()[2:] == ["nooit", "nooit"]


def test_the_heat_map_gives_shares_with_their_sampling_error(golden):
    picture = acceptability(golden, "nl")

    assert picture.table.iloc[0].tolist() == ["Warmteschap", "38% ± 42", "63% ± 42", "0% ± 0"]
    assert "38% (± 42) van de deelnemers" in picture.sentence


def test_variants_say_in_how_many_cases_the_same_option_wins(golden):
    other = analyse(golden.scenario.with_share(0.1))

    assert variants([golden, golden], "nl").sentence == "Warmteschap wint in alle 2 gevallen."
    assert variants([golden, other], "nl").sentence == "Warmteschap wint in 1 van de 2 gevallen."
    assert "nu Warmtebedrijf" in words_in(variants([golden, other], "nl"))


def test_a_variant_is_shown_by_its_name(golden):
    label = Label(nl="Gasprijs hoog", en="Gas price high")
    scenario = replace(golden.scenario, variants=(Variant(id="gas", label=label),), variant="gas")
    picture = variants([golden, replace(golden, scenario=scenario)], "nl")

    assert picture.table["Variant"].tolist() == ["uitgangspunt", "Gasprijs hoog"]
    assert variant_name(golden, "en") == "starting point"


def test_cost_only_is_left_out_when_no_value_is_called_cost(golden):
    assert cost_only(golden, "nl") is None


def test_cost_only_counts_the_places_that_an_option_wins(heat):
    table = cost_only(heat, "nl").table

    assert table["Optie"].tolist()[0] == "Warmtenet op restwarmte, warmteschap van bewoners"
    assert table["Plaatsen gewonnen"].tolist()[0].startswith("+")
    assert len(table) == len(heat.result.ranking)


def test_the_reference_of_the_costs_has_no_place_among_them(heat):
    without = tuple(row for row in heat.cost_only.ranking if row != 0)
    table = cost_only(
        replace(heat, cost_only=replace(heat.cost_only, ranking=without)), "nl"
    ).table.set_index("Optie")

    assert table.at["Gasketel, zoals nu", "Plaats op kosten"] == "ijkpunt voor kosten"
    assert table.at["Gasketel, zoals nu", "Plaatsen gewonnen"] == "–"


def test_dots_grow_with_value_and_excluded_options_have_none(heat):
    picture = effect_dots(heat, "nl")
    filled = [trace for trace in picture.figure.data if trace.marker.color == PALETTE[0]]

    assert len(filled) == len(heat.result.ranking)
    sizes = np.concatenate([trace.marker.size for trace in filled])
    assert sizes.min() >= 4
    assert sizes.max() <= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_option_alone_can_still_be_shown(golden, language):
    alone = with_options(golden, [0])

    assert dispute(alone, language) is None
    assert tornado(alone, language).sentence.startswith(("Geen enkel", "No single"))
    # The golden case has no third party and names no party.
    assert len(drawn(alone, language)) == len(OF_ONE_OUTCOME) - 3


def test_sides_that_agree_can_still_be_shown(golden):
    ballots = tuple(
        one.model_copy(update={"answers": (25.0, 25.0, 25.0, 25.0)})
        for one in golden.scenario.ballots
    )
    same = analyse(replace(golden.scenario, ballots=ballots))

    assert (
        weights_per_side(same, "nl").sentence
        == "De gewichten van bewoners en gemeente zijn gelijk."
    )
    assert "even zwaar" in words_in(weights_per_side(same, "nl"))
    assert dispute(same, "nl").sentence.endswith("zijn gelijk.")


def three_parties(folder):
    """Give the golden case with a third party of five people who look at costs."""
    shutil.copytree(SCENARIOS / "golden", folder)
    path = folder / "ballots.csv"
    rows = [f"{s[0]}{k}0;{s};;1;points;10;20;30;40" for s in SIDES for k in range(5)]
    rows += [f"n{k};netbeheerder;;1;points;80;5;5;10" for k in range(5)]
    path.write_text(path.read_text() + "\n".join(rows) + "\n")
    return analyse(read_scenario(folder).with_draws(100))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_triangle_marks_every_region_with_a_sign_a_name_and_its_part(tmp_path, language):
    outcome = three_parties(tmp_path / "three")
    picture = triangle(outcome, language)
    regions = outcome.triangle.regions
    symbols = [one.marker.symbol for one in picture.figure.data if one.mode == "markers"]
    fills = [one for one in picture.figure.data if one.fill == "toself"]

    assert len(fills) == len(regions) == 2
    assert (
        len({one.fillcolor for one in fills}) == len({one.fillpattern.shape for one in fills}) == 2
    )
    # Every region has its sign inside and in the key; then the two divisions that are marked.
    assert sorted(symbols) == sorted(2 * ["circle", "diamond"] + 2 * ["star-open", "circle-open"])
    for region in regions:
        name = outcome.alternatives[region.winner].label[language]
        assert name in words_in(picture).replace("<br>", " ")
        assert name in picture.alt
    assert len(picture.table) == 2
    assert picture.figure.layout.height < HIGHEST + 60


def test_the_triangle_says_what_a_share_would_change(tmp_path):
    outcome = three_parties(tmp_path / "three")
    now, other = outcome.triangle.regions
    level = np.repeat(outcome.result.joint[None], 3, axis=0)
    whole = replace(now, part=1.0)

    def said(**changed):
        spoilt = replace(outcome)
        spoilt.__dict__["triangle"] = replace(outcome.triangle, **changed)
        return triangle(spoilt, "nl").sentence

    assert outcome.result.winner == now.winner or outcome.result.winner == other.winner
    assert "even zwaar" in triangle(outcome, "nl").sentence
    assert said(scores=level).startswith("Ook als bewoners")
    assert "bij elke verdeling" in said(regions=(whole,))
    tilted = level.copy()
    tilted[2, [row for row in range(3) if row != outcome.result.winner]] += 3
    assert f"Nu wint {outcome.alternatives[outcome.result.winner].label['nl']}" in said(
        scores=tilted
    )


def test_no_triangle_without_a_third_party_or_of_few_people(golden, heat):
    assert triangle(golden, "nl") is None
    assert triangle(heat, "nl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_value_for_whom_adds_up_to_the_score(heat, language):
    found = heat.for_whom

    assert for_whom(heat, language) is None
    concerned = with_concerns(heat, {"K2": ("owner", "tenant"), "L1": ("society",)})
    found, picture = concerned.for_whom, for_whom(concerned, language)
    whole = found.contributions.sum(axis=0) + found.rest

    np.testing.assert_allclose(whole, concerned.result.joint, atol=1e-12)
    assert found.parties == ("owner", "tenant", "society")
    np.testing.assert_allclose(found.contributions[0], found.contributions[1])
    place = [criterion.id for criterion in concerned.criteria].index("K2")
    np.testing.assert_allclose(found.contributions[0], concerned.result.contributions[:, place] / 2)
    assert picture.table.shape[1] == 2 + 4 + 1
    assert word("owner", language) in picture.table.columns
    assert word("owner", language) in words_in(picture)


def with_concerns(outcome, concerns):
    problem = outcome.scenario.problem
    framework = problem.framework.model_copy(
        update={
            "criteria": tuple(
                one.model_copy(update={"concerns": concerns.get(one.id, ())})
                for one in problem.framework.criteria
            )
        }
    )
    problem = replace(problem, framework=framework)
    return analyse(replace(outcome.scenario, problem=problem))
