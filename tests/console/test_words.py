"""The catalogues of the pages."""

import importlib
import pkgutil
import re

import pytest

import console.words
from models.values.words import Words

CATALOGUES = [
    pytest.param(words, id=f"{module.name}.{name}")
    for module in pkgutil.iter_modules(console.words.__path__)
    for name, words in vars(importlib.import_module(f"console.words.{module.name}")).items()
    if isinstance(words, dict) and any(isinstance(each, Words) for each in words.values())
]


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_sentence_is_there_in_both_languages(catalogue):
    for name, words in catalogue.items():
        assert words.id.strip(), name
        assert words.en.strip(), name


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_both_languages_are_filled_with_the_same(catalogue):
    for name, words in catalogue.items():
        assert set(re.findall(r"{(\w+)}", words.id)) == set(re.findall(r"{(\w+)}", words.en)), name
