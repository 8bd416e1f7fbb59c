"""What the pages say, in each language: a catalogue beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources

CATALOGUE: Mapping[str, Mapping[str, str]] = json.loads(
    resources.files("recognition.server").joinpath("texts.json").read_text("utf-8")
)


def text(lang: str, key: str, *values: object) -> str:
    """A text of the catalogue; `{0}` stands for the first of `values`."""
    return CATALOGUE[key][lang].format(*values)
