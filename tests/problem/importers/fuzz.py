"""Feed spoiled files to every reader: ``python -m tests.problem.importers.fuzz 1000000``.

A reader may give rows or refuse with faults that a user can repair; anything else is a
finding, and is printed with the bytes that led to it. Afterwards it may have left nothing
behind. Inputs depend on the seed only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import random
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tests.problem.importers.made_2025 import (
    building_lines,
    csv_bytes,
    lines_bytes,
    municipality,
    strategy_rows,
    zip_bytes,
)

from waardeweging.analysis.batch.facts import read_given
from waardeweging.analysis.batch.results import _TYPES, read_results
from waardeweging.problem.boundaries import read_boundaries
from waardeweging.problem.errors import Faults, InputError, faults_in
from waardeweging.problem.importers.cbs import read_cbs
from waardeweging.problem.importers.etm import read_etm
from waardeweging.problem.importers.startanalyse import read_startanalyse
from waardeweging.problem.importers.startanalyse_2019 import read_startanalyse_2019
from waardeweging.problem.importers.startanalyse_2025 import read_startanalyse_2025
from waardeweging.problem.importers.startanalyse_buildings import read_buildings_2025
from waardeweging.problem.importers.streaming import FewFaults
from waardeweging.problem.tables import read_table

SCENARIOS = Path(__file__).parents[3] / "scenarios"
NATION = SCENARIOS / "nederland" / "startanalyse2020_nl_H18_per_variant.csv.gz"
LONG = SCENARIOS / "nederland" / "startanalyse2020_3gemeenten_long.csv"
OLD = Path(__file__).parents[2] / "data" / "startanalyse_2019_excerpt.csv"
CBS = "85984NED_UntypedDataSet_23112026_120000"
CBS_ROW = {
    "ID": "1", "WijkenEnBuurten": "BU01934000", "Gemeentenaam_1": "Zwolle  ",
    "SoortRegio_2": "Buurt", "Codering_3": "BU01934000", "HuishoudensTotaal_29": "1525",
    "Woningvoorraad_35": "1656", "PercentageMeergezinswoning_45": "12", "Koopwoningen_47": "63",
    "HuurwoningenTotaal_48": "37", "InBezitWoningcorporatie_49": "28", "Appartement_50": "900",
    "GemiddeldAardgasverbruikTotaal_55": "1290",
    "PercentageWoningenMetStadsverwarming_56": "2.5", "GemiddeldInkomenPerInwoner_78": "29.1",
}  # fmt: skip
NASTY = (
    b"NaN", b"Infinity", b"1e999", b"-0", b"1.200", b"1,2,3", "１２".encode(), b"=1+1", b"\x00",
    b'"', b";", b"\n", b"\r", b"\t", b"\xff", "\u202e".encode(), b"9" * 400, b"null", b"true",
    b"[", b"{", b"-99997", b"BU01934000", b"s9z", b" ", b"\xef\xbb\xbf", b"1e-400",
)  # fmt: skip

Reader = Callable[[Path], object]


def readers() -> dict[str, tuple[str, bytes, Reader]]:
    """Give every reader by name, with a name and the bytes of a file that it reads well."""
    wide = b"\n".join(gzip.decompress(NATION.read_bytes()).splitlines()[:3])
    long = b"\n".join(LONG.read_bytes().splitlines()[:4])
    old = b"\n".join(OLD.read_bytes().splitlines()[:4])
    small = strategy_rows()
    area = [[[5.0, 52.0], [6.0, 52.0], [6.0, 53.0], [5.0, 52.0]]]
    feature = {"type": "Feature", "properties": {"code": "GM0193"},
               "geometry": {"type": "Polygon", "coordinates": area}}  # fmt: skip
    geojson = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    about = {"odata.metadata": "https://opendata.cbs.nl/ODataApi/OData/85984NED/$metadata"}
    odata = json.dumps({**about, "value": [CBS_ROW]}).encode()
    scenarios = b",REG_2030,GM0193_zwolle_present,unit\ntotal_co2,187370133.6,235106182.7,kg\n"
    xlsx = _xlsx()
    return {
        "startanalyse 2020 wide": ("a.csv", wide, lambda path: read_startanalyse(path, 2020)),
        "startanalyse 2020 packed": (
            "a.csv.gz", gzip.compress(wide, mtime=0), lambda path: read_startanalyse(path, 2020)
        ),
        "startanalyse 2020 long": ("a.csv", long, lambda path: read_startanalyse(path, 2020)),
        "startanalyse 2019": ("a.csv", old, _many(read_startanalyse_2019)),
        "startanalyse 2025": (
            "A_strategie.csv", csv_bytes(small), _many(read_startanalyse_2025)
        ),
        "startanalyse 2025 zip": (
            "A.zip", zip_bytes(municipality()), _many(read_startanalyse_2025)
        ),
        "buildings 2025": (
            "A_bebouwing.csv", lines_bytes(building_lines()), _many(read_buildings_2025)
        ),
        "cbs csv": (f"{CBS}.csv", _table(CBS_ROW), _one(read_cbs)),
        "cbs json": (f"{CBS}.json", odata, _one(read_cbs)),
        "etm": ("a.csv", scenarios, _one(read_etm)),
        "facts": (
            "a.csv", b"code;owner_share;gas_use\nBU01934000;0,63;1290\n",
            lambda path: read_given([path]),
        ),
        "xlsx": ("a.xlsx", xlsx, lambda path: read_table(path, required=["a"], optional=None)),
        "boundaries": ("a.geojson", geojson, lambda path: read_boundaries(path.read_bytes(), "a")),
        "batch results": ("a.parquet", _parquet(), lambda path: read_results(path, "a")),
    }  # fmt: skip


def _many(read: Callable[..., Iterator[object]]) -> Reader:
    def run(path: Path) -> None:
        faults = FewFaults(path.name)
        list(read([path], faults))
        faults.raise_all(path.name)

    return run


def _one(read: Callable[[Path, Faults], Iterator[object]]) -> Reader:
    def run(path: Path) -> None:
        faults = FewFaults(path.name)
        list(read(path, faults))
        faults.raise_all(path.name)

    return run


def _table(row: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([row, row.values()])
    return out.getvalue().encode()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book, sink = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (["a", "b"], [1, "x"], [2.5, "y"]):
        sheet.append(line)
    book.save(sink)
    return sink.getvalue()


def _parquet() -> bytes:
    sink = io.BytesIO()
    table = pa.table({name: pa.nulls(3, kind) for name, kind in _TYPES.items()})
    about = {"run": "r", "variants": ["base"], "weights": ["joint"], "labels": {}}
    pq.write_table(table.replace_schema_metadata({"waardeweging": json.dumps(about)}), sink)
    return sink.getvalue()


def spoiled(good: bytes, rng: random.Random) -> bytes:
    """Spoil a file in one to four places."""
    data = bytearray(good)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        size = min(len(data) - at, rng.choice((1, 1, 2, 8, 64)))
        way = rng.randrange(6)
        if way == 0:
            data[at : at + size] = rng.randbytes(size)
        elif way == 1:
            data[at : at + size] = rng.choice(NASTY)
        elif way == 2:
            del data[at : at + size]
        elif way == 3:
            data[at:at] = data[at : at + rng.choice((1, 20, 300))]
        elif way == 4 and rng.random() < 0.2:
            del data[at:]
        else:
            _spoil_cell(data, rng)
    return bytes(data)


def _spoil_cell(data: bytearray, rng: random.Random) -> None:
    """Put something else in place of one cell."""
    marks = [k for k, byte in enumerate(data) if byte in b";,\n:\t"]
    if len(marks) > 1:
        k = rng.randrange(len(marks) - 1)
        data[marks[k] + 1 : marks[k + 1]] = rng.choice(NASTY)


def finding(read: Reader, path: Path) -> BaseException | None:
    """Read, and give what should not have been raised."""
    try:
        read(path)
    except InputError:
        return None
    except ExceptionGroup as group:
        rest = group.split(InputError)[1]
        return rest if rest is not None or not faults_in(group) else None
    except Exception as error:
        return error
    return None


def main(arguments: list[str] | None = None) -> int:
    """Spoil, read, and count; 1 when there was a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.problem.importers.fuzz")
    parser.add_argument("number", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args(arguments)
    warnings.simplefilter("error")
    rng, wrong, slowest = random.Random(asked.seed), Counter[str](), Counter[str]()  # noqa: S311
    chosen = {name: one for name, one in readers().items() if asked.only in name}
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, good, read) in chosen.items():
            path = Path(folder) / file
            path.write_bytes(good)
            if (error := finding(read, path)) is not None:
                raise error
            seen: set[str] = set()
            count = -(-asked.number // len(chosen))
            begun = time.monotonic()
            for _ in range(count):
                data = spoiled(good, rng)
                path.write_bytes(data)
                start = time.monotonic()
                error = finding(read, path)
                slowest[name] = max(slowest[name], int(1000 * (time.monotonic() - start)))
                if error is not None:
                    wrong[name] += 1
                    said = f"{type(error).__name__}: {str(error)[:200]}"
                    if len(seen) < 5 and said not in seen:
                        seen.add(said)
                        print(f"  {name}: {said}\n  {data!r:.600}", flush=True)
            print(
                f"{name}: {count} inputs, {wrong[name]} findings, slowest {slowest[name]} ms, "
                f"{time.monotonic() - begun:.0f} s",
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
