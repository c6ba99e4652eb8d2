"""What the documentation says is true: commands run, links lead somewhere, names agree."""

import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.started import started

import waardeweging

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FRAGMENTS = sorted(path for path in (ROOT / "changelog.d").iterdir() if path.name != ".gitkeep")

START = 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/waardeweging app'
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/python -m pytest'

_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<title>.+?) *$", re.MULTILINE)
_FILE = re.compile(r"\{file=(?P<path>[\w./-]+)\}")
_EXIT = re.compile(r"#\s*exit (?P<status>\d)\s*$")

_PROGRAMS = ("waardeweging", "python")


class Command(NamedTuple):
    """One line of a ```console block, the exit status it announces, and what it shows."""

    line: str
    status: int
    shows: str = ""


class File(NamedTuple):
    """A block whose info string says {file=…}: a file that the reader is asked to write."""

    path: str
    text: str


def _text(page):
    return page.read_text(encoding="utf-8")


def _name(page):
    return page.relative_to(ROOT).as_posix()


def steps_in(text):
    """List what a page asks of its reader, in order; blocks marked {.manual} are left out."""
    found = []
    for fence in _FENCE.finditer(text):
        name = _FILE.search(fence["info"])
        if name:
            found.append(File(name["path"], fence["body"]))
        elif fence["info"].split()[:1] == ["console"] and "{.manual}" not in fence["info"]:
            lines = fence["body"].replace("\\\n", " ").splitlines()
            commands = [_command(line[2:]) for line in lines if line.startswith("$ ")]
            if "{.shown}" in fence["info"]:
                shown = "\n".join(line for line in lines if not line.startswith("$ "))
                commands[-1] = commands[-1]._replace(shows=shown)
            found += commands
    return found


def _command(line):
    status = _EXIT.search(line)
    return Command(_EXIT.sub("", line).strip(), int(status["status"]) if status else 0)


def _anchors(text):
    titles = [heading["title"] for heading in _HEADING.finditer(_FENCE.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


WITH_STEPS = [page for page in PAGES if steps_in(_text(page))]


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_STEPS, ids=_name)
def test_commands_on_the_page_do_what_the_page_says(page, tmp_path):
    # One folder per page: a later command may use what an earlier step made.
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")

    for step in steps_in(_text(page)):
        if isinstance(step, File):
            _write(tmp_path, step)
        else:
            _run(tmp_path, step)


def _write(folder, file):
    path = (folder / file.path).resolve()
    assert path.is_relative_to(folder.resolve())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text, encoding="utf-8")


def _run(folder, command):
    program, *arguments = shlex.split(command.line)
    assert program in _PROGRAMS, f"{command.line}: mark a block of others {{.manual}}"
    environment = {
        **os.environ,
        "XDG_DATA_HOME": str(folder / "data"),
        "COLUMNS": "120",
        "NO_COLOR": "1",
    }
    done = started([program, *arguments], folder, environment)
    said = f"$ {command.line}\n{done.stdout}{done.stderr}"
    assert done.returncode == command.status, said
    assert command.shows in done.stdout, said
    assert "Traceback" not in said, said
    assert "No module named" not in said, said


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page):
    for link in _LINK.finditer(_FENCE.sub("", _text(page))):
        target = link["target"]
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page

        assert there.exists(), f"{target} does not exist"
        assert there.is_relative_to(ROOT), f"{target} lies outside the repository"
        if anchor:
            assert anchor in _anchors(_text(there)), f"{target}: no such heading"


def test_a_page_can_announce_another_exit_status_and_manual_blocks_are_left_out():
    page = (
        "```csv {file=x/a.csv}\na;b\n```\n"
        "```console\n$ waardeweging check broken  # exit 1\nfault\n$ waardeweging \\\n check x\n"
        "```\n\n```console {.manual}\n$ waardeweging app\n```\n"
    )

    assert steps_in(page) == [
        File("x/a.csv", "a;b\n"),
        Command("waardeweging check broken", 1),
        Command("waardeweging   check x", 0),
    ]


