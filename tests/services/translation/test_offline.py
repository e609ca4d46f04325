"""argostranslate in a process of its own, by a package that has its interface; the real one needs gigabytes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from offing.model.review.translation import TranslationBackend, TranslationRules
from offing.services.translation.backends import ArgosBackend, Untranslated

# As argostranslate 1.9 has it: languages with a code, each with translations to others.
PACKAGE = """
import os, sys, time

class Translation:
    def translate(self, text):
        print("loading a model")  # as libraries do
        if text == "hang":
            time.sleep(60)
        if text == "die":
            os._exit(139)
        return f"<{text}>"

class Language:
    def __init__(self, code):
        self.code = code
    def get_translation(self, to):
        return Translation() if (self.code, to.code) == ("zh", "en") else None

def get_installed_languages():
    return [Language("zh"), Language("en"), Language("ru")]
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of that name, which this process and those that it starts can import."""
    folder = tmp_path / "argostranslate"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "translate.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def press(*texts: str, source: str = "zh", limit: float = 20) -> tuple[str, ...] | Untranslated:
    """What comes of one request."""
    rules = TranslationRules(TranslationBackend.ARGOS, limit=timedelta(seconds=limit))
    return asyncio.run(ArgosBackend(rules).translate(texts, source))


@pytest.mark.usefixtures("installed")
def test_texts_are_translated_by_the_package() -> None:
    """Whatever it prints besides; a language without a model is no fault of it."""
    assert press("标题", "第一段") == ("<标题>", "<第一段>")
    assert press("x", source="my") == Untranslated("no model for this language is installed", broken=False)
    assert press("x", source="ru") == Untranslated("no model for this language is installed", broken=False)
    assert press("x", source="") == Untranslated("the language of the text is not known", broken=False)


@pytest.mark.usefixtures("installed")
def test_a_package_that_dies_or_hangs_ends_with_its_process() -> None:
    """And is told as a failure."""
    assert press("die") == Untranslated("the package ended without a translation")
    assert press("hang", limit=0.5) == Untranslated("not finished after 0.5 s")


def test_a_package_that_is_not_there_is_said_so() -> None:
    """No process is started."""
    assert press("标题") == Untranslated("argostranslate is not installed here")
