from dataclasses import replace

import numpy as np
import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.consulting import asked_of, consult
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.consultation_file import read_consultation
from waardeweging.elicitation.consultation_flags import Burst, raise_flags
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.consultation_words import (
    answer,
    beside_sentences,
    few,
    flag_sentences,
    flags_table,
    grades_table,
    header_line,
    import_sentences,
    sides_table,
    weights_table,
    without_table,
)
from waardeweging.presentation.figures.consultation import weights_beside

EXAMPLE = SCENARIOS / "raadpleging"
HEAD = "participant;side;kosten;zeggenschap;leefbaarheid;co2;grade:A"


@pytest.fixture(scope="module")
def scenario():
    return read_scenario(EXAMPLE).with_draws(50)


@pytest.fixture(scope="module")
def found(scenario):
    return consult(scenario, read_consultation(EXAMPLE / "consultation.csv", asked_of(scenario)))


@pytest.fixture
def made(scenario, tmp_path):
    def make(rows, codes=None, head=HEAD):
        path = tmp_path / "consultation.csv"
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        return read_consultation(path, asked_of(scenario), codes)

    return make


def people(count, points="40;30;20;10", start=0, side=""):
    return [f"w{start + row};{side};{points};2" for row in range(count)]


def test_the_answer_names_what_comes_first_in_both_and_who_took_part(found):
    assert answer(found, "nl") == (
        "In de raadpleging eindigen Warmtebedrijf en Warmteschap gelijk. "
        "In de werksessie stond Warmteschap op plaats 1.",
        "309 mensen deden mee. 307 van hen gaven punten.",
        "Er zijn 315 rijen. Wie vaker antwoordde, telt één keer: met het laatste antwoord.",
        "Niet geraadpleegd: gemeente. De gewichten daarvan komen uit de werksessie.",
    )


def test_when_both_agree_that_is_said(scenario, made):
    same = consult(scenario, made(people(9, "20;60;10;10")))

    assert answer(same, "en")[0].endswith("comes first, as it does in the workshop.")


def test_what_stood_out_is_said_with_what_it_would_change(found):
    said = flag_sentences(found, "en")

    assert said[0] == "Something stood out about 33 of 309 people. Nobody was left out."
    assert said[1] == "Without the ballots that stand out Heat company still scores highest."
    assert said[3].startswith("9 times the same answer")
    assert said[4].endswith("at most 1 in 500,000 times.")
    assert list(flags_table(found, "en").iloc[1]) == [
        "same answer, shortly after each other",
        "9 (2.9%)",
    ]
    assert without_table(found, "en").shape == (3, 3)


def test_another_winner_without_flagged_answers_is_a_warning(found):
    other = replace(found, without=replace(found.without, winner=1))

    assert flag_sentences(other, "nl")[1].startswith("Let op: zonder")


def test_a_few_flagged_people_are_not_counted_exactly(scenario, made):
    given = made([*people(9), *people(2, "25;25;25;25", start=9)])
    shown = consult(scenario, given)
    said = flag_sentences(shown, "nl")

    assert "minder dan 5 van de 11 mensen" in said[0]
    assert said[1].startswith("We rekenen niet apart")
    assert flags_table(shown, "nl").iloc[0, 1] == "minder dan 5"
    assert without_table(shown, "nl").empty


def test_when_nothing_stood_out_that_is_said(scenario, made):
    shown = consult(scenario, made(people(5)))

    assert flag_sentences(shown, "nl") == ("Aan geen enkele weging viel iets op.",)
    assert flags_table(shown, "nl").empty


def test_no_chance_is_named_without_moments_and_hardly_ever_below_one_in_a_million(found):
    def said(chance, *, knows):
        bursts = (Burst(9, 9, 0.03, chance),)
        moments = np.zeros(len(found.given)) if knows else np.full(len(found.given), -1.0)
        changed = replace(
            found,
            raised=replace(found.raised, bursts=bursts),
            given=replace(found.given, moments=moments),
        )
        return flag_sentences(changed, "en")[-1]

    assert said(None, knows=False) == "The file has no moments. So we name no chance: " + (
        "its rows may be sorted."
    )
    assert "less than 1 in 1,000,000" in said(1e-9, knows=True)
    assert "at most 1 in 3,000 times" in said(1 / 3456, knows=True)


