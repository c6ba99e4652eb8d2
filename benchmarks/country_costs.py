"""What the best heat pump, and a network, cost a mean home against today: whole country."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from waardeweging.analysis.batch.country import Country, read_country
from waardeweging.analysis.batch.local_cells import at_middle, local_cells, performances_at_mid
from waardeweging.analysis.batch.settings import make_job
from waardeweging.problem.arrays import FloatArray

_NEDERLAND = Path("scenarios/nederland")
_PUMPS = ("hybrid-natural-gas", "air-heat-pump", "ground-heat-pump")
_NETWORKS = ("residual-heat-public", "residual-heat-cooperative", "geothermal-cooperative")


def main() -> None:
    """Print a line for each variant."""
    job = make_job(
        [_NEDERLAND / "startanalyse2020_nl_H18_per_variant.csv.gz"],
        None,
        settings=_NEDERLAND / "batch.toml",
    )
    country = read_country(job)
    options = [one.id for one in country.template.problem.alternatives]
    homes = np.array([place.weq for place in country.places])
    for variant in country.variants:
        costs = _against_now(country, variant)
        pumps = [options.index(name) for name in _PUMPS]
        best = np.where(country.present[:, pumps], costs[:, pumps], np.inf).min(axis=1)
        gains = float(((best < 0) * homes).sum() / homes.sum())
        print(f"{variant}: best heat pump {np.average(best, weights=homes):+.0f}, {gains:.0%} gain")
        for name in _NETWORKS:
            column = options.index(name)
            found = costs[country.present[:, column], column]
            low, middle, high = np.percentile(found, [5, 50, 95])
            print(f"  {name}: {low:.0f} / {middle:.0f} / {high:.0f} in {len(found)} places")


def _against_now(country: Country, variant: str) -> FloatArray:
    scenario = country.template if variant == "base" else country.template.with_variant(variant)
    cells = at_middle(local_cells(country, scenario), country.facts)
    likely = performances_at_mid(country, scenario, cells, 0, len(country.places))
    names = [one.id for one in scenario.problem.framework.criteria]
    return likely[:, :, names.index("K2")]


if __name__ == "__main__":
    main()
