"""The public names of the package."""

import subprocess
import sys

import pytest

import waardeweging as ww


def test_every_public_name_is_there_and_nothing_else_is_promised():
    assert sorted(dir(ww)) == sorted(ww.__all__)
    for name in ww.__all__:
        assert getattr(ww, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        _ = ww.utils


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, waardeweging; print([m for m in ('numpy', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
