# Everything runs from here; each target sets up what it needs. Only python3 (3.11), pip and make are expected.
VENV := .venv
PYTHON := $(VENV)/bin/python
DETENTE := $(VENV)/bin/detente
DEMO := demo
GOLD ?= $(DETENTE_GOLD)
ROUNDS ?= 5
SECONDS ?= 60
EVENTS ?= 1000000
DOCUMENTS ?= 20000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install develop demo test fuzz fuzz-bytes lint types imports bench bench-coding bench-stages bench-world docs soak soak-short load wheelhouse audit screenshots sbom train clean

install: $(VENV)/.installed ## the command at .venv/bin/detente

develop: $(VENV)/.developed ## what the tests need beside it

$(VENV)/bin/python:
	@python3 -c 'import sys; sys.exit("expected Python 3.11, but %d.%d came; put it first on PATH as python3" % sys.version_info[:2] if sys.version_info[:2] != (3, 11) else 0)'
	python3 -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements.lock
	$(PYTHON) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developed: $(VENV)/.installed requirements-dev.lock
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

demo: install ## from an empty ledger to three answers and a brief
	@$(PYTHON) -m detente.cli.demo $(DEMO)

test: lint types imports ## all that must hold
	$(PYTHON) -m pytest -n 2

fuzz: develop ## the property tests with examples that were never tried, ROUNDS times as many as usual
	DETENTE_FUZZ=$(ROUNDS) $(PYTHON) -m pytest -n 2 $$(grep -rlE "^ *@given" tests --include="test_*.py")

lint: develop
	$(VENV)/bin/ruff check src tests benchmarks
	$(VENV)/bin/ruff format --check --quiet src tests benchmarks

types: develop
	$(VENV)/bin/mypy

imports: develop
	$(VENV)/bin/lint-imports

clean: ## the demo's ledger and what tools leave behind
	rm -rf $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

bench: bench-coding bench-stages ## every benchmark; GOLD=DIR measures against a collection that cannot be shipped

bench-coding: develop
	DETENTE_GOLD="$(GOLD)" $(PYTHON) benchmarks/coding.py

bench-stages: $(VENV)/.benched
	DETENTE_GOLD="$(GOLD)" $(PYTHON) benchmarks/stages.py

bench-world: $(VENV)/.benched ## event data beside DuckDB's own reader
	$(PYTHON) benchmarks/world.py

$(VENV)/.benched: $(VENV)/.developed pyproject.toml ## the neighbours that the detector is measured beside
	$(PYTHON) -m pip install --quiet --no-build-isolation --editable ".[bench]"
	@touch $@

docs: $(VENV)/.documented ## the pages that are made from the program itself, and the site in site/
	$(PYTHON) -m detente.cli.reference > docs/commands.md
	$(PYTHON) tests/test_readme.py
	$(PYTHON) tests/docs/test_examinations_page.py
	$(PYTHON) tests/docs/test_formats_page.py
	$(VENV)/bin/mkdocs build --strict --quiet

$(VENV)/.documented: $(VENV)/.developed pyproject.toml ## what the site is built with
	$(PYTHON) -m pip install --quiet --no-build-isolation --editable ".[docs]"
	@touch $@

soak-short: develop ## part of test: kills, a full disk and read-only files, two writers and eight readers; the figures are printed
	$(PYTHON) -m pytest -s tests/keep/test_faults.py

soak: develop ## the long form: 500 kills, ten minutes of a crowd, ten of the desk beside the command line, and one table of figures
	PYTHONPATH=src $(PYTHON) tests/faults.py --trials 500 --seconds 600

load: develop ## a day of a feed at speed, EVENTS and DOCUMENTS of it: memory, file size and latency over time in load/, and a verdict
	PYTHONPATH=src $(PYTHON) tests/load.py --events $(EVENTS) --documents $(DOCUMENTS) --into load

fuzz-bytes: $(VENV)/.fuzzed ## coverage-guided: every reader, importer and table, and the question, SECONDS each; the corpus stays in .fuzz/
	PYTHONPATH=src $(PYTHON) tests/fuzzing.py --seconds $(SECONDS)

$(VENV)/.fuzzed: $(VENV)/.developed pyproject.toml
	$(PYTHON) -m pip install --quiet --no-build-isolation --editable ".[fuzz]"
	@touch $@

wheelhouse: install ## everything an installation without network needs, in wheelhouse/, tried in an environment whose sockets raise
	$(PYTHON) tests/wheelhouse.py wheelhouse

audit: $(VENV)/bin/python ## known faults of all that is pinned; says so when pip-audit or its advisory service cannot be reached
	$(PYTHON) tests/audit.py requirements-dev.lock

screenshots: develop ## every page of the desk, wide in light and narrow in dark, to docs/screenshots/
	PYTHONPATH=src:tests $(PYTHON) tests/screenshots.py docs/screenshots

sbom: develop ## the bill of materials of what is installed, CycloneDX JSON
	$(PYTHON) tests/sbom.py requirements.lock > sbom.json

train: develop ## the shipped weights, from the sentences written for the project
	$(DETENTE) train
