"""Files in the form of the Startanalyse 2025, with invented figures."""

import io
import zipfile

from waardeweging.problem.importers.startanalyse_2025_schema import (
    MAIN,
    STRATEGIES,
    indicators,
    schema,
    strategy_columns,
    value_columns,
    variant_columns,
)

CODE = "BU03610001"
CO2, TOTAL, PER_TONNE, PER_WEQ = MAIN
HEAD = {
    "I01_buurtcode": CODE,
    "I02_buurtnaam": "'t Zand",
    "I03_wijkcode": "WK036100",
    "I04_wijknaam": "Centrum",
    "I05_gemeentecode": "GM0361",
    "I06_gemeentenaam": "Alkmaar",
    "I07_energieregionaam": "Noord-Holland Noord",
    "I08_provincienaam": "Noord-Holland",
    "I09_aantal_woningen [Aansluiting]": "1000",
    "I10_aantal_utiliteit [Aansluiting]": "100",
    "I11_woningequivalenten [Woning]": "1200",
}


def strategy_rows(code=CODE, head=None, cells=None):
    """Give the 81 rows of a neighbourhood; `cells` are by (indicator, column)."""
    cells = cells or {}
    rows = []
    for indicator, unit in indicators().items():
        row = dict.fromkeys(strategy_columns(), "-")
        row |= {**HEAD, "I01_buurtcode": code, **(head or {})}
        row |= {"Code_Indicator": indicator, "Eenheid": unit}
        if indicator.startswith(("H", "K")):
            row |= {column: figure(indicator, column) for column in value_columns()}
        if indicator == "V01_Strategievariant":
            row |= {"Laagste_Nationale_Kosten": "s4b", "LN_0BCM_combined.csv": "s2d"}
            row |= dict(zip(STRATEGIES, ("s1a", "s2d", "s3e", "s4b"), strict=True))
        row |= {column: text for (of, column), text in cells.items() if of == indicator}
        rows.append(row)
    return rows


def figure(indicator, column):
    """Give an invented whole number that is another one in every column."""
    return str(100 * (1 + value_columns().index(column)) + int(indicator[1:3]))


def csv_bytes(rows, delimiter=";", header=None):
    header = header or list(rows[0])
    lines = [delimiter.join(header), *(delimiter.join(row.values()) for row in rows)]
    return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-8")


def building_lines(code=CODE):
    """Give header and two lines of ``_bebouwing.csv``; the second has dwellings only."""
    header = schema()["bebouwing"]["columns"]
    head = [code, "'t Zand", "WK036100", "Centrum", "GM0361", "Alkmaar", "NHN", "Noord-Holland"]
    dwellings = ["", "[Woning]", "Rijwoning", *map(str, range(11)), "55"]
    labels = ["", "[Woning]", "Rijwoning", *map(str, range(8)), "28"]
    other = ["", "[m2]", "Kantoor", *map(str, range(5)), "10"]
    other_labels = ["", "[m2]", "Kantoor", *map(str, range(8)), "28"]
    first = [*head, *dwellings, *labels, *other, *other_labels]
    flats = [*dwellings[:2], "Flat", *dwellings[3:]]
    second = [*head, *flats, *labels[:2], "Flat", *labels[3:], *[""] * 21]
    return [header, first, second]


def lines_bytes(lines, delimiter=";"):
    return "\n".join(delimiter.join(line) for line in lines).encode("utf-8")


def zip_bytes(members, **options):
    """Pack `members` (bytes by name) into a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def municipality(name="Alkmaar", rows=None, lines=None):
    """Give the members of a zip as PBL makes them."""
    return {
        f"{name}_strategie.csv": csv_bytes(rows or strategy_rows()),
        f"{name}_bebouwing.csv": lines_bytes(lines or building_lines()),
        f"{name}_totaalbebouwing.csv": b"not read",
        "README_gemeentebestanden.txt": b"not read",
    }


VARIANT = variant_columns()
