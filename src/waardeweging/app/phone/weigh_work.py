"""Somebody at work on a weighing: what was filled in, and which page comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from waardeweging.app.own_weights import Questions
from waardeweging.app.phone import weighing
from waardeweging.app.phone.live import WEIGHINGS, closing, open_sheet
from waardeweging.app.phone.paint import page, watching
from waardeweging.app.phone.visits import Problem, Visit
from waardeweging.app.phone.weighing import Draft
from waardeweging.problem.arrays import FloatArray


@dataclass(frozen=True)
class Weighing:
    """Somebody at work on one of the weighing sheets.

    Parameters
    ----------
    visit : Visit
    sheet : str
    questions : Questions
    draft : Draft
    is_own_earlier : bool
        Whether the draft is what this person answered in the round before.
    """

    visit: Visit
    sheet: str
    questions: Questions
    draft: Draft
    is_own_earlier: bool

    @classmethod
    def of(cls, visit: Visit) -> Weighing:
        """Find what somebody filled in until now on the sheet in the address."""
        sheet = visit.request.path_params["sheet"]
        if sheet not in WEIGHINGS:
            raise Problem("not_found")
        open_sheet(visit, sheet)
        me, store = visit.me, visit.hall.store
        questions = weighing.questions_for(visit.scenario, visit.here.id, me.credential)
        given = store.draft(me, sheet) or store.own(me, sheet)
        earlier = store.own(me, "round-1") if given is None and sheet == "round-2" else None
        return cls(visit, sheet, questions, Draft.of(given or earlier), earlier is not None)

    @property
    def steps(self) -> tuple[str, ...]:
        """The pages, in order."""
        return weighing.steps_of(self.questions, self.draft)

    def go(self, step: str) -> Response:
        """Go to a page of this sheet."""
        return self.visit.go(f"{self.sheet}/{step}")

    def beside(self, step: str, by: int) -> str:
        """Give the page before or after one."""
        place = self.steps.index(step) + by if step in self.steps else 0
        return self.steps[min(max(place, 0), len(self.steps) - 1)]

    def show(self, template: str, step: str, status: int = 200, **shown: Any) -> Response:
        """Show a page of this sheet with its place among the others."""
        at = self.steps.index(step) + 1 if step in self.steps else len(self.steps)
        visit = self.visit
        always = {
            "sheet": self.sheet,
            "sheet_name": visit.say(f"sheet.{self.sheet}"),
            "at": at,
            "count": len(self.steps),
            "closes": closing(visit, visit.sheet(self.sheet)),
            "watch": watching(visit, f"{self.sheet}/{step}", waiting=False),
            "here": f"/w/{visit.room}/{self.sheet}/{step}",
        }
        return page(visit, template, status, **(always | shown))

    def weights(self) -> FloatArray | None:
        """Give the weights that follow from a complete draft."""
        return self.questions.weights(self.draft.own())

    def unfinished(self) -> str | None:
        """Give the first page that is not complete; None when every page is."""
        return weighing.still_to_do(self.questions, self.draft)
