"""``python -m waardeweging.cli`` is the command ``waardeweging``."""

from waardeweging.cli import main

main()
