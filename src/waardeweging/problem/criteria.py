"""What counts: values, criteria with a fixed range, requirements, and their framework."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from waardeweging.problem.labels import Described, Label, Name
from waardeweging.problem.numbers import LARGEST
from waardeweging.problem.value_functions import ValueFunction

Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Text = Annotated[str, Field(strict=True, max_length=2000)]
Perspective = Literal["national", "resident"]
PERSPECTIVES: tuple[Perspective, ...] = ("resident", "national")
Party = Literal["owner", "tenant", "municipality", "corporation", "grid_operator", "society"]


class Value(Described):
    """A value at the top of the tree, such as costs or democracy.

    Parameters
    ----------
    id : str
    label : Label
    description : Label, optional
        One plain sentence.
    is_cost : bool
        Whether this is the value that counts when only costs are compared.
    """

    id: Text
    label: Name
    description: Label | None = None
    is_cost: Annotated[bool, Field(strict=True)] = False


class ValueFunctionSpec(Described):
    """A value function as written in a framework: exactly one of three forms.

    Parameters
    ----------
    points : tuple of (performance, value), optional
        Piecewise linear.
    anchors : tuple of (performance, value), optional
        The same for steps of an ordinal scale.
    threshold : float, optional
        Good enough from here.
    """

    points: tuple[tuple[Number, Number], ...] | None = None
    anchors: tuple[tuple[Number, Number], ...] | None = None
    threshold: Number | None = None


class Criterion(Described):
    """One thing that counts, with a range that is fixed before anyone weighs.

    Parameters
    ----------
    id : str
    label : Label
    value : str
        The value of the tree to which it belongs.
    unit : str
    worst, best : float
        Ends of the reference range, in `unit`; `best` may be the lower number.
    open : bool
        Whether a performance may lie beyond the ends; it then counts as the end. Otherwise
        that is a fault, because people weighed the range.
    value_function : ValueFunctionSpec, optional
        Linear between `worst` and `best` when left out.
    concerns : tuple of str
        For whom it counts.
    perspective : str, optional
        ``national`` or ``resident``: criteria of two perspectives are never
        weighed together.
    description, worst_label, best_label : Label, optional
        In plain words; the ends are what people compare when they weigh.
    """

    id: Text
    label: Name
    value: Text
    unit: Text
    worst: Number
    best: Number
    open: Annotated[bool, Field(strict=True)] = False
    value_function: ValueFunctionSpec | None = None
    concerns: tuple[Party, ...] = ()
    perspective: Perspective | None = None
    description: Label | None = None
    worst_label: Name | None = None
    best_label: Name | None = None

    @property
    def is_ordinal(self) -> bool:
        """Whether the performance is a step on a scale, not a measured quantity."""
        return self.value_function is not None and self.value_function.anchors is not None

    @property
    def function(self) -> ValueFunction:
        """The value function on the fixed range."""
        spec = self.value_function or ValueFunctionSpec()
        points = spec.points or spec.anchors or ((self.worst, 0.0), (self.best, 1.0))
        x, v = (list(axis) for axis in zip(*sorted(points), strict=True))
        return ValueFunction.of(
            "ordinal" if spec.anchors else "piecewise" if spec.points else "linear",
            x,
            v,
            spec.threshold,
        )


class Requirement(Described):
    """A limit that an option must keep; otherwise it is shown as excluded.

    Parameters
    ----------
    criterion : str
    limit : float
        In the unit of the criterion.
    sense : str
        ``at_most`` or ``at_least``.
    source : str
        Why this limit holds.
    negotiable : bool
    label : Label, optional
    """

    criterion: Text
    limit: Number
    sense: Literal["at_most", "at_least"]
    source: Text = ""
    negotiable: bool = False
    label: Name | None = None
    id: Text = ""

    def holds(self, performance: float) -> bool:
        """Whether a performance keeps the limit."""
        if self.sense == "at_most":
            return performance <= self.limit
        return performance >= self.limit


class Override(Described):
    """One departure from the framework above.

    Parameters
    ----------
    level : str
        Of the framework that departs; the name of its file when it names no level.
    section : str
        ``values``, ``criteria`` or ``requirements``.
    id : str
        What it is about.
    change : str
        ``added``, ``removed`` or ``changed``.
    field : str
        What changed; empty for something that was added or removed.
    was, now : str
    reason : str
    by : str
        Who decided it.
    """

    level: Text
    section: Text
    id: Text
    change: Literal["added", "removed", "changed"]
    field: Text = ""
    was: Text = ""
    now: Text = ""
    reason: Text
    by: Text = ""


class Framework(Described):
    """The values, criteria and requirements of a decision (afwegingskader).

    Parameters
    ----------
    title : Label, optional
    values : tuple of Value
    criteria : tuple of Criterion
    requirements : tuple of Requirement
    overrides : tuple of Override
        Where it departs from the frameworks that it takes over, the highest level first.
    fixed : tuple of str
        Ids that a lower level leaves alone.
    """

    title: Name | None = None
    values: tuple[Value, ...]
    criteria: tuple[Criterion, ...]
    requirements: tuple[Requirement, ...] = ()
    overrides: tuple[Override, ...] = ()
    fixed: tuple[Text, ...] = ()

    def criterion(self, criterion_id: str) -> Criterion:
        """Give the criterion with this id; KeyError when there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def weighed(self, perspective: Perspective) -> tuple[int, ...]:
        """Give the positions of the criteria that count in this perspective."""
        return tuple(
            index
            for index, criterion in enumerate(self.criteria)
            if criterion.perspective in (None, perspective)
        )

    @property
    def has_perspectives(self) -> bool:
        """Whether there is a switch between the national and the resident's perspective."""
        return set(PERSPECTIVES) <= {criterion.perspective for criterion in self.criteria}
