"""Reading a scenario folder whole: what is right, and every fault with its place."""

import io
import zipfile

import pytest

from waardeweging.analysis.scenario import read_scenario
from waardeweging.problem.errors import faults_in


def spoil(folder, file, old, new, count=1):
    path = folder / file
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, count), encoding="utf-8")


def faults_of(folder):
    with pytest.raises((ExceptionGroup, ValueError)) as caught:
        read_scenario(folder)
    return [(f.code, f.where.file, f.where.row, f.where.field) for f in faults_in(caught.value)]


def test_a_folder_is_read_whole(folder):
    scenario = read_scenario(folder)

    assert [a.id for a in scenario.problem.alternatives] == ["A", "B", "C"]
    assert len(scenario.ballots) == 6
    assert scenario.share == 0.5
    assert len(scenario.input_sha256) == 64


def test_the_fingerprint_follows_every_file(folder):
    before = read_scenario(folder).input_sha256
    spoil(folder, "ballots.csv", "20;40;30;10", "20;40;29;11")

    assert read_scenario(folder).input_sha256 != before


def test_the_fingerprint_follows_what_was_recorded_beside_the_files(folder):
    before = read_scenario(folder).input_sha256
    (folder / "record.toml").write_text('date = "2026-05-12"\n')
    dated = read_scenario(folder).input_sha256
    (folder / "record.toml").write_text('date = "2026-05-13"\n')

    assert len({before, dated, read_scenario(folder).input_sha256}) == 3


def test_comma_tab_and_semicolon_read_the_same(folder):
    wanted = read_scenario(folder)
    for mark in (",", "\t"):
        for file in folder.glob("*.csv"):
            file.write_text(file.read_text().replace(";", mark), encoding="utf-8-sig")
        again = read_scenario(folder)
        assert (again.problem, again.ballots) == (wanted.problem, wanted.ballots)
        for file in folder.glob("*.csv"):
            text = file.read_text(encoding="utf-8-sig").replace(mark, ";")
            file.write_text(text, encoding="utf-8")


def test_a_decimal_comma_reads_like_a_point(folder):
    wanted = read_scenario(folder).problem
    path = folder / "performances.csv"
    path.write_text(path.read_text().replace("0.", "0,"))

    assert read_scenario(folder).problem == wanted


def test_an_xlsx_reads_like_a_csv(folder):
    import openpyxl

    wanted = read_scenario(folder)
    for name in ("performances", "ballots"):
        book = openpyxl.Workbook()
        for line in (folder / f"{name}.csv").read_text().splitlines():
            book.active.append([number_or_text(cell) for cell in line.split(";")])
        book.save(folder / f"{name}.xlsx")
        (folder / f"{name}.csv").unlink()

    again = read_scenario(folder)

    assert (again.problem, again.ballots) == (wanted.problem, wanted.ballots)


