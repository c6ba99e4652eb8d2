import ast
import re
import string
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import waardeweging
from waardeweging.presentation.catalog import LANGUAGES, _flat, has, languages_with, sentences, text

PACKAGE = Path(waardeweging.__file__).parent
# Codes that are put together from a start and the name of a column.
SPELLED_OUT = {
    "performance.unknown_": ("alternative", "criterion", "source", "grounds"),
    "option.unknown_": ("technique", "organisation"),
    "startanalyse.": ("edition_not_yet", "edition_unknown"),
}
CODE = re.compile(r"[a-z_]+\.[a-z_]+")


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def keys_for_all(language):
    return {key for key in sentences(language) if not key.startswith("fault.remedy.")}


def test_dutch_comes_first_and_english_is_there():
    assert LANGUAGES[0] == "nl"
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language):
    assert keys_for_all(language) == keys_for_all("nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_placeholders(language):
    differing = {
        key
        for key in keys_for_all("nl")
        if placeholders(text_of(key, language)) != placeholders(text_of(key, "nl"))
    }

    assert not differing


def text_of(key, language):
    return sentences(language)[key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_plain_names(language):
    for key, sentence in sentences(language).items():
        for _, name, form, conversion in string.Formatter().parse(sentence):
            assert name is None or name.isidentifier(), key
            assert not form, key
            assert conversion is None, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_untrimmed(language):
    for key, sentence in sentences(language).items():
        assert sentence == sentence.strip() != "", key


def test_a_missing_key_is_an_error():
    with pytest.raises(KeyError):
        text("finding.that_does_not_exist", "nl")


def test_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        text("number.points", "nl")


def test_an_unknown_language_is_an_error():
    with pytest.raises(ValueError, match="no catalog for language 'xx'"):
        text("number.points", "xx", x=1)


def test_braces_in_a_value_stay_as_they_are():
    assert text("number.points", "en", x="{x}") == "{x} points"


CATALOG = PACKAGE / "presentation" / "catalog"
PARTS = sorted(file.stem for file in (CATALOG / "nl").glob("*.toml"))


def part_of(language, part):
    return tomllib.loads((CATALOG / language / f"{part}.toml").read_text(encoding="utf-8"))


def keys_of(table, above=""):
    """Keys with their placeholders; sentences of faults may be Dutch only."""
    for name, item in table.items():
        if isinstance(item, dict):
            yield from keys_of(item, f"{above}{name}.")
        elif not above.startswith("fault.remedy."):
            yield f"{above}{name}", frozenset(placeholders(item))


@pytest.mark.parametrize("part", PARTS)
def test_every_language_of_a_part_has_the_whole_part(part):
    wanted = set(keys_of(part_of("nl", part)))

    assert wanted
    assert all(set(keys_of(part_of(language, part))) == wanted for language in languages_with(part))


def test_two_files_of_a_language_never_say_the_same():
    assert len(sentences("nl")) == sum(len(list(_flat(part_of("nl", part), ""))) for part in PARTS)


def test_a_language_with_every_part_serves_everywhere():
    assert set(LANGUAGES) == set.intersection(*(set(languages_with(part)) for part in PARTS))


@cache
def raised_codes():
    """Every code of an `InputError` in the source, with its English remedy when that is there."""
    return tuple(_raised_codes())


def _raised_codes():
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        yield from (
            (call.args[0].value, call.args[1].value)
            for call in calls
            if getattr(call.func, "id", "") == "refusal" and len(call.args) == 3
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Constant)
        )
        calls = [call for call in calls if getattr(call.func, "id", "") == "InputError"]
        for call in calls:
            code = call.args[0]
            remedy = next((key.value for key in call.keywords if key.arg == "remedy"), None)
            written = remedy.value if isinstance(remedy, ast.Constant) else None
            if isinstance(code, ast.Constant):
                yield code.value, written
            elif isinstance(code, ast.JoinedStr):
                start = ast.unparse(code.values[0]).strip("'")
                yield from ((f"{start}{end}", written) for end in SPELLED_OUT[start])
        if any(isinstance(call.args[0], ast.Name) for call in calls):
            yield from listed_codes(tree)


def listed_codes(tree):
    """Codes that stand beside a text: in a pair, or as first two arguments of a call."""
    for node in ast.walk(tree):
        items = node.elts if isinstance(node, ast.Tuple) else getattr(node, "args", [])
        if isinstance(items, list):
            texts = [item.value if isinstance(item, ast.Constant) else None for item in items]
            for code, remedy in pairwise(texts):
                if isinstance(code, str) and CODE.fullmatch(code) and isinstance(remedy, str):
                    yield code, remedy


def test_every_fault_that_can_be_raised_has_a_dutch_sentence():
    codes = {code for code, _ in raised_codes()}

    assert len(codes) > 50
    assert not {code for code in codes if not has(f"fault.remedy.{code}", "nl")}


def test_dutch_remedies_use_the_same_details_as_the_english_ones():
    differing = {
        code
        for code, remedy in raised_codes()
        if remedy is not None
        and has(f"fault.remedy.{code}", "nl")
        and placeholders(remedy) != placeholders(text_of(f"fault.remedy.{code}", "nl"))
    }

    assert not differing


def test_no_dutch_remedy_is_left_without_its_fault():
    known = {key.removeprefix("fault.remedy.") for key in sentences("nl") if "remedy." in key}

    assert not known - {code for code, _ in raised_codes()}
