# Short forms of the README's two commands, and the house rules alone.
.PHONY: app test check

app:
	python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/waardeweging app

test:
	python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/python -m pytest

check:
	.venv/bin/python -m pytest tests/test_house.py
