"""Writes the model card, docs/model-card.md: what ships, from what data, how measured, for what use (`make quality`).

python -m training.report.card
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from training.data.sets import DataSet, data_sets
from training.lock import State, entries
from training.metrics import noted
from training.report.quality import HERE, ROOT, Row, rendered
from training.steps import STEPS, Step

CARD = ROOT / "docs/model-card.md"
_WRITTEN = "a language model"
_OWN = ("articles", "passages", "groups")


def main() -> None:
    """Write the card."""
    CARD.write_text(card(), encoding="utf-8")
    print(CARD)


def card() -> str:
    """Return the card as its data give it."""
    words = tomllib.loads((HERE / "card.toml").read_text(encoding="utf-8"))
    shipped = [step for step in STEPS if step.name in words]
    known, parts, sets = entries(), noted(), data_sets()
    given = {
        "briefs": sum(len(sets[name].paths()) for name in _OWN),
        "set_names": ", ".join(f"`{name}`" for name, each in sets.items() if each.author.startswith(_WRITTEN)),
        "steps": [_step(step, words[step.name], known.get(step.name), parts.get(step.name, {})) for step in shipped],
        "sets": [_set(each) for each in sets.values()],
    }
    return rendered("model-card.md.jinja", given)


def _step(step: Step, words: Row, then: State | None, part: Row) -> Row:
    heading = f"{step.name}: {step.what}"
    return {
        "name": step.name,
        "heading": heading,
        "anchor": re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-"),
        "outputs": ", ".join(f"`{output.removeprefix('config/').replace('#', ' ')}`" for output in step.outputs),
        "known": _known(then, part),
        "unmet": ", ".join(_unmet(step, then)) or "–",
        "card": words,
        "sets": ", ".join(f"`{name}`" for name in step.sets) or "packages: " + ", ".join(step.packages),
        "seeds": ", ".join(map(str, step.seeds)) or "none, nothing is left to chance",
        "measured": "".join(_measured(part)),
    }


def _known(then: State | None, part: Row) -> str:
    """Return when a step learned, and how that is known."""
    if then is None:
        return "not known"
    return f"{part['day']}, by a run" if then.known_from == "run" and part else f"as in {then.known_from}"


def _unmet(step: Step, then: State | None) -> Iterator[str]:
    """Yield the briefs of its sets that a step has not learned from."""
    for name in step.sets if then else ():
        if name in _OWN and then:
            yield from (path.stem for file, path in data_sets()[name].paths().items() if file not in then.inputs)


def _measured(part: Row) -> Iterator[str]:
    """Yield what the step's last run has noted."""
    if part:
        yield f" Last run ({part['day']}, {part['seconds']:.0f} s): {_words(part['measured'])}."
    else:
        yield " It has not run since figures are noted (`training/metrics.json`)."


def _words(found: Any) -> str:
    pairs = ((name, _words(value) if isinstance(value, dict) else value) for name, value in found.items())
    return "; ".join(f"{name} {value}" for name, value in pairs) or "nothing to count"


def _set(data: DataSet) -> Row:
    use = ", ".join(each for each in ("learn", "stop", "report") if each in data.use)
    briefs = [
        f"{name}: {', '.join(sorted(found))}"
        for name, found in (("stop", data.stop), ("report", data.report), ("fit", data.fit))
    ]
    own = f" (the reader: {'; '.join(briefs)})" if data.stop else ""
    return {
        "name": data.name,
        "what": data.what,
        "author": data.author,
        "licence": data.licence,
        "use": (use or "nothing but a score by hand") + own,
    }


if __name__ == "__main__":
    main()
