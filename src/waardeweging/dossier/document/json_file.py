"""A dossier for machines: its facts, and every block with pointers to the facts behind it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from waardeweging.dossier.document.blocks import Document, Words


def json_of(document: Document, facts: dict[str, Any]) -> str:
    """Write a dossier as JSON text: pointers of a text lead into the same file.

    Drawings are left out; their numbers are in the facts.
    """
    whole = facts | {"document": _plain(document)}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _plain(item: Any) -> Any:
    if isinstance(item, Words):
        kept = {"text": item.text, "facts": list(item.facts), "say": item.key, "link": item.link}
        return {name: x for name, x in kept.items() if x or name == "text"}
    if is_dataclass(item):
        own = {
            one.name: _plain(getattr(item, one.name))
            for one in fields(item)
            if one.name not in ("wide", "narrow")
        }
        return {"block": type(item).__name__.lower()} | own
    if isinstance(item, frozenset):
        return sorted(item)
    return [_plain(one) for one in item] if isinstance(item, tuple) else item