def number_or_text(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


P, B, F, S = "performances.csv", "ballots.csv", "framework.toml", "scenario.toml"
X = "sources.csv"
CELL = "A;kosten;0.80;0.80;0.80;0-1;definition;voorbeeld"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (P, "unit;grounds", "grounds", ("table.missing_column", P, 1, "unit")),
        (P, "A;kosten", "A;kost", ("performance.unknown_criterion", P, 2, "criterion")),
        (P, "A;kosten", "X;kosten", ("performance.unknown_alternative", P, 2, "alternative")),
        (P, CELL, f"{CELL}\n{CELL}", ("id.duplicate", P, 3, "criterion")),
        (P, "0.80;0.80;0.80", "0.80;NaN;0.80", ("number.not_a_number", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;inf;0.80", ("number.not_a_number", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;1e999;0.80", ("number.not_finite", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;;0.80", ("number.empty", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;veel;0.80", ("number.not_a_number", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;1.234;0.80", ("number.ambiguous", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.80;０.８;0.80", ("number.not_a_number", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "0.90;0.80;0.80", ("performance.order", P, 2, "mid")),
        (P, "0.80;0.80;0.80", "1.5;1.5;1.5", ("performance.outside_range", P, 2, "mid")),
        (P, "0.80;0-1", "0.80;euro", ("performance.unit", P, 2, "unit")),
        (P, "definition;voorbeeld", "definition;x", ("performance.unknown_source", P, 2, "source")),
        (P, "definition;voor", "gok;voor", ("performance.unknown_grounds", P, 2, "grounds")),
        (P, CELL + "\n", "", ("performance.missing", P, None, "A × kosten")),
        (P, CELL, CELL + ";te veel", ("table.too_many_cells", P, 2, None)),
        (B, "b1;residents", "b2;residents", ("ballot.duplicate", B, 3, "participant")),
        (B, "b1;residents", "b1;bewoners", ("ballot.side_name", B, 2, "side")),
        (B, "b1;residents", "b1;resident", ("ballot.side_name", B, 2, "side")),
        (B, "20;40;30;10", "0;0;0;0", ("ballot.all_zero", B, 2, None)),
        (B, "20;40;30;10", "20;-40;30;10", ("ballot.negative", B, 2, "zeggenschap")),
        (B, "20;40;30;10", "20;;30;10", ("ballot.gap", B, 2, "zeggenschap")),
        (B, "20;40;30;10", "20;1e30;30;10", ("ballot.too_many", B, 2, "zeggenschap")),
        (B, ";1;points;20", ";1;raden;20", ("ballot.unknown_method", B, 2, "method")),
        (B, ";1;points;20", ";1,5;points;20", ("ballot.round", B, 2, "round")),
        (B, ";co2\n", ";CO2\n", ("table.missing_column", B, 1, "co2")),
        (B, "b1;residents", "=1+1;residents", ("id.sign", B, 2, "participant")),
        (F, "best = 1\n", "best = 0\n", ("criterion.flat_range", F, "criteria kosten", "best")),
        (F, "best = 1\n", "best = nan\n", ("number.not_finite", F, "criteria kosten", "best")),
        (F, "best = 1\n", "best = true\n", ("field.number", F, "criteria kosten", "best")),
        (F, "best = 1\n", 'best = "1"\n', ("field.number", F, "criteria kosten", "best")),
        (F, "best = 1\n", "bst = 1\n", ("field.unknown", F, "criteria kosten", "bst")),
        (
            F,
            'value = "alles"',
            'value = "x"',
            ("criterion.unknown_value", F, "criteria kosten", "value"),
        ),
        (F, 'id = "co2"', 'id = "kosten"', ("id.duplicate", F, "criteria kosten", "id")),
        (
            F,
            "best = 1\n",
            "best = 1\nvalue_function = { points = [[0, 0], [0.5, 0.8], [0.7, 0.6], [1, 1]] }\n",
            ("value_function.not_monotone", F, "criteria kosten", "value_function"),
        ),
        (
            F,
            "best = 1\n",
            "best = 1\nvalue_function = { points = [[0, 1], [1, 0]] }\n",
            ("value_function.not_monotone", F, "criteria kosten", "value_function"),
        ),
        (
            F,
            "best = 1\n",
            "best = 1\nvalue_function = { points = [[0, 0.2], [1, 1]] }\n",
            ("value_function.ends", F, "criteria kosten", "value_function"),
        ),
        (
            F,
            "best = 1\n",
            "best = 1\nvalue_function = { threshold = 3 }\n",
            ("value_function.threshold", F, "criteria kosten", "value_function"),
        ),
        (
            F,
            "best = 1\n",
            "best = 1\nvalue_function = { threshold = 1, points = [[0, 0], [1, 1]] }\n",
            ("value_function.one_form", F, "criteria kosten", "value_function"),
        ),
        (
            F,
            '{ nl = "Kosten", en',
            '{ nl = " ", en',
            ("field.empty", F, "criteria kosten", "label"),
        ),
        (
            F,
            "best = 1\n",
            'best = 1\nworst_label = ""\n',
            ("field.empty", F, "criteria kosten", "worst_label"),
        ),
        (F, "[[values]]", 'title = ""\n[[values]]', ("field.empty", F, None, "title")),
        (
            S,
            "seed = 1",
            'variants = [{ id = "v", label = "" }]',
            ("field.empty", S, "variants v", "label"),
        ),
        (F, "[[criteria]]", "[[criteria", ("toml.unclosed", F, 5, None)),
        (S, "seed = 1", "seed = -1", ("number.too_low", S, None, "seed")),
        (S, "seed = 1", "lambda = 1.5", ("number.too_high", S, None, "lambda")),
        (S, "seed = 1", "sed = 1", ("field.unknown", S, None, "sed")),
        (S, 'id = "golden"', 'id = "../x"', ("id.sign", S, None, "id")),
        (
            "alternatives.csv",
            "A;Warmte",
            "A;=Warmte",
            ("text.formula", "alternatives.csv", 2, "label"),
        ),
        (
            "alternatives.csv",
            "B;Warmte",
            "A;Warmte",
            ("id.duplicate", "alternatives.csv", 3, "alternative"),
        ),
        (
            "alternatives.csv",
            "Warmtebedrijf",
            "War\u202emte",
            ("text.hidden_sign", "alternatives.csv", 2, "label"),
        ),
        (
            "alternatives.csv",
            "Warmtebedrijf",
            "w" * 3000,
            ("text.too_long", "alternatives.csv", 2, "label"),
        ),
        ("alternatives.csv", "Warmtebedrijf", "", ("text.empty", "alternatives.csv", 2, "label")),
        (
            "alternatives.csv",
            ";label_en",
            ";label",
            ("table.duplicate_column", "alternatives.csv", 1, "label"),
        ),
        (
            "alternatives.csv",
            ";label_en",
            ";naam",
            ("table.unknown_column", "alternatives.csv", 1, "naam"),
        ),
        (
            "alternatives.csv",
            "A;Warmte",
            'A;"Warmte',
            ("table.quotes", "alternatives.csv", 2, None),
        ),
    ],
)
def test_a_fault_is_named_with_its_place(folder, file, old, new, fault):
    spoil(folder, file, old, new)

    assert fault in faults_of(folder)


def test_one_fault_is_told_once(folder):
    spoil(folder, P, "0.80;0.80;0.80", "0.80;1.234;0.80")

    assert faults_of(folder) == [("number.ambiguous", P, 2, "mid")]


def test_all_faults_of_all_files_come_together(folder):
    spoil(folder, P, "0.80;0.80;0.80", "0.80;1.234;0.80")
    spoil(folder, P, "C;co2", "C;co3")
    spoil(folder, B, "20;40;30;10", "20;-40;30;10")
    spoil(folder, S, "seed = 1", "sed = 1")
    spoil(folder, "alternatives.csv", "A;Warmte", "A;=Warmte")

    assert {code for code, *_ in faults_of(folder)} >= {
        "number.ambiguous",
        "performance.unknown_criterion",
        "ballot.negative",
        "field.unknown",
        "text.formula",
    }


def test_a_broken_framework_hides_no_fault_in_the_tables(folder):
    (folder / F).write_text("[[criteria]\n")
    spoil(folder, P, "0.80;0.80;0.80", "0.80;1.234;0.80")

    assert [code for code, *_ in faults_of(folder)] == ["toml.unclosed", "number.ambiguous"]


@pytest.mark.parametrize("side", ["residents", "municipality"])
def test_a_side_without_ballots_is_a_fault(folder, side):
    path = folder / B
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if side not in line))

    assert faults_of(folder) == [("ballot.side_without_ballots", B, None, "side")]


def test_a_side_that_only_abstains_is_a_fault(folder):
    spoil(folder, B, "50;10;20;20", ";;;")
    spoil(folder, B, "40;10;20;30", ";;;")

    assert faults_of(folder) == [("ballot.side_without_ballots", B, None, "side")]


@pytest.mark.parametrize("file", [P, B, F, S, "alternatives.csv", "sources.csv"])
def test_an_absent_file_is_named(folder, file):
    (folder / file).unlink()

    assert ("file.missing", file, None, None) in faults_of(folder)


@pytest.mark.parametrize("file", [P, B, F, S, "alternatives.csv", "sources.csv"])
def test_a_file_that_is_not_utf8_is_named_with_its_row(folder, file):
    path = folder / file
    path.write_bytes(path.read_bytes() + b"\n# caf\xe9\n")

    (found,) = [fault for fault in faults_of(folder) if fault[1] == file][:1]
    assert found[0] == "file.not_utf8"
    assert found[2] == path.read_bytes().count(b"\n")


@pytest.mark.parametrize("file", [P, B, "alternatives.csv", "sources.csv"])
def test_an_empty_table_is_a_fault(folder, file):
    (folder / file).write_text("")

    assert ("table.empty", file, None, None) in faults_of(folder)


def test_a_file_of_200_mb_is_refused_before_it_is_read(folder):
    path = folder / P
    with path.open("ab") as file:
        file.truncate(200 * 1024 * 1024)

    assert ("file.too_large", P, None, None) in faults_of(folder)


@pytest.mark.parametrize("name", ["performances", "ballots", "grades", "orders", "initiatives"])
def test_a_table_that_stands_there_twice_is_refused(folder, name):
    for ending in ("csv", "xlsx"):
        (folder / f"{name}.{ending}").touch()

    assert ("file.two_forms", f"{name}.xlsx", None, None) in faults_of(folder)


@pytest.mark.parametrize(
    "content", [b"not a workbook", b"PK\x03\x04broken", b""], ids=["text", "broken", "empty"]
)
def test_an_xlsx_that_is_not_one_is_refused(folder, content):
    (folder / P).unlink()
    (folder / "performances.xlsx").write_bytes(content)

    assert ("file.not_xlsx", "performances.xlsx", None, None) in faults_of(folder)


def test_a_zip_without_a_workbook_is_refused(folder):
    (folder / P).unlink()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    (folder / "performances.xlsx").write_bytes(buffer.getvalue())

    assert ("file.not_xlsx", "performances.xlsx", None, None) in faults_of(folder)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(folder):
    (folder / P).unlink()
    with zipfile.ZipFile(folder / "performances.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)

    assert ("file.bomb", "performances.xlsx", None, None) in faults_of(folder)


def test_an_xlsx_number_of_three_decimals_is_not_ambiguous(folder):
    import openpyxl

    spoil(folder, F, "best = 1\n", "best = 2\n")
    book = openpyxl.Workbook()
    for line in (folder / P).read_text().splitlines():
        book.active.append([number_or_text(cell) for cell in line.split(";")])
    for column in (3, 4, 5):
        book.active.cell(2, column).value = 1.234
    book.save(folder / "performances.xlsx")
    (folder / P).unlink()

    assert read_scenario(folder).problem.mid[0, 0] == 1.234


def test_an_unknown_variant_is_a_mistake_of_the_caller(folder):
    with pytest.raises(KeyError):
        read_scenario(folder).with_variant("2050")


def test_a_framework_with_an_endless_name_is_a_fault(folder):
    file = folder / "scenario.toml"
    file.write_text(f'framework = "{"x" * 2001}"\n' + file.read_text())

    assert ("text.too_long", "scenario.toml", None, "framework") in faults_of(folder)


def test_a_performance_that_overflows_is_a_fault(folder):
    file = folder / "performances.csv"
    file.write_text(file.read_text().replace("0.80;0.80;0.80", "0.80;0.80;1e308", 1))

    assert ("number.not_finite", "performances.csv", 2, "high") in faults_of(folder)
