"""The neighbourhoods of a batch, stacked, and the one scenario they all differ from.

The scenario is composed by the same lines that make the folder of one neighbourhood, with
every option of the tables. A neighbourhood differs from it in its national costs, in the
options that are absent there, and in its facts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from waardeweging import __version__
from waardeweging.analysis.batch.facts import (
    StackedFacts,
    known_facts,
    read_given,
    read_local,
    stack,
)
from waardeweging.analysis.batch.settings import (
    BASE,
    KERNEL,
    MOST_DRAWS,
    BatchFile,
    Job,
    WeightSet,
    read_settings,
)
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.effects.compose import make_scenario
from waardeweging.effects.heat_tables import (
    HeatTables,
    cost_like,
    read_heat_tables,
    variants_of,
)
from waardeweging.effects.local_facts import local_facts
from waardeweging.effects.national_cost import national_cost
from waardeweging.effects.parameters import Parameter
from waardeweging.effects.scenario_files import csv_text, write_folder
from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.weighing import NoWeightsError, Weighing, weigh
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.importers.startanalyse import NeighbourhoodCosts
from waardeweging.problem.importers.startanalyse_import import read_costs
from waardeweging.problem.tables import Row

NATIONAL = "K1"
_NOWHERE = "BU00000000"


@dataclass(frozen=True, eq=False)
class Country(ArrayRecord):
    """Everything that a partition needs, for all neighbourhoods in the order of the rows.

    Parameters
    ----------
    places : tuple of NeighbourhoodCosts, length n_neighbourhoods
        By municipality, then by code.
    template : Scenario
        With all options and the ballots; its national costs mean nothing.
    codes : tuple of str, length n_alternatives
        Variant of the Startanalyse with whose costs each option moves under uncertainty;
        empty for the reference.
    variant_codes : tuple of tuple of str, length n_alternatives
        Variants that each option is.
    bands : array, shape (n_neighbourhoods, n_alternatives, 3)
        Low, mid and high of the national costs; 0 where absent. [€/weq/yr]
    present : array of bool, shape (n_neighbourhoods, n_alternatives)
        Whether the Startanalyse has a cost for the option here.
    facts : StackedFacts
    weighing : Weighing
    variants : tuple of str
        By id; ``base`` is the scenario without one.
    weights : tuple of str
    with_bands : bool
    fingerprint : str
        Of all input and choices.
    edition : int
        Of the Startanalyse.
    """

    places: tuple[NeighbourhoodCosts, ...]
    template: Scenario
    codes: tuple[str, ...]
    variant_codes: tuple[tuple[str, ...], ...]
    bands: FloatArray
    present: BoolArray
    facts: StackedFacts
    weighing: Weighing
    variants: tuple[str, ...]
    weights: tuple[WeightSet, ...]
    with_bands: bool
    fingerprint: str
    edition: int

    @property
    def options(self) -> tuple[str, ...]:
        """Ids of the options, in the order of every array."""
        return tuple(option.id for option in self.template.problem.alternatives)

    @property
    def counts_costs(self) -> bool:
        """Whether the national costs are weighed in this perspective."""
        framework = self.template.problem.framework
        weighed = framework.weighed(self.template.perspective)
        return NATIONAL in [framework.criteria[column].id for column in weighed]

    def scenario(self, variant: str) -> Scenario:
        """Give the template with a variant applied."""
        return self.template.with_variant(None if variant == BASE else variant)


def read_country(job: Job) -> Country:
    """Read everything that a batch needs.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With the faults of the files.
    """
    settings = read_settings(job.settings)
    heat = job.heat_folder
    tables = read_heat_tables(heat)
    found = read_costs(job.inputs, settings.edition)
    places = tuple(sorted(found.values(), key=lambda one: (one.municipality_code, one.code)))
    template = _template(job, settings, heat, tables)
    rows = {row["option"]: row for row in tables.options}
    options = [rows[option.id] for option in template.problem.alternatives]
    local, given = read_local(heat), read_given(job.facts)
    codes = [one.code for one in places]
    known = known_facts(codes, local, given)
    derived = [
        local_facts(one, settings.edition, facts) for one, facts in zip(places, known, strict=True)
    ]
    bands, present = _costs(places, options, settings.edition, derived)
    facts = stack(
        codes,
        known,
        derived,
        _defaults(template),
        (local, given, ", ".join(path.name for path in job.facts)),
    )
    variants = tuple(variants_of(row, settings.edition) for row in options)
    return Country(
        places,
        template,
        tuple(
            cost_like(row, settings.edition) or (codes_[0] if codes_ else "")
            for row, codes_ in zip(options, variants, strict=True)
        ),
        variants,
        bands,
        present,
        facts,
        _weighing(template),
        _variants(job, template),
        job.weights or settings.weights,
        job.bands,
        job.fingerprint(),
        settings.edition,
    )


def described(country: Country) -> dict[str, object]:
    """Give what the footer of a file of results says about the run."""
    template = country.template
    return {
        "run": country.fingerprint,
        "kernel": KERNEL,
        "version": __version__,
        "seed": template.seed,
        "draws": template.draws,
        "perspective": template.perspective,
        "lambda": template.share,
        "tie_margin": template.tie_margin,
        "options": list(country.options),
        "reference": next((one.id for one in template.problem.alternatives if one.reference), None),
        "labels": {
            "options": {one.id: one.label.model_dump() for one in template.problem.alternatives},
            "variants": {one.id: one.label.model_dump() for one in template.variants},
        },
        "startanalyse_variants": list(country.codes),
        "criteria": [criterion.id for criterion in template.problem.framework.criteria],
        "variants": list(country.variants),
        "weights": list(country.weights),
        "neighbourhoods": len(country.places),
        "sources": f"PBL ({country.edition}), Startanalyse aardgasvrije buurten",
    }


def _template(job: Job, settings: BatchFile, heat: Path, tables: HeatTables) -> Scenario:
    """Compose one scenario with every option, and give it the ballots of another folder."""
    weighed = read_scenario(job.scenario)
    everywhere = NeighbourhoodCosts(
        code=_NOWHERE,
        name="",
        municipality_code="",
        municipality="",
        weq=1.0,
        variants={},
        dwellings=1.0,
    )
    reference = str(job.framework)
    files = make_scenario(
        everywhere, settings.edition, heat, job.framework, reference=reference, every_option=True
    )
    files["ballots.csv"] = _ballots(weighed.ballots)
    with tempfile.TemporaryDirectory() as folder:
        write_folder(files, Path(folder) / "template")
        template = read_scenario(Path(folder) / "template")
    return replace(
        template,
        perspective=job.perspective or weighed.perspective,
        share=weighed.share,
        third_shares=weighed.third_shares,
        seed=weighed.seed if job.seed is None else job.seed,
        draws=job.draws or settings.draws or min(weighed.draws, MOST_DRAWS),
        tie_margin=weighed.tie_margin,
    )


def _ballots(ballots: Sequence[Ballot]) -> str:
    criteria = ballots[0].criteria if ballots else ()
    rows = [
        [one.participant, one.side, one.department, one.round, one.method]
        + [repr(answer) for answer in one.answers]
        + [""] * (len(criteria) - len(one.answers))
        for one in ballots
    ]
    return csv_text(("participant", "side", "department", "round", "method", *criteria), rows)


def _costs(
    places: Sequence[NeighbourhoodCosts],
    options: Sequence[Row],
    edition: int,
    derived: Sequence[Mapping[str, Mapping[str, Any]]],
) -> tuple[FloatArray, BoolArray]:
    """Give the national costs of every option, as a scenario folder would hold them."""
    bands = np.zeros((len(places), len(options), 3))
    present = np.ones((len(places), len(options)), dtype=np.bool_)
    for row, (one, facts) in enumerate(zip(places, derived, strict=True)):
        for column, option in enumerate(options):
            found = national_cost(option, one, edition, facts)
            if found is None:
                present[row, column] = False
            else:
                bands[row, column] = found.low, found.mid, found.high
    return bands, present


def _defaults(template: Scenario) -> dict[str, Parameter]:
    """Give what holds where nothing is known of a neighbourhood, by the name of the fact."""
    effects = template.effects
    if effects is None:
        return {}
    levels = [f"{kind}_{level}" for kind in ("space_saving", "insulation") for level in "db"]
    found = {name: effects.parameters[name] for name in ("heat_now", "owner_share", *levels)}
    for technique, own in effects.techniques.items():
        for name in ("network_capital", "network_running"):
            if name in own:
                found[f"{name}_{technique.lower()}"] = own[name]
    return found


def _weighing(template: Scenario) -> Weighing:
    columns = template.problem.framework.weighed(template.perspective)
    try:
        return weigh(template.ballots, columns, template.share, template.third_shares)
    except NoWeightsError as error:
        raise InputError(
            "ballot.side_without_weights",
            where=Place("ballots", None, "side"),
            found=error.side,
            remedy="Side '{side}' gave no weight to any criterion of this perspective.",
            side=error.side,
        ) from None


def _variants(job: Job, template: Scenario) -> tuple[str, ...]:
    known = (BASE, *(variant.id for variant in template.variants))
    chosen = known if job.variants is None else job.variants
    for variant in chosen:
        if variant not in known:
            raise InputError(
                "batch.unknown_variant",
                where=Place("variants"),
                found=variant,
                remedy="Choose one of: {known}.",
                known=", ".join(known),
            )
    return tuple(dict.fromkeys(chosen))
