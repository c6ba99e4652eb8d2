"""One way to write a value as bytes, so that everybody computes the same hash."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(value: object) -> bytes:
    """Write a value as canonical JSON.

    Parameters
    ----------
    value : object
        Null, booleans, whole numbers up to 2**53 − 1, finite numbers, text, lists, tuples and
        mappings from text. Text is brought to NFC first.

    Returns
    -------
    bytes
        UTF-8, keys sorted, no white space.

    Raises
    ------
    ValueError
        If a number is not finite or too large, a key is no text, two keys are the same text,
        or something cannot be written as JSON.

    References
    ----------
    RFC 8785, JSON Canonicalization Scheme; Unicode Standard Annex 15 (NFC).
    """
    try:
        return rfc8785.dumps(_normal(value))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(f"no canonical form: {error}") from error


def _normal(value: object) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return _normal_keys(value)
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    return value


def _normal_keys(value: Mapping[Any, object]) -> dict[Any, Any]:
    written = {_normal(key): _normal(item) for key, item in value.items()}
    if len(written) < len(value):
        raise ValueError("two keys are the same text")
    return written
