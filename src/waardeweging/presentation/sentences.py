"""One plain sentence for every finding and every fault, in each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from waardeweging.analysis.outcome import Outcome
from waardeweging.explanation.findings import Finding
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.numbers import (
    joined,
    number,
    percent,
    points,
    quantity,
    share_with_margin,
)
from waardeweging.problem.criteria import Criterion
from waardeweging.problem.errors import InputError, Place, faults_in
from waardeweging.problem.labels import Label

Labels = Mapping[str, Label]

# How a number reads, by its name; parts of a score are told in points of 100.
_NUMBERS: dict[str, Callable[[float, Language], str]] = {
    "points": points,
    "points_before": points,
    "points_after": points,
    "residents_points": points,
    "municipality_points": points,
    "score": lambda x, language: number(100 * x, language),
    "margin": lambda x, language: points(100 * x, language),
    "gap": lambda x, language: points(100 * x, language),
    "share": percent,
    "winner_share": percent,
    "often_share": percent,
    "match": percent,
    "still_share": percent,
    "ratio": lambda x, language: number(x, language, 1),
    "correlation": lambda x, language: number(x, language, 2),
}
# In the unit of the criterion that the finding names.
_IN_UNIT = ("performance", "limit")
# Numbers that decide between sentences: one or more, none or some.
_COUNTS = ("count", "givers", "ratio")
_SHARES = ("share",)
# More names than this make a list, not a sentence.
_FEW = 3
_WORDS_TO_QUOTE = 3


def finding_text(
    finding: Finding,
    labels: Labels,
    language: Language,
    criteria: Mapping[str, Criterion] | None = None,
) -> str:
    """Say a finding in one plain sentence.

    Parameters
    ----------
    finding : Finding
    labels : mapping of str to Label
        Names of options and criteria by id; an id without a label is shown itself.
    language : str
    criteria : mapping of str to Criterion, optional
        Criteria by id, for the units of performances that the finding holds, and for
        their names when an option has the same id.
    """
    values = _values(finding, labels, language, criteria or {})
    sentence = text(_key(finding, language), language, **values)
    return sentence[0].upper() + sentence[1:]


def outcome_sentences(outcome: Outcome, language: Language) -> tuple[tuple[Finding, str], ...]:
    """Give every finding of an outcome with its sentence, most important first."""
    labels, criteria = labels_of(outcome), criteria_of(outcome)
    return tuple(
        (finding, finding_text(finding, labels, language, criteria)) for finding in outcome.findings
    )


def labels_of(outcome: Outcome) -> dict[str, Label]:
    """Give the names of all options and criteria of an outcome by id."""
    problem = outcome.scenario.problem
    criteria = {one.id: one.label for one in problem.framework.criteria}
    return criteria | {one.id: one.label for one in problem.alternatives}


def criteria_of(outcome: Outcome) -> dict[str, Criterion]:
    """Give all criteria of an outcome by id, also those of the other perspective."""
    return {one.id: one for one in outcome.scenario.problem.framework.criteria}


def as_name(label: str, language: Language) -> str:
    """Name an option inside a sentence; quotes keep a name with a comma apart from the rest."""
    return text("number.quoted", language, x=label) if "," in label else label


def criterion_name(label: str, language: Language) -> str:
    """Name a criterion inside a sentence; one of several words stands between quotes."""
    if label.count(" ") >= _WORDS_TO_QUOTE - 1:
        return text("number.quoted", language, x=label)
    return in_sentence(label)


def in_sentence(label: str) -> str:
    """Write the name of a criterion inside a sentence: ``Kosten`` small, ``CO₂`` as it is."""
    starts_a_word = label[:1].isupper() and label[1:2].islower()
    return label[0].lower() + label[1:] if starts_a_word else label


def word(name: str, language: Language) -> str:
    """Say a code such as a side, a class or grounds; what has no word is shown itself."""
    key = f"word.{name}"
    return text(key, language) if has(key, language) else name


def fault_text(error: InputError, language: Language) -> str:
    """Say a fault: where it stands, what was found and how to repair it.

    A fault without a sentence in this language keeps its English remedy.
    """
    remedy = f"fault.remedy.{error.code}"
    parts = [f"{_place_text(error.where, language)}:"]
    if error.found is not None:
        parts.append(text("fault.found", language, found=error.found))
    known = has(remedy, language)
    parts.append(text(remedy, language, **error.details) if known else error.remedy)
    return " ".join(parts)


def fault_lines(error: BaseException, language: Language) -> tuple[str, ...]:
    """Say every fault of a group, one sentence each, in the order in which they were found."""
    return tuple(fault_text(fault, language) for fault in faults_in(error))


def fault_count(error: BaseException, language: Language) -> str:
    """Say how many faults there are."""
    count = len(faults_in(error))
    return text("fault.one" if count == 1 else "fault.more", language, count=count)


def _key(finding: Finding, language: Language) -> str:
    """Choose the sentence: a kind may have one per word, or for none, one, more and many."""
    key = f"finding.{finding.kind}"
    forms = list(finding.words.values())
    for name, x in finding.numbers.items():
        if name in _COUNTS:
            forms += ["many"] if x > _FEW else []
            forms.append("one" if x == 1 else "more")
        elif name in _SHARES:
            forms.append("some" if x else "none")
    return next((f"{key}.{form}" for form in forms if has(f"{key}.{form}", language)), key)


def _values(
    finding: Finding, labels: Labels, language: Language, known: Mapping[str, Criterion]
) -> dict[str, str]:
    own = {**labels, **{name: criterion.label for name, criterion in known.items()}}
    options = [as_name(_label(name, labels, language), language) for name in finding.alternatives]
    criteria = [criterion_name(_label(name, own, language), language) for name in finding.criteria]
    first = known.get(finding.criteria[0]) if finding.criteria else None
    unit = first.unit if first else ""
    return {
        "options": joined(options, language),
        "rest": joined(options[1:], language),
        "criteria": joined(criteria, language),
        **dict(zip(("option", "rival"), options, strict=False)),
        **dict(zip(("criterion", "criterion2"), criteria, strict=False)),
        **{name: word(said, language) for name, said in finding.words.items()},
        **{name: _number(name, x, unit, language) for name, x in finding.numbers.items()},
        **_sampled(finding, language),
    }


def _sampled(finding: Finding, language: Language) -> dict[str, str]:
    """Write every share that was sampled with its margin."""
    numbers = finding.numbers
    return {
        name: share_with_margin(x, numbers[f"{name}_margin"], language)
        for name, x in numbers.items()
        if f"{name}_margin" in numbers
    }


def _number(name: str, x: float, unit: str, language: Language) -> str:
    if name in _IN_UNIT:
        return quantity(x, unit, language)
    write = _NUMBERS.get(name)
    return write(x, language) if write else number(x, language)


def _label(name: str, labels: Labels, language: Language) -> str:
    return labels[name][language] if name in labels else name


def _place_text(place: Place, language: Language) -> str:
    parts = [place.file]
    if isinstance(place.row, int):
        parts.append(text("fault.row", language, row=place.row))
    elif place.row is not None:
        parts.append(place.row)
    if place.field is not None:
        parts.append(text("fault.field", language, field=place.field))
    return ", ".join(parts)