def test_each_side_is_set_beside_the_workshop(scenario, made, found):
    said = beside_sentences(found, "nl")
    rows = [*people(4), *people(6, "32;18;20;30", start=10, side="municipality")]
    both = consult(scenario, made(rows))

    assert said == (
        "Bewoners: de raadpleging ligt 24 punten van de 100 af van de werksessie. "
        "Het meest bij kosten.",
        "Bewoners: op hun eigen gewichten wint Warmtebedrijf, en in de werksessie Warmteschap.",
    )
    few_residents, *_ = beside_sentences(both, "nl")
    assert few_residents.startswith("Bewoners: te weinig mensen")
    assert list(sides_table(both, "nl").iloc[0])[1:3] == ["–", "–"]
    assert weights_beside(both.beside[0], both, "nl") is None
    assert weights_beside(both.beside[1], both, "nl") is not None


def test_almost_the_same_weights_are_called_so(scenario, found):
    (one,) = found.beside
    near = replace(found, beside=(replace(one, points=0.3, workshop=one.consultation),))

    assert beside_sentences(near, "en") == (
        "Residents: consultation and workshop are almost the same.",
        "Residents: by their own weights Heat company wins in both.",
    )
    nobody = replace(one, consultation=replace(one.consultation, winner=None))
    assert len(beside_sentences(replace(found, beside=(nobody,)), "en")) == 1


def test_grades_stand_beside_those_of_the_workshop(scenario, made, found):
    frame = grades_table(found.beside[0], found, "nl")
    ungraded = consult(scenario, made([row[:-1] for row in people(6)]))

    assert list(frame.iloc[0]) == ["Warmtebedrijf", "voldoende (2)", "82%", "slecht (1)"]
    assert grades_table(ungraded.beside[0], ungraded, "nl").empty
    only_one = consult(scenario, made(people(6)))
    column = grades_table(only_one.beside[0], only_one, "nl")["Kan ermee leven"]
    assert sorted(column) == ["100%", "–", "–"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_shows_what_its_table_says(found, language):
    picture = weights_beside(found.beside[0], found, language)

    assert picture is not None
    assert picture.sentence == beside_sentences(found, language)[0]
    assert list(picture.table.iloc[0])[1:] == (
        ["47,9", "23,8", "+24,1"] if language == "nl" else ["47.9", "23.8", "+24.1"]
    )
    assert picture.table.equals(weights_table(found.beside[0], found, language))


def test_an_import_says_what_was_read_and_which_codes_were_used(made):
    rows = ["ab;;40;30;20;10;", "ab;;40;30;20;10;", "zz;;40;30;20;10;"]
    given = made(rows, codes=("AB", "CD"))
    said = import_sentences(given, raise_flags(given), "en")

    assert said == (
        "3 rows read, of 2 people. 2 of them gave points.",
        "2 codes were given out, and of these fewer than 5 were used.",
        "Something stood out about fewer than 5 people: code that was never given out "
        "fewer than 5; code used more than once fewer than 5. Nobody was left out; see flags.csv.",
    )
    quiet = made(people(2))
    assert import_sentences(quiet, raise_flags(quiet), "nl")[-1] == (
        "Aan geen enkele weging viel iets op."
    )


def test_the_columns_that_a_file_may_have_are_listed(scenario):
    assert header_line(asked_of(scenario)) == (
        "participant;side;kosten;zeggenschap;leefbaarheid;co2;"
        "grade:A;grade:B;grade:C;leeftijd;woning;seconds;time;device"
    )


def test_of_one_to_four_people_it_is_only_said_that_they_are_few():
    assert [few(count, "en") for count in (0, 1, 4, 5)] == ["0", *["fewer than 5"] * 2, "5"]
