"""Files for a spreadsheet: Dutch numbers, and no text that is run as a formula."""

import io

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from waardeweging.presentation.batch_file import csv_of, parquet_of


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "name": pd.Categorical(["'t Zand", "=1+1", None]),
            "margin": [0.25, -3.0, np.nan],
            "tie": [True, False, None],
        }
    )


def test_a_dutch_spreadsheet_opens_it_as_it_is(frame):
    assert csv_of(frame).decode("utf-8") == (
        "\ufeffname;margin;tie\r\n't Zand;0,25;True\r\n'=1+1;-3,0;False\r\n;;\r\n"
    )


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n1"]
)
def test_no_text_is_run_as_a_formula(text):
    written = csv_of(pd.DataFrame({text: [text], "b;": [f'{text}";']}))

    read = pd.read_csv(io.BytesIO(written), sep=";", encoding="utf-8-sig", dtype=str)
    assert read.columns.tolist() == [f"'{text}", "b;"]
    assert read.iloc[0].tolist() == [f"'{text}", f"'{text}\";"]


def test_numbers_keep_every_digit(frame):
    exact = [0.1 + 0.2, 1e-300, -123456.789]
    written = csv_of(pd.DataFrame({"x": exact}))

    read = pd.read_csv(io.BytesIO(written), sep=";", decimal=",", encoding="utf-8-sig")
    assert read["x"].tolist() == exact


def test_parquet_holds_numbers_as_numbers_and_texts_as_they_were(frame):
    table = pq.read_table(io.BytesIO(parquet_of(frame)))

    assert table.to_pydict() == {
        "name": ["'t Zand", "=1+1", None],
        "margin": [0.25, -3.0, None],
        "tie": [True, False, None],
    }


def test_no_rows_make_a_file_with_a_header(frame):
    assert csv_of(frame.head(0)).decode("utf-8-sig") == "name;margin;tie\r\n"
