"""The inputs of a scenario as documents, and a scenario from such documents.

A variant that was applied is written as applied: its parameters and effects are those
of the scenario, so that nothing has to be applied again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import Field, TypeAdapter, ValidationError

from waardeweging.analysis.comparing import Compared
from waardeweging.analysis.effects_model import EffectsModel
from waardeweging.analysis.scenario import Scenario
from waardeweging.effects.calculation import Calculation
from waardeweging.effects.neighbourhood import NeighbourhoodFacts
from waardeweging.effects.parameters import Parameter, Parameters
from waardeweging.effects.techniques import Techniques
from waardeweging.elicitation.comparisons import Comparison
from waardeweging.elicitation.judgement import judged
from waardeweging.elicitation.weighing import check_third_shares
from waardeweging.problem.alternatives import Alternative, Cell, DecisionProblem, Source
from waardeweging.problem.criteria import Framework, Text
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.labels import Described

RULES = (
    "id",
    "title",
    "note",
    "ballots_note",
    "neighbourhood",
    "perspective",
    "share",
    "third_shares",
    "seed",
    "draws",
    "tie_margin",
    "value_orders",
    "variant",
    "input_sha256",
    "fallback",
    "stop_rule",
    "published",
    "neutral",
)
"""Fields of a scenario that everyone may know and that stand in ``inputs/rules.json``."""

ELSEWHERE = ("problem", "ballots", "typed", "effects")
"""Fields that have a document of their own."""

DERIVED = ("variants", "base", "calculations")
"""Fields that follow from the others, or that were already applied."""

# More than this is no neighbourhood's choice, and would keep a reader waiting.
MOST_OPTIONS, MOST_CRITERIA, MOST_CELLS_DRAWN = 200, 100, 100_000_000

_BOUNDS = {
    "share": Field(ge=0, le=1, allow_inf_nan=False),
    "tie_margin": Field(ge=0, le=1, allow_inf_nan=False),
    "seed": Field(ge=0, le=2**63 - 1),
    "draws": Field(ge=1, le=1_000_000),
}

# Rules that bundles of before they existed leave out.
_LATER: Mapping[str, Any] = {"published": None, "neutral": False}

_COMPARED = "compared"
_WRITTEN = {_COMPARED: tuple[Comparison, ...]}

PERSONAL = "personal.json"
FRAMEWORK = "inputs/framework.json"
ALTERNATIVES = "inputs/alternatives.json"
PERFORMANCES = "inputs/performances.json"
SOURCES = "inputs/sources.json"
EFFECTS = "inputs/effects.json"
RULES_FILE = "inputs/rules.json"


class Performance(Cell):
    """A cell of the table, and whether somebody typed it or it was calculated."""

    is_calculated: bool = False


class Effects(Described):
    """What the calculated performances follow from."""

    criteria: tuple[Text, ...]
    table: Text
    facts: NeighbourhoodFacts
    parameters: dict[str, Parameter]
    techniques: dict[str, dict[str, Parameter]]


def personal_fields() -> tuple[str, ...]:
    """Name the fields that hold answers or attributes of people: all that are not public."""
    known = {*RULES, *ELSEWHERE, *DERIVED}
    return tuple(field.name for field in fields(Scenario) if field.name not in known)


def input_documents(scenario: Scenario) -> dict[str, Any]:
    """Give the documents of what is public about a scenario, by file name."""
    problem = scenario.problem
    documents = {
        FRAMEWORK: _plain(problem.framework),
        ALTERNATIVES: [_plain(option) for option in problem.alternatives],
        PERFORMANCES: [
            _plain(cell)
            | {"is_calculated": (cell.alternative, cell.criterion) not in scenario.typed}
            for row in problem.cells
            for cell in row
        ],
        SOURCES: [_plain(source) for source in problem.sources],
        RULES_FILE: {name: _dumped(name, getattr(scenario, name)) for name in RULES},
    }
    if scenario.effects is not None:
        documents[EFFECTS] = _plain(_effects(scenario.effects))
    return documents


def personal_documents(scenario: Scenario) -> dict[str, Any]:
    """Give what people answered beside their weights; for the controller alone."""
    found = {name: getattr(scenario, name) for name in personal_fields()}
    # A judgement follows from its comparisons, and cannot be written itself.
    found[_COMPARED] = tuple(one.comparison for one in scenario.compared.judgements)
    return {name: _dumped(name, value) for name, value in found.items()}


def read_inputs(documents: Mapping[str, Any]) -> Scenario:
    """Make a scenario of its documents, without ballots and personal fields.

    Raises
    ------
    InputError
        If a document has another form, or refers to something that is not there.
    """
    framework = _read(Framework, documents, FRAMEWORK)
    options = _read(tuple[Alternative, ...], documents, ALTERNATIVES)
    sources = _read(tuple[Source, ...], documents, SOURCES)
    listed = _read(tuple[Performance, ...], documents, PERFORMANCES)
    rules = _read_rules(documents)
    _check_names(framework, options, sources, listed)
    _check_size(framework, options, rules["draws"])
    effects = _model(_read(Effects, documents, EFFECTS)) if EFFECTS in documents else None
    cells = {
        (one.alternative, one.criterion): Cell(**one.model_dump(exclude={"is_calculated"}))
        for one in listed
    }
    typed = {
        (one.alternative, one.criterion): cells[one.alternative, one.criterion]
        for one in listed
        if not one.is_calculated
    }
    calculations = {} if effects is None else _calculated(effects, options)
    return Scenario(
        **rules,
        problem=DecisionProblem.of(framework, options, cells, sources),
        ballots=(),
        variants=(),
        typed=typed,
        effects=effects,
        calculations=calculations,
    )


def read_personal(document: Any, framework: Framework, file: str) -> dict[str, Any]:
    """Read what people answered beside their weights.

    Parameters
    ----------
    document : JSON value
    framework : Framework
    file : str
        Named in a fault.

    Raises
    ------
    InputError
        If it has another form.
    """
    given = _mapping(document, personal_fields(), file)
    found = {name: _loaded(name, value, file) for name, value in given.items()}
    found[_COMPARED] = checked(lambda: _compared(found[_COMPARED], framework), file)
    return found


def _compared(comparisons: tuple[Comparison, ...], framework: Framework) -> Compared:
    criteria = [criterion.id for criterion in framework.criteria]
    values: dict[str, list[str]] = {}
    for criterion in framework.criteria:
        values.setdefault(criterion.value, []).append(criterion.id)
    return Compared(tuple(judged(one, PERSONAL, criteria, values) for one in comparisons))


def checked(read: Callable[[], Any], file: str) -> Any:
    """Read with pydantic; a misfit becomes a fault with its place in the file."""
    try:
        return read()
    except ValidationError as error:
        first = error.errors()[0]
        raise _misfit(file, _step(first["loc"]), first["msg"]) from None
    except InputError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _misfit(file, None, str(error)) from None


def _read(form: Any, documents: Mapping[str, Any], file: str) -> Any:
    if file not in documents:
        raise _misfit(file, None, "the file is missing")
    return checked(lambda: _adapter(form).validate_python(documents[file]), file)


def _read_rules(documents: Mapping[str, Any]) -> dict[str, Any]:
    if RULES_FILE not in documents:
        raise _misfit(RULES_FILE, None, "the file is missing")
    given = documents[RULES_FILE]
    if isinstance(given, dict):
        given = {**_LATER, **given}
    given = _mapping(given, RULES, RULES_FILE)
    rules = {name: _loaded(name, value, RULES_FILE) for name, value in given.items()}
    checked(lambda: check_third_shares(rules["third_shares"]), RULES_FILE)
    return rules


def _mapping(given: Any, names: tuple[str, ...], file: str) -> dict[str, Any]:
    if not isinstance(given, dict) or set(given) != set(names):
        raise _misfit(file, None, "other keys than a bundle of this version has")
    return given


def _check_names(
    framework: Framework,
    options: tuple[Alternative, ...],
    sources: tuple[Source, ...],
    listed: tuple[Performance, ...],
) -> None:
    values = [value.id for value in framework.values]
    criteria = [criterion.id for criterion in framework.criteria]
    names = [option.id for option in options]
    known = {source.id for source in sources}
    for file, ids in ((FRAMEWORK, values), (FRAMEWORK, criteria), (ALTERNATIVES, names)):
        if not ids or len(set(ids)) < len(ids):
            raise _misfit(file, None, "an id is missing or stands twice")
    for criterion in framework.criteria:
        if criterion.value not in values or criterion.worst == criterion.best:
            raise _misfit(FRAMEWORK, criterion.id, "an unknown value or a flat range")
    if any(one.criterion not in criteria for one in framework.requirements):
        raise _misfit(FRAMEWORK, "requirements", "an unknown criterion")
    pairs = [(one.alternative, one.criterion) for one in listed]
    if pairs != [(option, criterion) for option in names for criterion in criteria]:
        raise _misfit(PERFORMANCES, None, "other cells than one per option and criterion")
    for one in listed:
        place = f"{one.alternative} × {one.criterion}"
        if one.source not in known:
            raise _misfit(PERFORMANCES, place, f"unknown source {one.source}")
        if not one.low <= one.mid <= one.high:
            raise _misfit(PERFORMANCES, place, "low, mid and high are not in rising order")


def _check_size(framework: Framework, options: tuple[Alternative, ...], draws: int) -> None:
    criteria = len(framework.criteria)
    if (
        len(options) > MOST_OPTIONS
        or criteria > MOST_CRITERIA
        or len(options) * criteria * draws > MOST_CELLS_DRAWN
    ):
        raise InputError(
            "bundle.too_much",
            where=Place(RULES_FILE, None, "draws"),
            found=draws,
            remedy="This asks for more calculation than a dossier does.",
        )


def _effects(model: EffectsModel) -> Effects:
    return Effects(
        criteria=model.criteria,
        table=model.file,
        facts=model.facts,
        parameters=dict(model.parameters),
        techniques={name: dict(own) for name, own in model.techniques.items()},
    )


def _model(given: Effects) -> EffectsModel:
    return EffectsModel(
        Techniques(given.techniques),
        Parameters(given.parameters),
        given.facts,
        given.criteria,
        given.table,
    )


def _calculated(
    effects: EffectsModel, options: tuple[Alternative, ...]
) -> dict[tuple[str, str], Calculation]:
    found: dict[tuple[str, str], Calculation] = checked(
        lambda: effects.calculations(options), EFFECTS
    )
    return found


def _plain(model: Described) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_none=True)


def _dumped(name: str, value: Any) -> Any:
    return _field(name).dump_python(value, mode="json")


def _loaded(name: str, value: Any, file: str) -> Any:
    return checked(lambda: _field(name).validate_python(value), file)


@cache
def _field(name: str) -> TypeAdapter[Any]:
    hint = _WRITTEN.get(name, get_type_hints(Scenario)[name])
    return TypeAdapter(Annotated[hint, _BOUNDS[name]] if name in _BOUNDS else hint)


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def _step(location: tuple[int | str, ...]) -> str:
    return "/".join(str(step) for step in location)


def _misfit(file: str, field: str | None, found: str) -> InputError:
    return InputError(
        "bundle.schema",
        where=Place(file, None, field),
        found=found,
        remedy="This does not fit what a bundle of this version holds.",
    )
