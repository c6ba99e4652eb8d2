"""Initiatives for tests."""

from waardeweging.problem.labels import Label
from waardeweging.selection.initiatives import GroupRule, Initiatives, Resource


def resource(name, limit):
    return Resource(id=name, label=Label(nl=name, en=name), unit="€", limit=float(limit))


def made(rng, number):
    """Give random values and initiatives with every kind of rule."""
    use = rng.integers(1, 100, (number, 2)).astype(float)
    limits = use.sum(axis=0) * rng.uniform(0.1, 0.8, 2)
    groups = tuple(
        GroupRule(
            "district",
            str(place),
            rng.random(number) < 0.4,
            int(rng.integers(0, 2)),
            int(rng.integers(1, 4)) if rng.random() < 0.5 else None,
        )
        for place in range(3)
    )
    pairs = [(int(a), int(b)) for a, b in rng.integers(number, size=(4, 2)) if a != b]
    agreed = (int(rng.integers(number)),) if rng.random() < 0.2 else ()
    resources = tuple(resource(name, limit) for name, limit in zip("ab", limits, strict=True))
    ids = tuple(f"i{place}" for place in range(number))
    allowed = rng.random(number) < 0.9
    values = rng.uniform(0, 1, number)
    return values, Initiatives(
        ids, resources, use, groups, tuple(pairs[:2]), tuple(pairs[2:]), allowed, agreed
    )
