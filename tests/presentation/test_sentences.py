import ast
import re
from pathlib import Path

import pytest

import waardeweging
from waardeweging.explanation.findings import Finding
from waardeweging.presentation.catalog import LANGUAGES, sentences
from waardeweging.presentation.sentences import (
    fault_count,
    fault_lines,
    fault_text,
    finding_text,
    in_sentence,
    labels_of,
    outcome_sentences,
    word,
)
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.labels import Label

PACKAGE = Path(waardeweging.__file__).parent
MAKERS = ("Finding", "_limit_finding")
LABELS = {
    "A": Label(nl="Warmtebedrijf", en="Heat company"),
    "B": Label(nl="Warmteschap", en="Heat community"),
    "zeggenschap": Label(nl="Zeggenschap", en="Say"),
    "kosten": Label(nl="Kosten", en="Costs"),
}


def kinds_in_source():
    """Kinds that are written out where the source makes a finding."""
    for room in ("explanation", "analysis"):
        for module in (PACKAGE / room).glob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                    kind = node.args[0]
                    if isinstance(kind, ast.Constant):
                        yield kind.value


def kinds_in_catalog():
    return {key.split(".")[1] for key in sentences("nl") if key.startswith("finding.")}


def test_every_kind_of_finding_in_the_source_has_a_sentence():
    kinds = set(kinds_in_source())

    assert len(kinds) > 15
    assert not kinds - kinds_in_catalog()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_an_outcome_is_one_filled_in_sentence(outcome, language):
    said = outcome_sentences(outcome, language)

    assert [finding for finding, _ in said] == list(outcome.findings)
    for _, sentence in said:
        assert not re.search(r"[{}_]|nan|inf", sentence), sentence
        assert sentence.endswith((".", "?")), sentence
        assert not sentence[0].islower(), sentence


def test_the_golden_case_is_said_in_dutch(golden):
    said = {finding.kind: sentence for finding, sentence in outcome_sentences(golden, "nl")}

    assert said["winner"] == (
        "Warmteschap staat op plaats 1 met 63 van de 100 punten, 6 punten meer dan Warmtebedrijf."
    )
    assert said["flip"] == (
        "Met 6 punten minder voor zeggenschap en meer voor kosten komt Warmtebedrijf gelijk."
    )
    assert said["headcount"] == "Eén ambtenaar telt nu evenveel als 2 bewoners."
    assert said["gains"] == (
        "Warmteschap is vooral beter dan Warmtebedrijf op zeggenschap en leefbaarheid."
    )


def test_the_golden_case_is_said_in_english(golden):
    said = {finding.kind: sentence for finding, sentence in outcome_sentences(golden, "en")}

    assert said["winner"] == (
        "Heat community comes first with 63 of 100 points, 6 points more than Heat company."
    )
    assert said["strip_change"] == (
        "If the residents count for more than 18%, first place goes from Heat company to "
        "Heat community."
    )


def test_a_requirement_is_said_in_the_unit_of_its_criterion(heat):
    said = {finding.kind: sentence for finding, sentence in outcome_sentences(heat, "nl")}

    assert said["excluded"] == (
        "Oude luchtwarmtepomp met veel geluid valt af: ‘Geluid op de erfgrens’ is 45 dB(A), "
        "de eis is hoogstens 40 dB(A)."
    )


def test_a_name_with_a_comma_stands_between_quotes(heat):
    said = {finding.kind: sentence for finding, sentence in outcome_sentences(heat, "nl")}

    assert said["cost_differs_national"].endswith("staat ‘Gasketel, zoals nu’ op plaats 1.")


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (Finding("one_person", words={"answer": "no"}), "Geen enkele persoon kan alleen plaats 1"),
        (Finding("one_person", words={"answer": "yes"}), "Eén persoon kan met een andere weging"),
        (Finding("flagged", numbers={"count": 1, "people": 30}), "1 van de 30 wegingen valt op."),
        (Finding("flagged", numbers={"count": 2, "people": 30}), "2 van de 30 wegingen vallen op."),
        (Finding("headcount", numbers={"ratio": 1}), "Eén ambtenaar telt nu evenveel als één"),
        (Finding("expert_share", numbers={"share": 0}), "Geen enkel cijfer"),
        (Finding("flip_level", ("A", "B")), "Warmteschap staat al gelijk met Warmtebedrijf."),
        (Finding("winner", ("X", "B"), numbers={"score": 0.5, "margin": 0.001}), "X staat op"),
        (
            Finding("widest_gap", (), ("kosten",), {"side": "residents"}, {"points": 4.0}),
            "Het grootste verschil: de bewoners geven kosten 4 punten meer dan de gemeente.",
        ),
        (
            Finding("flip", ("A", "B"), ("zeggenschap", "kosten"), {}, {"points": 9, "givers": 2}),
            "Met 9 punten meer voor kosten en vooral minder voor zeggenschap komt Warmteschap",
        ),
    ],
)
def test_a_finding_is_said_in_the_form_that_fits(finding, sentence):
    assert finding_text(finding, LABELS, "nl").startswith(sentence)


