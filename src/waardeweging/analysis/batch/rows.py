"""The rows of a batch: one per neighbourhood, variant and weight set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.fixed import NOBODY, Fixed
from waardeweging.analysis.batch.sampling import Sampled
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.robustness.classes import firmness


def schema(country: Country) -> pa.Schema:
    """Give names and types of the columns; options are the fields of the structs."""
    options = country.options
    places = pa.struct([(one, pa.list_(pa.float64())) for one in options])
    return pa.schema(
        [
            ("neighbourhood", pa.string()),
            ("name", pa.string()),
            ("municipality_code", pa.string()),
            ("municipality", pa.string()),
            ("variant", pa.string()),
            ("weights", pa.string()),
            ("weq", pa.float64()),
            ("dwellings", pa.float64()),
            ("owner_share", pa.float64()),
            ("owner_share_source", pa.string()),
            ("gas_use", pa.float64()),
            ("heat_now", pa.float64()),
            ("demand_source", pa.string()),
            ("below_label_b", pa.float64()),
            ("below_label_d", pa.float64()),
            ("absent", pa.list_(pa.string())),
            ("excluded", pa.list_(pa.string())),
            ("outside_range", pa.list_(pa.string())),
            ("winner", pa.string()),
            ("runner_up", pa.string()),
            ("scores", pa.struct([(one, pa.float64()) for one in options])),
            ("margin", pa.float64()),
            ("tie", pa.bool_()),
            ("ties", pa.list_(pa.string())),
            ("points_to_flip", pa.float64()),
            ("flip_rival", pa.string()),
            ("winner_share", pa.float64()),
            ("winner_share_error", pa.float64()),
            ("regret", pa.float64()),
            ("robustness", pa.string()),
            ("rank_acceptability", places),
            ("winner_share_bands", pa.float64()),
            ("winner_share_bands_error", pa.float64()),
            ("regret_bands", pa.float64()),
            ("robustness_bands", pa.string()),
            ("rank_acceptability_bands", places),
            ("value_of_information", pa.float64()),
            ("cost_only_winner", pa.string()),
            ("weighing_changes_choice", pa.bool_()),
            ("published_winner", pa.string()),
            ("published_options", pa.list_(pa.string())),
            ("cost_tie_variants", pa.bool_()),
            ("cost_tie_strategies", pa.bool_()),
            ("cost_tie_network", pa.bool_()),
        ]
    )


Columns = dict[str, pa.Array]


def fixed_columns(country: Country, fixed: Fixed, eligible: BoolArray) -> Columns:
    """Give the columns of one row of weights."""
    options = country.options
    scored = _scored(country, eligible)
    return {
        "winner": named(options, fixed.winner),
        "runner_up": named(options, fixed.runner_up),
        "scores": _structs(
            options, [_maybe(fixed.scores[:, k], scored[:, k]) for k in range(len(options))]
        ),
        "margin": _maybe(fixed.margin, np.isfinite(fixed.margin)),
        "tie": _maybe(np.asarray(fixed.tied.any(axis=1), np.bool_), fixed.winner != NOBODY),
        "ties": marked(options, fixed.tied),
        "points_to_flip": _maybe(fixed.points, np.isfinite(fixed.points)),
        "flip_rival": named(options, fixed.rival),
    }


def sampled_columns(
    country: Country,
    sampled: Sampled,
    winner: IntArray,
    eligible: BoolArray,
    points: FloatArray | None,
    draws: int,
    suffix: str = "",
) -> Columns:
    """Give the columns of what was drawn.

    Parameters
    ----------
    country : Country
    sampled : Sampled
    winner : array of int, shape (n_neighbourhoods,)
        Option whose share is told; −1 for nobody.
    eligible : array of bool, shape (n_neighbourhoods, n_alternatives)
    points : array, shape (n_neighbourhoods,) or None
        Points to flip, infinite for never; None where the weights are not one row.
    draws : int
        0 when the shares are not a sample.
    suffix : str
    """
    there, scored = winner != NOBODY, _scored(country, eligible)
    share = sampled.shares[np.arange(len(winner)), winner, 0]
    error = np.sqrt(share * (1 - share) / draws) if draws else np.zeros(len(share))
    has_regret = there & (points is not None)
    return {
        f"winner_share{suffix}": _maybe(share, there),
        f"winner_share{suffix}_error": _maybe(error, there),
        f"regret{suffix}": _maybe(sampled.regret, has_regret),
        f"robustness{suffix}": _classes(points, share, there),
        f"rank_acceptability{suffix}": _structs(
            country.options,
            [_lists(sampled.shares[:, k], scored[:, k]) for k in range(len(country.options))],
        ),
    }


def _scored(country: Country, eligible: BoolArray) -> BoolArray:
    """Mark what has scores: eligible options, and the reference, which is on no place."""
    return eligible | [one.reference for one in country.template.problem.alternatives]


def first_of(shares: FloatArray, eligible: BoolArray) -> IntArray:
    """Find the option with the largest share of first places; −1 where nothing is eligible."""
    found = np.where(eligible, shares[:, :, 0], -1.0).argmax(axis=1)
    return np.where(eligible.any(axis=1), found, NOBODY)


def named(names: Sequence[str], positions: IntArray) -> pa.Array:
    """Give names by position; −1 is null."""
    known = pa.array(names, pa.string())
    return known.take(pa.array(np.maximum(positions, 0), mask=positions == NOBODY))


def marked(names: Sequence[str], marks: BoolArray) -> pa.Array:
    """List the marked names of every row."""
    offsets = np.concatenate([[0], np.cumsum(marks.sum(axis=1))]).astype(np.int32)
    chosen = pa.array(names, pa.string()).take(pa.array(np.nonzero(marks)[1]))
    return pa.ListArray.from_arrays(pa.array(offsets), chosen)


def table(country: Country, columns: Columns, number: int) -> pa.Table:
    """Put the columns in their order; what was not computed is null."""
    wanted = schema(country)
    arrays = [
        columns[field.name] if field.name in columns else pa.nulls(number, field.type)
        for field in wanted
    ]
    return pa.Table.from_arrays(arrays, schema=wanted)


def constant(text: str, number: int) -> pa.Array:
    """Repeat a text."""
    return pa.array([text] * number, pa.string())


def interleaved(tables: Iterable[pa.Table], number: int) -> pa.Table:
    """Lay tables of the same neighbourhoods together, neighbourhood by neighbourhood."""
    parts = list(tables)
    whole = pa.concat_tables(parts)
    order = np.arange(len(parts) * number).reshape(len(parts), number).T.ravel()
    return whole.take(pa.array(order)).combine_chunks()


def _maybe(values: FloatArray | BoolArray, known: BoolArray) -> pa.Array:
    return pa.array(values, mask=~known)


def _classes(points: FloatArray | None, shares: FloatArray, there: BoolArray) -> pa.Array:
    if points is None:
        return pa.nulls(len(shares), pa.string())
    words = [
        firmness(float(own) if np.isfinite(own) else None, float(share)).value if is_there else None
        for own, share, is_there in zip(points, shares, there, strict=True)
    ]
    return pa.array(words, pa.string())


def _lists(rows: FloatArray, known: BoolArray) -> pa.Array:
    width = rows.shape[1]
    lengths = np.where(known, width, 0)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    flat = pa.array(np.ascontiguousarray(rows[known]).ravel())
    return pa.ListArray.from_arrays(pa.array(offsets), flat, mask=pa.array(~known))


def _structs(names: Sequence[str], arrays: Sequence[pa.Array]) -> pa.Array:
    return pa.StructArray.from_arrays(list(arrays), names=list(names))
