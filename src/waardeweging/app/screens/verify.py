"""Page "Controleren": whether a dossier is right, recalculated from its bundle."""

from __future__ import annotations

import hashlib
import re

import streamlit as st

from waardeweging.app.parts import plain, show_list, show_sentences
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.view import View
from waardeweging.dossier.verify import Anchors, Report, verify_bundle
from waardeweging.dossier.verify.text import ORDER, about, check_text, verdict
from waardeweging.presentation.catalog import Language, text

_HASH, _EIGHT = re.compile(r"[0-9a-f]{64}"), re.compile(r".{8}")
_KEPT = 8
_SECONDS = 600


def page(view: View) -> None:
    """Ask for a bundle, recalculate it and say what is right."""
    st.title(say("page.verify.title"))
    show_sentences([say("page.verify.lead"), say("page.verify.stays")])
    given = st.file_uploader(say("page.verify.bundle"), type=["zip"], key="verify-bundle")
    anchors = _ask_anchors()
    if given is not None:
        whole = given.getvalue()
        sign = hashlib.sha256(whole).hexdigest()
        show_report(_verified(whole, sign, anchors), view.language)


def show_report(report: Report, language: Language) -> None:
    """Say the verdict first, then what is wrong, what to note, what is right and what is open."""
    wrong = not report.is_right
    (st.error if wrong else st.success)(plain(verdict(report, language)))
    with st.container(key="about-bundle"):
        show_list(_grouped(said) for said in about(report, language))
    for state in ORDER:
        found = report.of(state)
        if found:
            title = say(f"page.verify.{state.value}_title")
            st.header(title)
            columns = [say("page.verify.column_step"), say("page.verify.column_found")]
            rows = (
                (
                    text(f"verify.step.{one.step.value}", language),
                    _grouped(check_text(one, language)),
                )
                for one in found
            )
            show_table(title, columns, rows)


def _grouped(said: str) -> str:
    """Write a hash in groups of eight, which can be read aloud and break on a phone."""
    return _HASH.sub(lambda found: " ".join(_EIGHT.findall(found[0])), said)


def _ask_anchors() -> Anchors:
    """Ask for what the visitor has from outside the bundle."""
    with st.expander(say("page.verify.anchors_title"), key="verify-anchors"):
        show_sentences([say("page.verify.anchors_lead")])
        head = st.text_input(say("page.verify.head"), key="verify-head")
        receipt = st.text_input(say("page.verify.receipt"), key="verify-receipt")
        signature = st.file_uploader(
            say("page.verify.signature"), type=["minisig"], key="verify-signature"
        )
        key = st.file_uploader(say("page.verify.key"), type=["pub"], key="verify-key")
    return Anchors(
        head.strip() or None,
        receipt.strip() or None,
        signature.getvalue() if signature else None,
        key.getvalue() if key else None,
    )


@st.cache_data(show_spinner=False, max_entries=_KEPT, ttl=_SECONDS)
def _verified(_whole: bytes, sha256: str, anchors: Anchors) -> Report:
    """Verify once, also when the visitor opens something on the page; the file is not kept."""
    return verify_bundle(_whole, anchors)
