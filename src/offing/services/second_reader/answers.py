"""Answers of the second reader stored without a database: in the cache folder, one file each."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from offing.model.review.second_reader import ModelAnswer, Usage

_FOLDER = "second-answers"


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Answers by digest of the text, model and version of the question; without a folder nothing is stored."""

    folder: Path | None

    @classmethod
    def below(cls, cache: Path | None) -> AnswerCache:
        """Return the answers below a cache folder."""
        return cls(cache / _FOLDER if cache else None)

    def find(self, key: tuple[str, str, str]) -> ModelAnswer | None:
        """Return an answer; None if there is no readable one."""
        if self.folder is None:
            return None
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads(self._path(self.folder, key).read_text(encoding="utf-8"))
            return ModelAnswer(str(found["content"]), Usage(int(found["prompt"]), int(found["answer"])))
        return None

    def keep(self, key: tuple[str, str, str], answer: ModelAnswer) -> None:
        """Store an answer, readable by its owner alone; if that fails, it will be asked for again."""
        if self.folder is None:
            return
        row = {"content": answer.content, "prompt": answer.usage.prompt, "answer": answer.usage.answer}
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(row, file)
            Path(name).replace(self._path(self.folder, key))

    def _path(self, folder: Path, key: tuple[str, str, str]) -> Path:
        return folder / f"{hashlib.sha256(json.dumps(key).encode()).hexdigest()}.json"
