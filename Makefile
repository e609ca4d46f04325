# Every workflow of the project. `make demo` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests
OPTIONS ?=
COVERAGE := build/coverage.json
# Tests start hundreds of processes: each would compile the package again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test test-all test-covered test-slow setup check mutate screenshots site reference static format lint types imports docs search bench eval-extract train train-check train-reader figures quality lock clean

demo: .venv/runtime           ## the whole pipeline on a small newsroom on this machine (ONCE=1: then exit)
	$(BIN)/offing demo $(if $(ONCE),--once,)

test: .venv/dev               ## every guarantee once, in minutes: SQLite, no slow tests
	$(BIN)/pytest -n 3 --dist worksteal -m "not slow and not static" $(OPTIONS) $(TESTS)

test-all: docs test-covered test-slow   ## everything: slow tests, PostgreSQL, all examples, floors of coverage and of quality

test-covered: .venv/dev       ## the quick half of that, with coverage
	mkdir -p build
	SUITE=all $(BIN)/slipcover --json --out $(COVERAGE) -m pytest -n 4 --dist worksteal -m "not slow and not static" $(OPTIONS) $(TESTS)
	$(BIN)/python tests/coverage_floors.py $(COVERAGE)

test-slow: .venv/dev          ## the slow half
	SUITE=all $(BIN)/pytest -n 4 --dist worksteal -m slow $(OPTIONS) $(TESTS)  # they wait half of their time

setup: .venv/dev              ## the environment in .venv, as locked

check: static test            ## all that has to hold before a commit; `make test-all` is what runs before it lands

static: format lint types imports docs

format: .venv/dev
	$(BIN)/ruff format --check -q src tests benchmarks migrations training docs

lint: .venv/dev
	$(BIN)/ruff check -q src tests benchmarks migrations training docs

types: .venv/dev
	$(BIN)/mypy

imports: .venv/dev
	$(BIN)/lint-imports

docs: .venv/dev
	$(BIN)/pytest -q -n 2 -m static $(shell grep -l mark.static tests/*.py)

reference: .venv/dev          ## docs/reference/ and the list of decisions, from the code
	$(BIN)/python docs/reference/make.py

site: .venv/site              ## docs/ as web pages, in build/site; no page loads anything from another host
	NO_MKDOCS_2_WARNING=1 .venv/site/bin/mkdocs build --strict $(OPTIONS)

search: .venv/dev             ## property tests with many fresh random examples, for faults that nobody thought of
	$(BIN)/pytest -n 3 --dist worksteal -m "not slow" --hypothesis-profile=search $$(grep -rl "@given" $(TESTS))

mutate: .venv/mutation        ## break the code in small ways and see whether tests notice (OPTIONS="store --sample 200")
	$(BIN)/python tests/mutation/mutate.py $(OPTIONS)

screenshots: .venv/dev       ## the pictures of the review app in docs/images, taken from the demo (needs Chromium)
	$(BIN)/python docs/images/make.py

bench: .venv/dev              ## speed of the stages, as ratios against what one would use instead
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

eval-extract: .venv/peers     ## how well articles are drawn from real pages, beside the peers (needs OFFING_SHARED)
	OFFING_PEERS=$(CURDIR)/.venv/peers $(BIN)/python benchmarks/extract.py

train: .venv/dev             ## learn anew what is older than its data, code or settings, or go on where that stopped (STEP=rarity: that and what it reads; training/README.md)
	$(BIN)/python -m training.dag $(OPTIONS) $(STEP)
	$(MAKE) quality

train-check: .venv/dev       ## which shipped weights are older than what they are learned from; trains nothing
	$(BIN)/python -m training.check

train-reader: .venv/dev      ## train the reader of whole articles, or go on where that stopped: reader-run/ (needs OFFING_SHARED; five hours of a core)
	$(BIN)/pip install -q --disable-pip-version-check --group train
	$(BIN)/python -m training.dag $(OPTIONS) reader_file

figures: .venv/dev            ## measure every annotated set (tests/eval/figures*.json), then `make quality`
	PYTHONPATH=tests $(BIN)/python tests/eval/figures.py
	$(MAKE) quality

quality: .venv/dev            ## write docs/quality.md, docs/model-card.md and docs/lab/all-sets.md from what was measured; measures nothing
	$(BIN)/python -m training.report.quality
	$(BIN)/python -m training.report.card

lock:                         ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --extra meaning --extra pdf --extra postgres --extra xlsx --group build --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q -o requirements/runtime.txt --upgrade
	uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q -o requirements/dev.txt --upgrade
	uv pip compile --group site --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header -q -o requirements/site.txt --upgrade

clean:
	rm -rf .venv demo-site build .mypy_cache .ruff_cache

# Older pip takes a lock for incomplete once a newer version of a package with extras is out.
.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --upgrade "pip>=26"

.venv/runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@requirements/slim .venv
	@touch $@

.venv/dev: requirements/dev.txt .venv/runtime
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pytest -q --collect-only tests >/dev/null || true  # compiles tests and config, which each process of `make test` would
	@touch $@

.venv/mutation: tests/mutation/requirements.txt | .venv/dev
	$(BIN)/pip install -q --disable-pip-version-check --upgrade --target $@ -r $<
	@touch $@

.venv/site: requirements/site.txt
	$(PYTHON) -m venv --clear $@
	$@/bin/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/peers: benchmarks/extraction/peers.txt | .venv/dev
	$(BIN)/pip install -q --disable-pip-version-check --upgrade --target $@ -r $<
	@touch $@
