"""What people write is never read as markup: no picture from elsewhere, no tag, no link."""

import re

import pytest
from tests.presentation.test_project_news import everything
from tests.process.project.conftest import Log

from waardeweging.app.projects.page import _PARTS
from waardeweging.process.chain import Recorded
from waardeweging.store import Store

EVIL = "![x](http://evil.test/a.png) <img src=x onerror=alert(1)> [y](http://evil.test)"
# A sign of markup that no backslash takes the meaning from.
_MARKUP = re.compile(r"(?<!\\)<img|(?<!\\)\[[xy](?<!\\)\]\(")
# Fields that are names of the program, days or numbers, or that say who is who.
_FIXED = {
    "sheet", "topic", "level", "horizon", "subject", "side", "about", "reply", "status", "day",
    "due", "until", "by", "gathering", "indicator", "moment", "id", "actors", "overrides",
    "fingerprint", "files", "language", "session", "alternative", "criterion", "value", "first",
}  # fmt: skip


def hostile(records: list[Recorded]) -> Log:
    """Write the same project with every text of people hostile."""
    log = Log()
    log.state, log.records = type(log.state)(id="p"), []
    # Only a real store holds the files that a record names.
    for one in (record for record in records if record.kind != "files_kept"):
        body = {
            name: EVIL if isinstance(given, str) and given and name not in _FIXED else given
            for name, given in one.body.items()
        }
        log.keep([type("Event", (), {"kind": one.kind, "body": body})()])
    return log


@pytest.fixture
def evil(store: Store, project):
    project.id = store.import_chain(hostile(everything().records).records).id
    return project


@pytest.mark.parametrize("part", _PARTS)
def test_no_part_shows_markup_of_people(evil, open_page, part):
    test = open_page(part)
    assert not test.exception
    html = [str(element.proto.body) for element in test.main if element.type == "html"]
    words = [
        str(getattr(element.proto, name, "") or "")
        for element in test.main
        if element.type != "html"
        for name in ("label", "body")
    ]

    assert [one for one in words + html if "evil" in one]
    assert not [one for one in html if "<img" in one]
    assert not [one for one in words if _MARKUP.search(one)]