def test_every_page_is_reached_from_the_index():
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / link["target"].partition("#")[0]).resolve()
        for link in _LINK.finditer(_text(index))
    }
    pages = {page for page in PAGES if page.is_relative_to(ROOT / "docs") and page != index}

    assert pages <= linked


def test_readme_gives_the_two_commands_on_lines_of_their_own():
    lines = _text(ROOT / "README.md").splitlines()

    assert lines.count(START) == 1
    assert lines.count(TEST) == 1


def test_make_wraps_exactly_the_two_commands():
    recipes = [line[1:] for line in _text(ROOT / "Makefile").splitlines() if line[:1] == "\t"]

    assert recipes[:2] == [START, TEST]


def test_ci_runs_the_test_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    choose = re.search(r"grep (?P<options>-\w+) '(?P<pattern>[^']+)' README\.md", _text(script))

    assert choose is not None
    assert os.access(script, os.X_OK)
    found = [line for line in _text(ROOT / "README.md").splitlines() if re.search(choose[2], line)]
    assert found == [TEST]


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda path: path.name)
def test_changelog_fragment_has_an_allowed_type_and_says_something(fragment):
    settings = tomllib.loads(_text(ROOT / "pyproject.toml"))
    allowed = {kind["directory"] for kind in settings["tool"]["towncrier"]["type"]}
    name, kind, suffix = fragment.name.split(".")

    assert name
    assert kind in allowed
    assert suffix == "md"
    assert _text(fragment).strip()


def test_version_and_licence_are_the_same_everywhere():
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    public = _text(ROOT / "publiccode.yml")
    licence = _text(ROOT / "LICENSE")

    assert f'softwareVersion: "{project["version"]}"' in public
    assert f"license: {project['license']}" in public
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"(?m)^(\d+)\.", licence)] == list(range(1, 16))
    assert "Appendix" in licence


def test_package_says_that_it_is_typed():
    assert (Path(waardeweging.__file__).parent / "py.typed").exists()


def test_sentences_that_the_tutorial_quotes_are_what_the_program_says():
    outcome = waardeweging.analyse(waardeweging.read_scenario(ROOT / "scenarios" / "berkum"))
    said = {sentence for _, sentence in waardeweging.outcome_sentences(outcome, "en")}
    text = _text(ROOT / "docs" / "tutorial" / "berkum.md")
    quoted = {line[2:] for line in text.splitlines() if line.startswith("> ")}

    assert len(quoted) >= 8
    assert quoted <= said, quoted - said


def _numbers(value: object) -> list[float]:
    """Give every number in an outcome."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [number for one in inside for number in _numbers(one)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [float(value)] if is_number else []


def test_the_method_page_explains_every_key_of_the_golden_outcome():
    golden = waardeweging.read_scenario(ROOT / "scenarios" / "golden")
    found = waardeweging.outcome_json(waardeweging.analyse(golden), "en")
    rows = [
        line.strip("|").split("|")
        for line in _text(ROOT / "docs" / "explanation" / "method.md").splitlines()
        if line.startswith("| `")
    ]

    assert {key for row in rows for key in re.findall(r"`(\w+)`", row[0])} == set(found)
    for keys, _, there in rows:
        held = _numbers([found[key] for key in re.findall(r"`(\w+)`", keys)])
        for shown in re.findall(r"[−\d.]*\d", there):
            digits = len(shown.partition(".")[2])
            wanted = float(shown.replace("−", "-"))
            assert any(abs(one - wanted) <= 0.5001 * 10**-digits for one in held), (keys, shown)


def test_every_idea_of_the_founding_article_leads_somewhere():
    rows = [
        line.strip("|").split("|")
        for line in _text(ROOT / "docs" / "explanation" / "ideas.md").splitlines()
        if line.startswith("| ") and not line.startswith(("| ---", "| idea |"))
    ]

    assert len(rows) == 36
    assert len({idea for idea, *_ in rows}) == 36
    assert all(len(row) == 3 and row[1].strip() for row in rows)
    assert [idea for idea, _, where in rows if not _LINK.search(where)] == []
