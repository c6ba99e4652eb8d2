"""What comes out: every figure about one scenario, by position; ids stand in the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from waardeweging.analysis.comparing import Consistency, consistency
from waardeweging.analysis.grading import Graded
from waardeweging.analysis.representation import Representation
from waardeweging.analysis.research import ForWhom, Free, Recoded, Research, Smooth, Supporters
from waardeweging.analysis.rounds import Rounds
from waardeweging.analysis.scenario import Scenario
from waardeweging.analysis.triangle import Triangle, triangle
from waardeweging.deliberation.agreement import CriterionDispute, SpreadSplit
from waardeweging.deliberation.beside import Beside
from waardeweging.deliberation.dispute import DisputeSplit
from waardeweging.deliberation.fairness import RobustFairness
from waardeweging.deliberation.groups import NoGroups, OpinionGroups
from waardeweging.deliberation.influence import Influence
from waardeweging.deliberation.panel import MethodPanel
from waardeweging.deliberation.strip import EqualityStrip
from waardeweging.elicitation.weighing import Weighing
from waardeweging.explanation.findings import Finding
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.problem.criteria import Criterion
from waardeweging.robustness.acceptability import SampledAcceptability
from waardeweging.robustness.classes import Firmness
from waardeweging.robustness.flip import Flip
from waardeweging.robustness.smooth_spread import NoSmoothFit
from waardeweging.robustness.stability import StabilityInterval
from waardeweging.scoring.crosscheck import MethodCheck, crosscheck
from waardeweging.scoring.requirements import Exclusion


@dataclass(frozen=True, eq=False)
class Result(ArrayRecord):
    """How good each option is.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    contributions : array, shape (n_alternatives, n_criteria)
        Joint weight × value; a row sums to the joint score.
    residents, municipality, joint : array, shape (n_alternatives,)
        Scores under the weights of each side and jointly. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    exclusions, at_risk : tuple of Exclusion
    ranking : tuple of int
        Eligible options, best first.
    ties : tuple of int
        Other options within the tie margin of the best.
    dominated : tuple of (int, int)
        Pairs (better, worse): nowhere worse and somewhere better.
    """

    values: FloatArray
    contributions: FloatArray
    residents: FloatArray
    municipality: FloatArray
    joint: FloatArray
    eligible: BoolArray
    exclusions: tuple[Exclusion, ...]
    at_risk: tuple[Exclusion, ...]
    ranking: tuple[int, ...]
    ties: tuple[int, ...]
    dominated: tuple[tuple[int, int], ...]

    @property
    def winner(self) -> int:
        """Position of the option with the highest joint score."""
        return self.ranking[0]

    @property
    def runner_up(self) -> int | None:
        """Position of the second; None when only one option is eligible."""
        return self.ranking[1] if len(self.ranking) > 1 else None


@dataclass(frozen=True, eq=False)
class Firm(ArrayRecord):
    """How firm the outcome is.

    Parameters
    ----------
    flip : Flip or None
        None when no weights can change the winner.
    stability : tuple of StabilityInterval, length n_criteria
    acceptability : array, shape (n_alternatives, n_alternatives)
        Share of the people, by what each counts for, that puts an option on a place.
    acceptability_error : array, shape (n_alternatives, n_alternatives)
        Its standard error, because the people are few.
    people : SampledAcceptability
        Over other draws of people of the same sides.
    people_and_bands : SampledAcceptability
        The same, with performances drawn from their bands as well.
    by_weights, with_bands : Firmness
        One word, without and with the bands of the performances.
    """

    flip: Flip | None
    stability: tuple[StabilityInterval, ...]
    acceptability: FloatArray
    acceptability_error: FloatArray
    people: SampledAcceptability
    people_and_bands: SampledAcceptability
    by_weights: Firmness
    with_bands: Firmness


@dataclass(frozen=True, eq=False)
class Agreement(ArrayRecord):
    """Where the sides agree and differ.

    Parameters
    ----------
    strip : EqualityStrip
    panel : MethodPanel
    points_to_move : float
        Between the mean weights of the sides. [0–100]
    mean_pairwise_points : float
        Between two people, on average. [0–100]
    spread : SpreadSplit
    concordance : float or None
        Kendall's W over all people of both sides; None when it does not exist.
    criteria : CriterionDispute
    p_value : float
        Chance of so large a split between the sides if sides did not matter.
    groups : OpinionGroups or NoGroups
        Groups of people with alike weights, or why none are named.
    one_person : bool
        Whether any one person could change the winner by another ballot.
    decisive : (bool, bool)
        Whether the residents, the municipality are decisive: the other side alone would
        have chosen otherwise.
    fairness : RobustFairness
        Whether the winner may be called robustly fair.
    dispute : DisputeSplit or None
        Winner against runner-up; None when there is no runner-up.
    influence : Influence or None
        Groups are residents, municipality, and third parties with a share; None when there
        is no runner-up.
    """

    strip: EqualityStrip
    panel: MethodPanel
    points_to_move: float
    mean_pairwise_points: float
    spread: SpreadSplit
    concordance: float | None
    criteria: CriterionDispute
    p_value: float
    groups: OpinionGroups | NoGroups
    one_person: bool
    decisive: tuple[bool, bool]
    fairness: RobustFairness
    dispute: DisputeSplit | None
    influence: Influence | None


@dataclass(frozen=True, slots=True)
class CostOnly:
    """What costs alone would choose.

    Parameters
    ----------
    basis : str
        ``national``: lowest additional national cost; ``weighed``: best on the weighed
        criteria of the cost value alone.
    ranking : tuple of int
        Eligible options, cheapest first; without the one from which additional cost is
        counted.
    """

    basis: str
    ranking: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Outcome(ArrayRecord):
    """Everything that `analyse` computes for a scenario.

    Parameters
    ----------
    scenario : Scenario
        As analysed: with its variant, share and perspective.
    columns : tuple of int
        Positions in the framework of the criteria that were weighed.
    weighing : Weighing
    result : Result
    firm : Firm
    agreement : Agreement
    research : Research
    free : Free
    recoded : Recoded or None
        None without ordinal criteria.
    smooth : Smooth or NoSmoothFit
    supporters : Supporters
    for_whom : ForWhom
    cost_only : CostOnly or None
        None when the framework has no costs by that name.
    findings : tuple of Finding
        Most important first.
    beside : Beside or None
        Rules for analysts beside the method panel.
    room : SampledAcceptability or None
        Who wins while everyone whose answers leave room takes any weights in it; None when
        all answers leave one set of weights.
    graded : Graded or None
        None when nobody graded the options.
    rounds : Rounds or None
        None after one round.
    representation : Representation or None
        None without a population to compare with.
    """

    scenario: Scenario
    columns: tuple[int, ...]
    weighing: Weighing
    result: Result
    firm: Firm
    agreement: Agreement
    research: Research
    free: Free
    recoded: Recoded | None
    smooth: Smooth | NoSmoothFit
    supporters: Supporters
    for_whom: ForWhom
    cost_only: CostOnly | None
    findings: tuple[Finding, ...]
    beside: Beside | None = None
    room: SampledAcceptability | None = None
    graded: Graded | None = None
    rounds: Rounds | None = None
    representation: Representation | None = None

    @cached_property
    def crosscheck(self) -> tuple[MethodCheck, ...]:
        """Other methods on the same values and joint weights: a check, made when asked for.

        Their library takes longer to load than everything else takes to compute.
        """
        return crosscheck(self.result.values, self.weighing.joint, self.result.eligible)

    @cached_property
    def triangle(self) -> Triangle | None:
        """Who would win if a third party had a share; None without ballots of one."""
        return triangle(self)

    @cached_property
    def consistency(self) -> tuple[Consistency, ...]:
        """How well comparisons agree with each other, per method that was used."""
        return consistency(self.scenario)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The options, in the order of every array."""
        return self.scenario.problem.alternatives

    @property
    def reference(self) -> int | None:
        """Position of what the options are measured against; None without one."""
        return self.scenario.problem.reference

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The weighed criteria, in the order of every array."""
        framework = self.scenario.problem.framework
        return tuple(framework.criteria[column] for column in self.columns)
