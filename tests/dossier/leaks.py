"""Looks in everything that was published for what somebody answered, or for who that was."""

import io
import json
import re
import zipfile
from functools import cache
from html import unescape

import numpy as np
from pypdf import PdfReader


@cache
def text_of(name, content):
    if name.endswith(".pdf"):
        read = PdfReader(io.BytesIO(content))
        told = [page.extract_text() for page in read.pages]
        about = read.xmp_metadata
        written = "" if about is None else str(about.stream.get_data())
        return "\n".join([*told, str(read.metadata), written, str(read.outline)])
    if name.endswith((".zip", ".docx")):
        return "\n".join(text for _, text in inside(name, content))
    return content.decode("utf-8", "replace")


def inside(name, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            yield f"{name}/{member}", f"{member}\n{archive.read(member).decode('utf-8', 'replace')}"


def texts(made):
    """Give every file and every file inside a file as text, its name included."""
    for name, content in made.items():
        if name.endswith((".zip", ".docx")):
            yield from inside(name, content)
        else:
            yield name, f"{name}\n{text_of(name, content)}"


def lists(made):
    """Give every list of numbers in any JSON file."""
    for name, text in texts(made):
        if name.endswith(".json"):
            yield from numbers(json.loads(text.partition("\n")[2]))


def numbers(item):
    if isinstance(item, dict):
        kept = [x for x in item.values() if isinstance(x, int | float)]
        if len(kept) == len(item):
            yield kept
    if isinstance(item, list) and item and all(isinstance(x, int | float) for x in item):
        yield item
    elif isinstance(item, dict | list):
        for one in item.values() if isinstance(item, dict) else item:
            yield from numbers(one)


def is_like(given, weights, tolerance):
    """Say whether numbers are these weights, on whatever scale."""
    if len(given) != len(weights) or sum(given) == 0:
        return False
    return bool(np.abs(np.array(given) / sum(given) - weights).max() < tolerance)


def secrets_in(texts, secrets):
    """Give the names of texts that hold one of these, however it is broken up."""
    plain = {squeezed(one) for one in secrets}
    return [name for name, text in texts if _holds(squeezed(text), plain)]


def _holds(text, plain):
    return any(one in text for one in plain)


def squeezed(text):
    return re.sub(r"[\s\-­]", "", unescape(text)).lower()


def rows_in(text, length):
    """Give every run of so many numbers on a page, in any notation, each in rising order."""
    plain = re.sub(r"<[^>]*>", " ", unescape(text))
    found = [float(x.replace(",", ".")) for x in re.findall(r"\d+(?:[.,]\d+)?", plain)]
    last = len(found) - length + 1
    return {tuple(sorted(found[start : start + length])) for start in range(last)}
