"""What a forger might change, each with the file that has to be named when it is found.

A forger is clever enough to make the manifest and the description agree, and not clever
enough to recalculate: whoever rebuilds everything is caught by a published head only.
Run as ``python -m tests.dossier.forging`` for the full counts.
"""

import random
import sys
import time
from collections import Counter

from tests.dossier.bundles import documents, forged, with_answers, with_rows, with_sides
from tests.dossier.workshop import workshop_bundle

from waardeweging.dossier.bundle.container import unpack
from waardeweging.dossier.verify import State, verify_bundle

BUNDLES = {"L0": with_sides, "L1": with_rows, "L2": with_answers}
OF_LOG = ("event_removed", "event_swapped", "event_added", "event_changed")


def ballot(rng, level, held):
    ballots = held["ballots.json"]
    if level == "L2":
        chosen = rng.choice(ballots["ballots"])
        chosen["answers"] = " ".join(map(str, turned(rng, chosen["answers"].split())))
        return ["ballots.json"]
    side = rng.choice(["residents", "municipality"])
    if level == "L1":
        rows = ballots["rows"][side]
        place = rng.randrange(len(rows))
        rows[place] = " ".join(map(str, turned(rng, rows[place].split())))
        rows.sort(key=lambda row: [int(x) for x in row.split()])
    else:
        ballots["points"][side] = turned(rng, ballots["points"][side])
        held["announced.json"]["weights"] = ballots["points"]
    return ["ballots.json", "announced.json"]


def turned(rng, answers):
    answers = [int(x) for x in answers]
    place = rng.randrange(len(answers))
    answers[place] = (answers[place] + rng.choice([5, 10, 25, 50])) % 105
    return answers


def weight(rng, level, held):
    name = rng.choice(["outcome.json", "core.json", "announced.json"])
    weights = held[name]["weights"][rng.choice(["residents", "municipality"])]
    place = rng.randrange(len(weights))
    weights[place] += 4 if name == "announced.json" else rng.choice([1e-11, 1e-6, 0.05])
    return [name] if name != "announced.json" or level != "L0" else [name, "ballots.json"]


def performance(rng, level, held):
    cell = rng.choice(held["inputs/performances.json"])
    end = rng.choice(["low", "mid", "high"])
    # A sum between its neighbours, or a little outward: the band stays in order.
    cell[end] += {"low": -0.01, "mid": 0.0, "high": 0.01}[end]
    if end == "mid":
        cell["low"], cell["high"] = cell["low"] - 0.02, cell["high"] + 0.02
        cell["mid"] += rng.choice([-0.015, 0.015])
    return ["inputs/performances.json"]


def version(rng, level, held):
    kind = rng.choice(["bundle", "outcome", "both"])
    if kind != "outcome":
        held["bundle.json"]["version"] = "0.0.9"
    if kind != "bundle":
        held["outcome.json"]["provenance"]["version"] = "0.0.9"
    return ["bundle.json", "outcome.json"]


def seed(rng, level, held):
    if rng.random() < 0.5:
        held["inputs/rules.json"]["seed"] = rng.randrange(2, 1000)
    else:
        held["outcome.json"]["provenance"]["seed"] = rng.randrange(2, 1000)
    return ["inputs/rules.json", "outcome.json", "draws.json"]


def suppressed_cell(rng, level, held):
    if level == "L2" or rng.random() < 0.4:
        held["announced.json"]["people"][rng.choice(["residents", "municipality"])] = rng.randint(
            1, 4
        )
        return ["announced.json"]
    if level == "L0":
        held["outcome.json"][rng.choice(["acceptability", "supporters", "dispute"])] = [[0.5]]
        return ["outcome.json"]
    rng.choice(held["outcome.json"]["supporters"])["number"] = rng.randint(1, 4)
    return ["outcome.json"]


def score(rng, level, held):
    name = rng.choice(["outcome.json", "core.json", "announced.json"])
    scores = held[name]["scores"][rng.choice(["residents", "municipality", "joint"])]
    scores[rng.randrange(len(scores))] *= 0.9
    return [name]


def event_removed(rng, level, held):
    records = held["events.json"]["records"]
    records.remove(rng.choice(records[:-1]))
    return ["events.json"]


def event_swapped(rng, level, held):
    records = held["events.json"]["records"]
    place = rng.randrange(len(records) - 1)
    one, other = records[place], records[place + 1]
    records[place : place + 2] = [
        other | {"number": one["number"]},
        one | {"number": other["number"]},
    ]
    return ["events.json"]


def event_added(rng, level, held):
    records = held["events.json"]["records"]
    sent = [one for one in records if one["kind"] == "submitted"]
    extra = dict(rng.choice(sent))
    place = rng.randrange(1, len(records))
    records.insert(place, extra)
    for number, record in enumerate(records, 1):
        record["number"] = number
    return ["events.json"]


def event_changed(rng, level, held):
    sent = [one for one in held["events.json"]["records"] if one["kind"] == "submitted"]
    record = rng.choice(sent)
    body = record["body"]
    body["side"] = "residents" if body["side"] == "municipality" else "municipality"
    return ["events.json"]


CLASSES = {
    make.__name__: make
    for make in (
        ballot,
        weight,
        performance,
        version,
        seed,
        suppressed_cell,
        score,
        event_removed,
        event_swapped,
        event_added,
        event_changed,
    )
}


def forgery(kind, number):
    """Give a forged bundle and the files of which one has to be named."""
    rng = random.Random(f"{kind} {number}")  # noqa: S311
    level = rng.choice(list(BUNDLES))
    whole = workshop_bundle() if kind in OF_LOG else BUNDLES[level]()
    held = documents(whole)
    before = documents(whole)
    named = CLASSES[kind](rng, level, held)
    return forged(whole, {name: x for name, x in held.items() if x != before[name]}), named


def flipped(whole, number):
    """Turn one bit of a bundle."""
    place = random.Random(f"bit {number}").randrange(8 * len(whole))  # noqa: S311
    turned = bytearray(whole)
    turned[place // 8] ^= 1 << place % 8
    return bytes(turned)


def caught(whole, named=()):
    """Say whether a tampered bundle is refused with the place."""
    wrong = verify_bundle(whole).of(State.WRONG)
    places = [place for one in wrong for place in (one.place, one.values.get("origin", ""))]
    return bool(wrong) and (not named or any(place.startswith(tuple(named)) for place in places))


def main(forgeries=300, bits=3000):
    """Run the whole matrix and print what was caught."""
    start = time.perf_counter()
    missed: Counter[str] = Counter()
    for number in range(forgeries):
        kind = list(CLASSES)[number % len(CLASSES)]
        missed[kind] += not caught(*forgery(kind, number))
    print(f"{forgeries} forgeries: {missed.total()} missed {dict(+missed)}")
    whole = [make() for make in BUNDLES.values()]
    uncaught = sum(not caught(flipped(whole[n % len(whole)], n)) for n in range(bits))
    print(f"{bits} flipped bits: {uncaught} missed")
    print(f"{time.perf_counter() - start:.1f} s")
    return int(bool(missed.total() + uncaught))


if __name__ == "__main__":
    assert unpack(with_sides())
    sys.exit(main())
