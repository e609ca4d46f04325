"""Write the model card, docs/model-card.md: shipped models with their data, figures and intended use (`make quality`).

python -m training.report.card
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from training.data.sets import DataSet, data_sets
from training.lock import State, entries
from training.metrics import metrics_by_step
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
    """Return the card rendered from its data."""
    words = tomllib.loads((HERE / "card.toml").read_text(encoding="utf-8"))
    shipped = [step for step in STEPS if step.name in words]
    recorded, metrics, sets = entries(), metrics_by_step(), data_sets()
    given = {
        "briefs": sum(len(sets[name].paths()) for name in _OWN),
        "set_names": ", ".join(f"`{name}`" for name, each in sets.items() if each.author.startswith(_WRITTEN)),
        "steps": [
            _step(step, words[step.name], recorded.get(step.name), metrics.get(step.name, {})) for step in shipped
        ],
        "sets": [_set(each) for each in sets.values()],
    }
    return rendered("model-card.md.jinja", given)


def _step(step: Step, words: Row, recorded: State | None, metrics: Row) -> Row:
    heading = f"{step.name}: {step.what}"
    return {
        "name": step.name,
        "heading": heading,
        "anchor": re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-"),
        "outputs": ", ".join(f"`{output.removeprefix('config/').replace('#', ' ')}`" for output in step.outputs),
        "known": _known(recorded, metrics),
        "unmet": ", ".join(_untrained_briefs(step, recorded)) or "–",
        "card": words,
        "sets": ", ".join(f"`{name}`" for name in step.sets) or "packages: " + ", ".join(step.packages),
        "seeds": ", ".join(map(str, step.seeds)) or "none, deterministic",
        "measured": "".join(_measured(metrics)),
    }


def _known(recorded: State | None, metrics: Row) -> str:
    """Return when a step was trained, and how that is known."""
    if recorded is None:
        return "not known"
    return f"{metrics['day']}, by a run" if recorded.known_from == "run" and metrics else f"as in {recorded.known_from}"


def _untrained_briefs(step: Step, recorded: State | None) -> Iterator[str]:
    """Yield the briefs of its sets that a step was not trained on."""
    for name in step.sets if recorded else ():
        if name in _OWN and recorded:
            yield from (path.stem for file, path in data_sets()[name].paths().items() if file not in recorded.inputs)


def _measured(metrics: Row) -> Iterator[str]:
    """Yield the figures of the step's last run."""
    if metrics:
        yield f" Last run ({metrics['day']}, {metrics['seconds']:.0f} s): {_words(metrics['measured'])}."
    else:
        yield " Its last run predates `training/metrics.json`."


def _words(found: Any) -> str:
    pairs = ((name, _words(value) if isinstance(value, dict) else value) for name, value in found.items())
    return "; ".join(f"{name} {value}" for name, value in pairs) or "no figures"


def _set(data: DataSet) -> Row:
    use = ", ".join(each for each in ("learn", "stop", "report") if each in data.use)
    briefs = [
        f"{name}: {', '.join(sorted(found))}"
        for name, found in (("stop", data.stop), ("report", data.report), ("fit", data.fit))
    ]
    own = f" (the encoder: {'; '.join(briefs)})" if data.stop else ""
    return {
        "name": data.name,
        "what": data.what,
        "author": data.author,
        "licence": data.licence,
        "use": (use or "nothing but scoring by hand") + own,
    }


if __name__ == "__main__":
    main()
