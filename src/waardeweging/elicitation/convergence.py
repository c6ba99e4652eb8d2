"""Whether several chains of dependent draws tell the same story, and how much they tell.

Both figures are computed without the rank transformation of their source: weights
are bounded, so means and variances always exist.
"""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import FloatArray


def split_r_hat(chains: FloatArray) -> FloatArray:
    """Compare the spread between half chains with that inside them.

    Parameters
    ----------
    chains : array, shape (n_chains, n_draws, n_quantities)
        At least 4 draws per chain; no quantity is constant.

    Returns
    -------
    array, shape (n_quantities,)
        The larger of the figures for place and for spread (distance to the median); 1 when
        the halves agree. [about 1 or more]

    Raises
    ------
    ValueError
        If chains are shorter than 4 draws.

    References
    ----------
    A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, Rank-normalization,
    folding, and localization: an improved R̂, Bayesian Analysis 16(2), 2021,
    doi:10.1214/20-BA1221.
    """
    halves = _halves(chains)
    folded = np.abs(halves - np.median(halves, axis=(0, 1)))
    return np.maximum(_r_hat(halves), _r_hat(folded))


def effective_sample_size(chains: FloatArray) -> FloatArray:
    """Give the number of independent draws with the same error of the mean.

    Parameters
    ----------
    chains : array, shape (n_chains, n_draws, n_quantities)
        At least 4 draws per chain; no quantity is constant.

    Returns
    -------
    array, shape (n_quantities,)
        At most the number of draws, also where these balance each other.

    Raises
    ------
    ValueError
        If chains are shorter than 4 draws.

    References
    ----------
    C. J. Geyer, Practical Markov chain Monte Carlo, Statistical Science 7(4), 1992,
    doi:10.1214/ss/1177011137 (initial monotone sequence).
    A. Vehtari et al., 2021, doi:10.1214/20-BA1221, section 3.2.
    """
    halves = _halves(chains)
    total = halves.shape[0] * halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    pooled = _pooled_variance(halves)
    rho = 1 - (within - _autocovariance(halves).mean(axis=0)) / pooled
    rho[0] = 1.0
    pairs = rho[: len(rho) // 2 * 2].reshape(-1, 2, rho.shape[1]).sum(axis=1)
    # Sums of neighbouring lags fall and stay positive; from the first exception on it is noise.
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    falling = np.minimum.accumulate(np.where(positive, pairs, 0.0), axis=0)
    time = np.maximum(2 * falling.sum(axis=0) - 1, 1.0)
    return np.asarray(total / time)


def _halves(chains: FloatArray) -> FloatArray:
    half = chains.shape[1] // 2
    if half < 2:
        raise ValueError(f"chains have {chains.shape[1]} draws, expected 4 or more")
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _r_hat(halves: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(_pooled_variance(halves) / halves.var(axis=1, ddof=1).mean(axis=0)))


def _pooled_variance(halves: FloatArray) -> FloatArray:
    n_draws = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = halves.mean(axis=1).var(axis=0, ddof=1)
    return np.asarray(within * (n_draws - 1) / n_draws + between)


def _autocovariance(halves: FloatArray) -> FloatArray:
    """Give autocovariances by lag for every half chain, damped at the long lags."""
    n_draws = halves.shape[1]
    centred = halves - halves.mean(axis=1, keepdims=True)
    # Padding with zeros keeps the end of a chain from being compared with its beginning.
    power = np.abs(np.fft.rfft(centred, 2 * n_draws, axis=1)) ** 2
    return np.asarray(np.fft.irfft(power, 2 * n_draws, axis=1)[:, :n_draws] / n_draws)
