"""Start the program or a script many times without loading the libraries as often.

Loading numpy, scipy and pandas takes longer than most commands do. Each command still is a
process of its own, with its own folder, environment and exit status; it is forked off a process
that has loaded the libraries and done nothing else.
"""

import multiprocessing
import os
import runpy
import sys
from pathlib import Path
from subprocess import CompletedProcess

_FORK = multiprocessing.get_context("forkserver")
# Nothing of the command line itself: that looks at its environment when it is loaded.
_FORK.set_forkserver_preload(
    ["waardeweging.analysis.analyse", "waardeweging.analysis.batch", "waardeweging.dossier.making"]
)


def started(
    command: list[str], folder: Path, environment: dict[str, str], seconds: float = 120.0
) -> CompletedProcess[str]:
    """Run ``waardeweging …``, ``python script.py …`` or ``python -m module …``.

    Gives what it said, and the exit status.
    """
    said = folder / ".said", folder / ".said-of-faults"
    process = _FORK.Process(target=_main, args=(command, folder, environment, said))
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
    texts = [path.read_text(encoding="utf-8") for path in said]
    for path in said:
        path.unlink()
    assert process.exitcode is not None
    return CompletedProcess(command, process.exitcode, *texts)


def _main(
    command: list[str], folder: Path, environment: dict[str, str], said: tuple[Path, Path]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate(said, start=1):
        with path.open("wb") as stream:
            os.dup2(stream.fileno(), number)
    program, *sys.argv = command
    if program == "waardeweging":
        _run_program(command)
    elif sys.argv[0] == "-m":
        sys.argv = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")


def _run_program(command: list[str]) -> None:
    sys.argv = command
    from waardeweging.cli import main

    main()
