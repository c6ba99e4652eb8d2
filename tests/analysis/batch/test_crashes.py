"""The script that strikes real runs works; fifty strikes are for whoever asks for them."""

import pytest
from tests.analysis.batch.crashes import main


@pytest.mark.slow
def test_a_run_on_a_disk_that_fills_up_goes_on_to_the_same_bytes(capsys):
    assert main(["1", "--kinds", "disk", "--neighbourhoods", "60"]) == 0

    assert "disk      1 times: 1 same, 0 hung" in capsys.readouterr().out
