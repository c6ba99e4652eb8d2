"""A text in the languages in which it was given."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from waardeweging.problem.text import LONGEST_TEXT


class Described(BaseModel):
    """Base of everything that is read from files: frozen, exact, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Label(Described):
    """A text in Dutch and English; a plain text in a file counts for both.

    Parameters
    ----------
    nl, en : str
        The text in each language.
    """

    nl: Annotated[str, Field(max_length=LONGEST_TEXT)]
    en: Annotated[str, Field(max_length=LONGEST_TEXT)]

    @model_validator(mode="before")
    @classmethod
    def _same_in_both(cls, given: Any) -> Any:
        return {"nl": given, "en": given} if isinstance(given, str) else given

    @model_serializer
    def _short(self) -> str | dict[str, str]:
        return self.nl if self.nl == self.en else {"nl": self.nl, "en": self.en}

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.nl


def _not_blank(label: Label) -> Label:
    if not (label.nl.strip() and label.en.strip()):
        raise PydanticCustomError("string_too_short", "a name says something in both languages")
    return label


Name = Annotated[Label, AfterValidator(_not_blank)]
"""A label that people must be able to read: neither language is empty."""