def test_an_option_and_a_criterion_may_have_the_same_id(golden):
    criterion = golden.criteria[0].model_copy(update={"id": "A"})
    finding = Finding("losses", ("B", "A"), ("A",))

    said = finding_text(finding, labels_of(golden), "nl", {"A": criterion})

    assert said == "Warmteschap is minder goed dan Warmtebedrijf op kosten."


def test_names_of_criteria_are_small_inside_a_sentence_but_signs_are_not():
    assert [in_sentence(name) for name in ("Kosten", "CO₂", "K1", "kWh", "")] == [
        "kosten",
        "CO₂",
        "K1",
        "kWh",
        "",
    ]


def test_a_code_without_a_word_is_shown_itself():
    assert word("residents", "nl") == "bewoners"
    assert word("woonbond", "nl") == "woonbond"


def ambiguous():
    return InputError(
        "number.ambiguous",
        where=Place("performances.csv", 3, "value"),
        found="1.200",
        remedy="Write {thousands} or {decimal}; it can mean both.",
        thousands="1200",
        decimal="1.2",
    )


def test_a_fault_is_said_in_dutch_with_its_place_and_remedy():
    assert fault_text(ambiguous(), "nl") == (
        "performances.csv, rij 3, veld 'value': gevonden '1.200'. "
        "Schrijf 1200 of 1.2. Nu kan het allebei betekenen."
    )


def test_a_fault_in_english_reads_as_the_error_itself():
    assert fault_text(ambiguous(), "en") == str(ambiguous())


def test_a_fault_without_a_dutch_sentence_keeps_its_english_remedy():
    error = InputError("new.code", where=Place("a.toml", "criteria k", None), remedy="Do {x}.", x=1)

    assert fault_text(error, "nl") == "a.toml, criteria k: Do 1."


def test_every_fault_of_a_group_is_said_in_order():
    first = InputError("id.empty", where=Place("a.csv"), remedy="Fill in a short name.")
    group = ExceptionGroup("2 faults", [first, ExceptionGroup("inner", [ambiguous()])])

    assert fault_lines(group, "nl")[0] == "a.csv: Vul een korte naam in."
    assert len(fault_lines(group, "nl")) == 2
    assert fault_count(group, "nl") == "2 fouten"
    assert fault_count(first, "en") == "1 fault"


def syllables(dutch):
    """Count groups of vowels; ``ij`` is one sound."""
    return len(re.findall(r"[aeiouyàáâäèéêëìíïòóôöùúûü]+", dutch.lower().replace("ij", "y"))) or 1


def reading_ease(sentence):
    """Flesch as adapted to Dutch by Douma (1960): 206.835 − 0.93 · words − 77 · syllables/word."""
    parts = [part for part in re.split(r"[.?!:]\s", sentence + " ") if part.strip()]
    words = re.findall(r"[^\W\d_]+", sentence)
    return (
        206.835
        - 0.93 * len(words) / len(parts)
        - 77 * sum(map(syllables, words)) / len(words)
    )  # fmt: skip


def test_the_readability_formula_tells_easy_from_hard():
    assert reading_ease("De kat zit op de mat.") > 100
    assert (
        reading_ease("Representativiteitsoverwegingen relativeren participatiemogelijkheden.") < 0
    )


def test_dutch_sentences_are_readable_for_residents(golden):
    said = [sentence for _, sentence in outcome_sentences(golden, "nl")]
    ease = sum(map(reading_ease, said)) / len(said)

    assert ease >= 60
