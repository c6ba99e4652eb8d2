"""Every number in the page is recomputed from the JSON that its pointers name."""

import json
import math
import re
from functools import cache
from html.parser import HTMLParser
from string import Formatter

from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.json_file import json_of
from waardeweging.dossier.document.pointers import resolve
from waardeweging.dossier.document.theme import Theme
from waardeweging.presentation.catalog import sentences

NUMBER = {
    "nl": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"),
}
VOID = ("meta", "link", "img", "col", "br", "circle", "rect", "line", "polygon", "path")
# Marks on the axis of the equality strip.
SCALE = {"0", "25", "50", "75", "100"}


class Texts(HTMLParser):
    """Texts of a page, each with the pointers and the sentence of the nearest element."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        above = self.open[-1] if self.open else {}
        own = {
            "facts": (given.get("data-facts") or "").split() or above.get("facts", []),
            "say": given.get("data-say") or above.get("say", ""),
            "skip": tag in ("style", "title") or above.get("skip", False),
            "is_drawing": "drawing" in (given.get("class") or "") or above.get("is_drawing"),
        }
        if "aria-label" in given and tag in ("div",) and given.get("data-facts"):
            self.found.append((own, given["aria-label"]))
        if tag not in VOID:
            self.open.append(own)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and not self.open[-1]["skip"]:
            self.found.append((self.open[-1], data.strip()))


def leaves(found):
    if isinstance(found, dict):
        for one in found.values():
            yield from leaves(one)
    elif isinstance(found, list):
        for one in found:
            yield from leaves(one)
    elif found is not None and not isinstance(found, bool):
        yield found


def value_of(token, language):
    return float(token.replace(".", "").replace(",", ".") if language == "nl"
                 else token.replace(",", ""))  # fmt: skip


def digits_of(token, language):
    return len(token.partition("," if language == "nl" else ".")[2])


def is_written(token, x, language):
    """Whether a number, or a share as points or percentage, is written so."""
    shown, half = value_of(token, language), 0.5 * 10 ** -digits_of(token, language) + 1e-9
    for size in (abs(x), 100 * abs(x), 200 * abs(x)):
        if abs(size - shown) <= half:
            return True
        if size > 0 and shown > 0:
            # Estimates keep two digits in all.
            order = 10.0 ** (1 - math.floor(math.log10(size)))
            if abs(math.floor(size * order + 0.5) / order - shown) < 1e-9:
                return True
    # Nearly all and nearly nothing are never written as all or nothing.
    return (shown == 99 and 0.99 < x < 1) or (shown == 1 and 0 < x < 0.01)


def is_known(token, found, language):
    texts = [one for one in found if isinstance(one, str)]
    if any(token in NUMBER[language].findall(one) or token in re.findall(r"\d+", one)
           for one in texts):  # fmt: skip
        return True
    return any(is_written(token, one, language) for one in found if not isinstance(one, str))


@cache
def literal(key, language):
    """What a sentence says of itself, without what is filled in."""
    known = sentences(language)
    keys = [key] if key in known else [one for one in known if one.startswith(f"{key}.")]
    return " ".join(words for one in keys for words, *_ in Formatter().parse(known[one]) if words)


def names_in(facts):
    inputs = facts["inputs"]
    labels = [one["label"] for kind in ("options", "criteria", "values") for one in inputs[kind]]
    return sorted({*labels, facts["folder"]} - {""}, key=len, reverse=True)


def unproven(page, whole, language):
    """Give every number of a page that its pointers do not prove."""
    reader, names, known = Texts(), names_in(whole), {}
    reader.feed(page)
    for about, words in reader.found:
        if not re.search(r"\d", words):
            continue
        for name in names:
            words = words.replace(name, " ")
        for where in about["facts"]:
            if where not in known:
                known[where] = list(dict.fromkeys(leaves(resolve(whole, where))))
        found = [leaf for where in about["facts"] for leaf in known[where]]
        says = literal(about["say"], language)
        for where in about["facts"]:
            if where.startswith("/outcome/findings/"):
                says += literal(f"finding.{resolve(whole, where)['kind']}", language)
        for token in NUMBER[language].findall(words):
            is_strip = about["is_drawing"] and "/outcome/equality_strip" in about["facts"]
            is_scale = is_strip and token in SCALE
            if not (is_scale or token in NUMBER[language].findall(says)
                    or is_known(token, found, language)):  # fmt: skip
                yield token, words, about["facts"], about["say"]


def page_and_json(document, facts):
    return html_of(document, Theme()), json.loads(json_of(document, facts))


def test_every_number_in_the_page_follows_from_the_json(document, facts, language):
    page, whole = page_and_json(document, facts)

    assert not list(unproven(page, whole, language))


def test_the_page_holds_many_numbers_with_their_source(document, facts, language):
    page, _ = page_and_json(document, facts)
    reader = Texts()
    reader.feed(page)
    proven = [words for about, words in reader.found if about["facts"] and re.search(r"\d", words)]

    assert len(proven) > 1000


def test_numbers_that_are_changed_in_the_page_are_caught(berkum):
    facts = facts_of(berkum, "nl")
    page, whole = page_and_json(contents_of(facts, "nl"), facts)
    changes = {"63,0": "63,3", "1.308": "1.318", "24</td>": "27</td>"}
    for old, new in changes.items():
        assert re.search(rf"[>\s]{re.escape(old)}", page)
        page = re.sub(rf"([>\s]){re.escape(old)}", rf"\g<1>{new}", page, count=1)
    caught = {token for token, *_ in unproven(page, whole, "nl")}

    assert caught == {"63,3", "1.318", "27"}
