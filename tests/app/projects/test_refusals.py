"""A refusal is one plain sentence, with the names of the page and not of the program."""

import pytest
from tests.process.project.conftest import Log

from waardeweging.app.projects.refusals import refusal_text
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, sessions
from waardeweging.store.errors import refusal


def refused(decide, *arguments):
    with pytest.raises(ValueError, match=r".") as found:
        decide(*arguments)
    return found.value


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Vul eerst in: Budget, Uren en Gespreksleider."),
     ("en", "Fill in first: Budget, Hours and Facilitator.")],
)  # fmt: skip
def test_gaps_are_named_in_the_language_of_the_page(language, said):
    error = refused(kaders.vote, Log().state, "support", "residents", 3, 4)

    assert refusal_text(error, language) == said


def test_a_fixed_line_names_its_topic_and_level():
    log = Log()
    log.line("gas", level="state", fixed=True, negotiable=False)
    error = refused(kaders.drop, log.state, "gas", "Weg ermee.")

    assert (
        refusal_text(error, "nl") == "'Opties' ligt vast bij Rijk. Vraag hun om dit te veranderen."
    )
    assert refusal_text(error, "en") == "'Options' is fixed by State; ask them to change it."


def test_a_side_that_is_too_small_is_named():
    log = Log()
    log.do(sessions.add, "s", "workshop", "Avond", "2026-02-01")
    weighed = e.SessionWeighed(
        id="s", counted={"residents": 2}, weights={"residents": {"K1": 100}}, first=[]
    )
    error = refused(sessions.record_weights, log.state, weighed)

    assert "'bewoners'" in refusal_text(error, "nl")
    assert "'residents'" in refusal_text(error, "en")


def test_faults_of_elsewhere_and_of_many_files_are_told_whole():
    one, other = refusal("workshop.file_path", "files"), refusal("workshop.files_size", "files")
    said = refusal_text(ExceptionGroup("files", [one, other]), "nl")

    assert len(said.splitlines()) == 2
    assert refusal_text(one, "nl") in said
