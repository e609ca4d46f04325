"""The process in which argostranslate translates: a request on standard input, the translations on standard output.

It is started for each request, since a library that hangs in compiled code can only be ended with its process.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from typing import Any

from offing.services.translation.backends import NO_MODEL


def main() -> int:
    """Translate one request; return the exit code."""
    request = json.load(sys.stdin)
    with redirect_stdout(sys.stderr):  # what the package prints is no part of the answer
        translated = _translated(request["q"], request["source"], request["target"])
    if translated is None:
        return NO_MODEL
    json.dump({"translatedText": translated}, sys.stdout)
    return 0


def _translated(texts: list[str], source: str, target: str) -> list[str] | None:
    from argostranslate import translate  # installed by the site, where it wants to

    languages: dict[str, Any] = {each.code: each for each in translate.get_installed_languages()}
    if source not in languages or target not in languages:
        return None
    found = languages[source].get_translation(languages[target])
    return [str(found.translate(text)) for text in texts] if found else None


if __name__ == "__main__":
    sys.exit(main())
