"""Mutation testing: break the code in small ways, one at a time, and see whether the tests notice.

    python tests/mutation/mutate.py                       40 mutants of each package, chosen by chance of a fixed seed
    python tests/mutation/mutate.py store --sample 200    more of one
    python tests/mutation/mutate.py --seed 7 --json report.json

Cosmic Ray finds what can be mutated and mutates it; this script chooses, and runs for each mutant only the tests that
pass through its lines, as coverage told them, quickest first, in a fork of a process that has the libraries loaded.
Everything happens in a copy of the working tree. Exit code 1: a mutant survived that `survivors.toml` does not explain.
What can be broken, and what is left out: `choose.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from choose import ROOT, Mutant, mutants_of
from reach import TESTS, Reached, environment, reached

TOOL = ROOT / ".venv/mutation"
KNOWN = Path(__file__).with_name("survivors.toml")
SAMPLE, SEED = 40, 1
LEAST_WAIT, TIMES = 20.0, 6.0  # a mutant's tests may take so many times as long as they took, and some seconds
SAID = "said.txt"  # what pytest said last
# What tests load anyway is loaded once, then forked: libraries, and of our own what does not import what is mutated.
LOADED = (
    "sqlalchemy",
    "pydantic",
    "lxml.html",
    "httpx2",
    "numpy",
    "spacy",
    "babel",
    "pycountry",
    "w3lib.url",
    "click",
)
BELOW = {"store": ("model", "config"), "promote": ("model", "config", "store")}


# ---------------------------------------------------------------- one mutant


def tried(mutant: Mutant, copy: Path, tests: Sequence[str], known: Reached) -> str:
    """What becomes of a mutant: caught, survived, timeout, unreached, or unsure: its tests fail without it, too."""
    if not tests:
        return "unreached"
    wait = LEAST_WAIT + TIMES * sum(known.seconds.get(test, 0.0) for test in tests)
    path = copy / mutant.path
    original = path.read_text(encoding="utf-8")
    path.write_text(mutant.code, encoding="utf-8")
    try:
        code = _run(copy, tests, wait)
    finally:
        path.write_text(original, encoding="utf-8")
    if code not in {0, 1, None} and _run(copy, tests, wait):
        return "unsure"
    return {0: "survived", None: "timeout"}.get(code, "caught")


def sound(copy: Path, tests: Sequence[str], wait: float) -> None:
    """Stop where tests do not pass although nothing is broken: they would seem to notice everything."""
    if _run(copy, tests, wait):
        said = (copy / SAID).read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"{said[-4000:]}\nwith nothing broken a test fails")


def _run(copy: Path, tests: Sequence[str], wait: float) -> int | None:
    """Run tests in a fork; the exit code of pytest, None where they did not end in time."""
    child = os.fork()
    if not child:
        os.setsid()
        _in_child(copy, tests)
    until = time.monotonic() + wait
    while time.monotonic() < until:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _in_child(copy: Path, tests: Sequence[str]) -> None:
    code = 70
    try:
        os.chdir(copy)
        os.environ.update(environment(copy))
        sys.path[:] = [str(copy / "src"), *(each for each in sys.path if each != str(TOOL))]
        sys.dont_write_bytecode = True
        said = os.open(copy / SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        import pytest

        code = int(pytest.main(["-x", "-q", "-p", "no:cov", "-p", "no:xdist", "--no-header", *tests]))
    except Exception:  # noqa: BLE001 -- whatever it is, the parent is to read it and go on
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


# ---------------------------------------------------------------- all of them


def main() -> int:
    """Mutate, report, and hold what survived to the list of what may."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", nargs="*", choices=[*TESTS, []], help="all where none is named")
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(TOOL))
    packages = [name for name in TESTS if name in given.packages or not given.packages]
    chosen = [each for name in packages for each in mutants_of(name, random.Random(given.seed), given.sample)]
    with tempfile.TemporaryDirectory(prefix="offing-mutants-") as folder:
        Path(folder).chmod(0o755)  # tests that give up their rights read it, too
        copy = copied(Path(folder) / "tree")
        results = list(_results(chosen, copy, reached(copy, packages)))
    if given.json:
        rows = [{**asdict(each), "name": each.name, "ending": ending, "code": ""} for each, ending in results]
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return reported(results, packages)


def copied(target: Path) -> Path:
    """The working tree, as it stands, elsewhere."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def _results(chosen: Sequence[Mutant], copy: Path, known: Reached) -> Iterator[tuple[Mutant, str]]:
    sys.path.insert(0, str(copy / "src"))
    for name in LOADED:
        __import__(name)
    for number, mutant in enumerate(chosen, 1):
        _load_below(mutant.package, copy)
        tests = known.of(mutant)
        if number == 1 or mutant.package != chosen[number - 2].package:
            sound(copy, tests, LEAST_WAIT * TIMES)
        began = time.monotonic()
        ending = tried(mutant, copy, tests, known)
        took = time.monotonic() - began
        print(f"{number}/{len(chosen)} {ending:9} {took:5.1f} s {len(tests):4} tests  {mutant.name}", flush=True)
        yield mutant, ending


def _load_below(package: str, copy: Path) -> None:
    """Load what a package stands on. Mutants come package by package, lowest first, so none was mutated before."""
    for below in BELOW.get(package, ()):
        for path in sorted((copy / "src/offing" / below).rglob("*.py")):
            __import__(".".join(path.relative_to(copy / "src").with_suffix("").parts).removesuffix(".__init__"))


def reported(results: Sequence[tuple[Mutant, str]], packages: Sequence[str]) -> int:
    """Print what became of the mutants of each package; 1 where one survived without a reason."""
    reasons = {each["mutant"]: each["reason"] for each in tomllib.loads(KNOWN.read_text("utf-8")).get("survivor", ())}
    print(
        f"\n{'package':10} {'mutants':>8} {'caught':>7} {'timeout':>8} {'survived':>9} {'unreached':>10} {'share':>6}"
    )
    for name in [*packages, "all"]:
        endings = [ending for each, ending in results if name in ("all", each.package)]
        caught, late = endings.count("caught"), endings.count("timeout")
        share = (caught + late) / len(endings) if endings else 1.0
        print(
            f"{name:10} {len(endings):8} {caught:7} {late:8} {endings.count('survived'):9}"
            f" {endings.count('unreached'):10} {share:6.3f}"
        )
    strange = [
        each for each, ending in results if ending in ("survived", "unreached", "unsure") and each.name not in reasons
    ]
    for each in strange:
        print(f"\nno test notices {each.path}:{each.line} ({each.operator})\n  - {each.before}\n  + {each.after}")
    return int(bool(strange))


if __name__ == "__main__":
    sys.exit(main())
