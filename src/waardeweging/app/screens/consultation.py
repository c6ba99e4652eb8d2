"""Page "Raadpleging": what a whole neighbourhood answered, beside the workshop."""

from __future__ import annotations

import hashlib
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from waardeweging.analysis.consulting import Consulted, asked_of, consult
from waardeweging.app.parts import (
    plain,
    show_answer,
    show_ballots_note,
    show_fault_lines,
    show_picture,
    show_sentences,
)
from waardeweging.app.session import say
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.elicitation.consultation import NAME, with_pseudonyms
from waardeweging.elicitation.consultation_file import LARGEST_FILE, read_codes, read_consultation
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.consultation_words import (
    answer,
    beside_sentences,
    flag_sentences,
    flags_table,
    grades_table,
    header_line,
    sides_table,
    without_table,
)
from waardeweging.presentation.figures.composition import composition_bars
from waardeweging.presentation.figures.consultation import weights_beside
from waardeweging.presentation.numbers import number
from waardeweging.presentation.participation_tables import raked_table
from waardeweging.presentation.sentences import outcome_sentences
from waardeweging.problem.errors import InputError
from waardeweging.problem.reading import find_table
from waardeweging.problem.tables import read_bytes

_KINDS = ["csv", "gz", "xlsx"]


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was sent, or that stands in the folder of the scenario."""

    name: str
    content: bytes

    @property
    def stamp(self) -> str:
        """Changes with the content."""
        return hashlib.sha256(self.content).hexdigest()


def page(view: View) -> None:
    """Take a file with answers, and show what the neighbourhood found."""
    st.title(say("page.consultation.title"))
    answer_place = st.container(key="consultation-answer")
    file, codes = _ask(view)
    if file is None:
        with answer_place:
            show_sentences([say("page.consultation.none")])
            st.code(header_line(asked_of(view.scenario)), language=None, wrap_lines=True)
            show_sentences([say("page.consultation.optional")])
        return
    try:
        with st.spinner(say("page.consultation.wait")):
            found = _found(view, file, codes)
    except (InputError, ExceptionGroup) as error:
        with answer_place:
            show_fault_lines(error, view.language)
        return
    with answer_place:
        show_answer(answer(found, view.language)[:1])
        show_sentences(answer(found, view.language)[1:])
        show_ballots_note(view.scenario, view.language)
    _beside(found, view.language)
    _flags(found, view.language)
    _grades(found, view.language)
    _who(found, view.language)
    _keep(view, file.name)


def _ask(view: View) -> tuple[_File | None, _File | None]:
    """Ask for the answers and the codes; a scenario may bring answers of its own."""
    scenario = plain(view.scenario.title[view.language])
    st.markdown(plain(say("page.consultation.what", scenario="§")).replace("§", scenario))
    with st.container(horizontal=True, vertical_alignment="top"):
        given, codes = (
            st.file_uploader(
                say(f"page.consultation.{name}"),
                type=kinds,
                key=f"consultation-{name}",
                max_upload_size=LARGEST_FILE >> 20,
            )
            for name, kinds in (("file", _KINDS), ("codes", ["csv", "xlsx"]))
        )
    st.caption(say("page.consultation.privacy"))
    own = find_table(Path(view.choice.folder), NAME)
    listed = None if codes is None else _File(codes.name, codes.getvalue())
    if given is not None:
        return _File(given.name, given.getvalue()), listed
    if not own.is_file():
        return None, None
    st.caption(say("page.consultation.example"))
    return _File(own.name, read_bytes(own, LARGEST_FILE)), listed


def _found(view: View, file: _File, codes: _File | None) -> Consulted:
    """Give the consultation, read and calculated once for the same files."""
    key = (repr(view.choice), *((one.name, one.stamp) for one in (file, codes) if one is not None))
    found: Consulted = _consulted(view, file, codes, key)
    return found


# One of a city takes much memory, and nobody's answers stay here for long.
@st.cache_resource(show_spinner=False, max_entries=4, ttl=3600)
def _consulted(_view: View, _file: _File, _codes: _File | None, key: tuple[object, ...]) -> Any:
    with tempfile.TemporaryDirectory() as place:
        known = None if _codes is None else read_codes(_written(Path(place), _codes, "codes"))
        path = _written(Path(place), _file, NAME)
        given = read_consultation(path, asked_of(_view.scenario), known)
    return consult(_view.scenario, with_pseudonyms(given), _view.outcome)


def _written(folder: Path, file: _File, stem: str) -> Path:
    """Write a file where it can be read, under a name of our own."""
    ends = "".join(end for end in Path(file.name).suffixes[-2:] if end.lower()[1:] in _KINDS)
    path = folder / f"{stem}{ends.lower()}"
    path.write_bytes(file.content)
    return path


def _beside(found: Consulted, language: Language) -> None:
    st.header(say("page.consultation.beside_title"))
    show_sentences(beside_sentences(found, language))
    show_sentences([say("page.consultation.beside_lead")])
    for one in found.beside:
        picture = weights_beside(one, found, language)
        if picture is not None:
            show_picture(picture, f"consultation-{found.asked.index(one.side)}", said=True)
    show_frame(say("page.consultation.beside_title"), sides_table(found, language))


def _flags(found: Consulted, language: Language) -> None:
    st.header(say("page.consultation.flags_title"))
    show_sentences(flag_sentences(found, language))
    frame = flags_table(found, language)
    if not frame.empty:
        show_frame(say("page.consultation.flags_title"), frame)
    if found.without is not None:
        st.subheader(say("page.consultation.with_without"))
        show_frame(say("page.consultation.with_without"), without_table(found, language))


def _grades(found: Consulted, language: Language) -> None:
    if not (found.given.grades >= 0).any():
        return
    st.header(say("page.consultation.grades_title"))
    frames = [(one, grades_table(one, found, language)) for one in found.beside]
    shown = [(one, frame) for one, frame in frames if not frame.empty]
    if shown:
        said = outcome_sentences(found.outcome, language)
        show_sentences(text for finding, text in said if finding.kind == "grades")
    show_sentences([say(f"page.consultation.grades_{'lead' if shown else 'none'}")])
    for _, frame in shown:
        show_frame(say("page.consultation.grades_title"), frame)


def _who(found: Consulted, language: Language) -> None:
    st.header(say("page.consultation.who_title"))
    known = found.outcome.representation
    if known is None:
        show_sentences([say("page.consultation.who_none")])
        return
    said = outcome_sentences(found.outcome, language)
    kinds = ("composition", "composition_rest", "composition_hidden")
    show_sentences(text for finding, text in said if finding.kind in kinds)
    picture = composition_bars(found.outcome, language)
    if picture is not None:
        show_picture(picture, "consultation-who", said=True)
    raked = ("raked_same", "raked_differs", "not_raked")
    show_sentences(text for finding, text in said if finding.kind in raked)
    if known.reweighted is not None:
        effect = number(known.raking.design_effect, language, 2)
        show_sentences([say("page.agreement.raked_lead", effect=effect)])
        show_frame(say("page.agreement.raked_title"), raked_table(found.outcome, language))


def _keep(view: View, file: str) -> None:
    """Say how the consultation becomes a folder that every other page can show."""
    show_sentences([say("page.consultation.keep")])
    folder = f"scenarios/{Path(view.choice.folder).name}"
    # A file name comes from a visitor; between quotes it stays one word.
    command = ("waardeweging", "import", "consultation", file, "--scenario", folder)
    st.code(shlex.join([*command, "--out", "wijk"]), language=None, wrap_lines=True)
