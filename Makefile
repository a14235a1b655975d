PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What it takes to run, and what it takes to work on it.
RUNTIME := $(VENV)/installed
WORKSHOP := $(VENV)/installed-dev
YARDSTICKS := $(VENV)/installed-bench
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest
# A file's tests share what they have set up. In the order of the folders: by the number of their tests,
# the files with few and long ones would come last, and one processor wait for the other. None of the
# generated calls is quick, and finding them takes a third of the time that all tests take to be found.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --ignore tests/generated

# Every process would compile all of our files again, and tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: run demo test test-slow test-crashes test-long test-browser check bench bench-bulk bench-lookup format openapi clean help

run: $(RUNTIME) ## start everything on this machine: API, worker, sandbox, database; Ctrl-C stops it
run: export JARING_ENV := $(or $(JARING_ENV),development)
run:
	@$(BIN)/jaring run

demo: $(RUNTIME) ## walk a worker's whole journey against the running server
	@$(BIN)/jaring demo

test: $(WORKSHOP) ## pass the quick tests
	$(PYTEST) $(SIDE_BY_SIDE)

# The first mostly wait for processes that die and come back, the others keep a processor busy.
test-slow: $(WORKSHOP) ## pass the slow tests: crashes, races, random lives, generated calls
	@$(MAKE) --no-print-directory --jobs 2 --output-sync test-crashes test-long

test-crashes: $(WORKSHOP)
	$(PYTEST) -m slow tests/crashes

test-long: $(WORKSHOP)
	nice $(PYTEST) -m slow --ignore tests/crashes

test-browser: $(WORKSHOP) ## walk the staff pages with Debian's Chromium; keeps pictures of them in var/screenshots
	$(PYTEST) -m browser tests/browser

check: $(WORKSHOP) ## format, lint, types, import arrows, openapi.yaml in step
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/jaring openapi --check

bench: $(YARDSTICKS) ## measure registrations and coverage reads beside a bare view and FastAPI
	@$(BIN)/python -m bench

bench-bulk: $(RUNTIME) ## measure a partner's file of 100,000 drivers against a plain COPY of the same rows
	@$(BIN)/python -m bench.bulk $(BULK)

bench-lookup: $(RUNTIME) ## measure how long support waits for each look-up key, with 10,000 workers and 1,000,000
	@$(BIN)/python -m bench.lookup $(LOOKUP)

format: $(WORKSHOP) ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

openapi: $(WORKSHOP) ## write openapi.yaml from the running code
	$(BIN)/jaring openapi

clean: ## remove what was built, but neither data nor keys
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Installed anew only when what is to be installed has changed.
$(RUNTIME): setup.cfg pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Jaring needs Python 3.11 or later: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --editable .
	@touch $@

$(WORKSHOP): $(RUNTIME)
	$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

$(YARDSTICKS): $(RUNTIME)
	$(PIP_INSTALL) --editable '.[bench]'
	@touch $@
