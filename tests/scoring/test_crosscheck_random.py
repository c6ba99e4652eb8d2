"""Every method of the check against the formulas of its authors, on 10,000 random tables."""

from collections.abc import Callable

import numpy as np
import pytest

from waardeweging.problem.arrays import FloatArray
from waardeweging.scoring.additive import additive_scores
from waardeweging.scoring.crosscheck import (
    METHODS,
    OTHER_WINNER,
    _methods,
    _preferences,
    crosscheck,
)

PROBLEMS = 10_000
PER_SHAPE = 250
SEED = 20_260

Formula = Callable[[FloatArray, FloatArray], FloatArray]


def _stacks():
    """Give tables and weights in stacks of one shape: two to eight options, up to seven criteria.

    Half of the stacks lie on a coarse grid, so that equal cells, zeros and ones are common;
    a column on which all are equal decides nothing and gets a difference.
    """
    rng = np.random.default_rng(SEED)
    for stack in range(PROBLEMS // PER_SHAPE):
        m, n = int(rng.integers(2, 9)), int(rng.integers(1, 8))
        steps = 1_000_000 if stack % 2 else 10
        values = rng.integers(0, steps + 1, size=(PER_SHAPE, m, n)) / steps
        flat = np.ptp(values, axis=1) == 0
        values[:, 0] = np.where(flat, (values[:, 0] + 0.5) % 1, values[:, 0])
        yield values, rng.dirichlet(np.ones(n), size=PER_SHAPE)


def topsis(v, w):
    # C. L. Hwang and K. Yoon, 1981, doi:10.1007/978-3-642-48318-9.
    r = w[:, None] * v / np.sqrt((v**2).sum(axis=1, keepdims=True))
    good = np.sqrt(((r - r.max(axis=1, keepdims=True)) ** 2).sum(axis=2))
    bad = np.sqrt(((r - r.min(axis=1, keepdims=True)) ** 2).sum(axis=2))
    return bad / (good + bad)


def vikor(v, w):
    # S. Opricovic and G.-H. Tzeng, 2004, doi:10.1016/S0377-2217(03)00020-1, with v = 0.5.
    regret = w[:, None] * (v.max(axis=1, keepdims=True) - v) / np.ptp(v, axis=1, keepdims=True)
    parts = [
        np.divide(
            x - x.min(axis=1, keepdims=True),
            np.ptp(x, axis=1, keepdims=True),
            out=np.full(x.shape, np.nan),
            where=np.ptp(x, axis=1, keepdims=True) > 1e-12,
        )
        for x in (regret.sum(axis=2), regret.max(axis=2))
    ]
    return -(parts[0] + parts[1]) / 2


def promethee(v, w):
    # J. P. Brans and P. Vincke, 1985, doi:10.1287/mnsc.31.6.647: usual criterion, net flow.
    ahead = np.sign(v[:, :, None] - v[:, None])
    return np.einsum("pabj,pj->pa", ahead, w) / (v.shape[1] - 1)


def copras(v, w):
    # E. K. Zavadskas et al., Technological and Economic Development of Economy 1(3), 1994. With
    # one cost c, shared by all m, of weight 1 (see crosscheck) each has
    # Q = benefits + 1/m; utility is Q over the largest Q.
    q = np.einsum("paj,pj->pa", v / v.sum(axis=1, keepdims=True), w) + 1 / v.shape[1]
    return q / q.max(axis=1, keepdims=True)


def moora(v, w):
    # W. K. M. Brauers and E. K. Zavadskas, Control and Cybernetics 35(2), 2006: benefits minus
    # the shared cost 1 / √m.
    r = v / np.sqrt((v**2).sum(axis=1, keepdims=True))
    return np.einsum("paj,pj->pa", r, w) - 1 / np.sqrt(v.shape[1])


def aras(v, w):
    # E. K. Zavadskas and Z. Turskis, 2010, doi:10.3846/tede.2010.10: against an ideal row.
    ideal = v.max(axis=1, keepdims=True)
    r = np.concatenate([ideal, v], axis=1)
    s = np.einsum("paj,pj->pa", r / r.sum(axis=1, keepdims=True), w)
    return s[:, 1:] / s[:, :1]


def waspas(v, w):
    # E. K. Zavadskas et al., 2012, doi:10.5755/j01.eee.122.6.1810, with λ = 0.5.
    r = v / v.max(axis=1, keepdims=True)
    return (np.einsum("paj,pj->pa", r, w) + (r ** w[:, None]).prod(axis=2)) / 2


def edas(v, w):
    # M. Keshavarz Ghorabaee et al., 2015, doi:10.15388/Informatica.2015.57.
    mean = v.mean(axis=1, keepdims=True)
    above = np.einsum("paj,pj->pa", np.maximum(v - mean, 0) / mean, w)
    below = np.einsum("paj,pj->pa", np.maximum(mean - v, 0) / mean, w)
    return (
        above / above.max(axis=1, keepdims=True) + 1 - below / below.max(axis=1, keepdims=True)
    ) / 2


def mabac(v, w):
    # D. Pamučar and G. Ćirović, 2015, doi:10.1016/j.eswa.2014.11.057.
    low = v.min(axis=1, keepdims=True)
    r = w[:, None] * ((v - low) / np.ptp(v, axis=1, keepdims=True) + 1)
    border = r.prod(axis=1, keepdims=True) ** (1 / v.shape[1])
    return (r - border).sum(axis=2)


def spotis(v, w):
    # J. Dezert et al., 2020, doi:10.23919/FUSION45008.2020.9190347, on the fixed range 0–1.
    return -np.einsum("paj,pj->pa", 1 - v, w)


def codas(v, w):
    # M. Keshavarz Ghorabaee et al., Economic Computation and Economic Cybernetics Studies and
    # Research 50(3), 2016, with threshold 0.02.
    r = w[:, None] * v / v.max(axis=1, keepdims=True)
    away = r - r.min(axis=1, keepdims=True)
    euclid, taxicab = np.sqrt((away**2).sum(axis=2)), away.sum(axis=2)
    ahead = euclid[:, :, None] - euclid[:, None]
    return (ahead + (np.abs(ahead) >= 0.02) * (taxicab[:, :, None] - taxicab[:, None])).sum(axis=2)


def rim(v, w):
    # E. Cables et al., 2016, doi:10.1016/j.ins.2015.12.011, with ideal 1 on the range 0–1.
    to_ideal = np.sqrt(((w[:, None] * (1 - v)) ** 2).sum(axis=2))
    from_worst = np.sqrt(((w[:, None] * v) ** 2).sum(axis=2))
    return from_worst / (to_ideal + from_worst)


FORMULAS: dict[str, Formula] = {
    "TOPSIS": topsis,
    "VIKOR": vikor,
    "PROMETHEE II": promethee,
    "COPRAS": copras,
    "MOORA": moora,
    "ARAS": aras,
    "WASPAS": waspas,
    "EDAS": edas,
    "MABAC": mabac,
    "CODAS": codas,
    "SPOTIS": spotis,
    "RIM": rim,
}


def _places(preferences):
    """Rank with differences up to 1e-9 as ties: a place is better only when clearly so."""
    return (preferences[:, None] > preferences + 1e-9).sum(axis=1)


def test_there_is_a_formula_for_every_method():
    assert tuple(FORMULAS) == METHODS


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMULAS)
def test_ten_thousand_random_tables_give_the_figures_of_the_authors(name):
    largest, compared, undefined = 0.0, 0, 0
    for values, weights in _stacks():
        method = _methods(values.shape[2])[name]
        expected = FORMULAS[name](values, weights)
        for table, pull, own in zip(values, weights, expected, strict=True):
            found = _preferences(name, method, table, pull)
            if found is None:
                assert not np.isfinite(own).all()
                undefined += 1
                continue
            largest = max(largest, float(np.abs(found - own).max()))
            compared += 1
            np.testing.assert_array_equal(_places(found), _places(own))

    assert largest <= 1e-9
    assert compared + undefined == PROBLEMS
    assert undefined == 0 or (name == "VIKOR" and undefined < PROBLEMS / 4)


@pytest.mark.slow
def test_the_check_hands_these_figures_on_with_the_winner_that_they_have():
    for values, weights in list(_stacks())[:4]:
        expected = {name: formula(values, weights) for name, formula in FORMULAS.items()}
        for problem, (table, pull) in enumerate(zip(values, weights, strict=True)):
            checks = {check.method: check for check in crosscheck(table, pull)}
            scores = additive_scores(table, pull)

            assert tuple(checks) == METHODS
            for name, own in expected.items():
                check = checks[name]
                if check.winner is None:
                    continue
                np.testing.assert_allclose(check.preferences, own[problem], atol=1e-9)
                assert own[problem][check.winner] >= own[problem].max() - 1e-9
                if check.reason == OTHER_WINNER:
                    assert scores[check.winner] < scores.max()
