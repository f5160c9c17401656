# The front door: every target says what it is for, and `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

MEMBERS := shared/events shared/plumbing shared/pages services/registration services/matching \
           services/notification services/reporting deploy/local

# The first Python of the right age that really starts (a version manager's shim may not).
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
  "$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
    && { command -v "$$name"; break; }; done)
need-python = @test -n "$(PYTHON)" \
  || { echo "Doorpakken needs Python 3.11, 3.12 or 3.13; name one with PYTHON=" >&2; exit 1; }
# uv from the PATH, or a private one that `.uv/bin/uv` makes below.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
BIN := .venv/bin
STAMP := .venv/.made

.PHONY: help setup demo up down compose-env test lint words pictures format lock contracts fault bench-register bench-beside bench-seats bench-door bench-growth bench-work bench-promises clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv with the locked packages and the members (nothing is done when up to date)

demo: $(STAMP) ## start the whole system and play the story in it
	$(BIN)/doorpakken demo

up: $(STAMP) ## start the whole system on this machine, no Docker needed
	$(BIN)/doorpakken up

down: $(STAMP) ## stop it
	$(BIN)/doorpakken down

compose-env: $(STAMP) ## write the secrets for docker-compose.yml to .env [URL=https://doorpakken.example]
	$(BIN)/doorpakken compose-env $(if $(URL),--url $(URL))

test: lint ## lint, then every test on the real Kafka and MongoDB
	$(BIN)/pytest -n 2

lint: $(STAMP) ## ruff, strict types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(foreach member,$(MEMBERS),-p doorpakken_$(notdir $(member)))
	$(BIN)/mypy --exclude '/doorpakken_[a-z]+/' .
	$(BIN)/lint-imports

words: $(STAMP) ## read every Dutch text of pages, mails and letters for what is not plain
	$(BIN)/python -m tests.workspace.plain_dutch

pictures: $(STAMP) ## every page of the demo's story at 390 and 1280 px, in build/pictures
	mkdir -p build/pictures
	PICTURES=$(abspath build/pictures) $(BIN)/pytest tests/e2e/test_pages.py

format: $(STAMP) ## put every file into the agreed form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(UV) ## choose package versions anew and write every requirements.lock
	$(UV) lock --quiet --upgrade --python "$(PYTHON)"
	$(UV) export --quiet --frozen --no-header --no-emit-workspace --all-packages \
	  -o requirements.lock
	$(foreach member,$(MEMBERS),$(UV) export --quiet --frozen --no-header --no-emit-workspace \
	  --no-dev --package doorpakken-$(notdir $(member)) -o $(member)/requirements.lock;)

contracts: $(STAMP) ## write AsyncAPI, JSON Schemas and examples from the event models
	$(BIN)/python -m doorpakken_events.contracts

fault: $(STAMP) ## the faults at their full amounts, an hour on two cores [JSON=FILE]
	FULL=1 $(if $(JSON),FAULT_REPORT=$(abspath $(JSON))) $(BIN)/pytest -m fault --timeout 1200

bench-register: $(STAMP) ## measure registering attendees against a bare floor [JSON=FILE]
	$(BIN)/python -m tests.load.bench_register $(if $(JSON),--json $(JSON))

bench-beside: $(STAMP) ## measure registering and sign-ups here beside another checkout OTHER=FOLDER [JSON=FILE]
	$(BIN)/python -m tests.load.bench_beside $(OTHER) $(if $(JSON),--json $(abspath $(JSON)))

bench-seats: $(STAMP) ## measure sign-ups for one session against registrations [JSON=FILE]
	$(BIN)/python -m tests.load.bench_seats $(if $(JSON),--json $(JSON))

bench-door: $(STAMP) ## measure the search at the door of a gathering of 1,000 [JSON=FILE]
	$(BIN)/python -m tests.load.bench_door $(if $(JSON),--json $(JSON))

bench-growth: $(STAMP) ## measure what growth and age cost, up to 100,000 people and a million old rows [JSON=FILE]
	$(BIN)/python -m tests.load.bench_growth $(if $(JSON),--json $(JSON))

bench-work: $(STAMP) ## measure the page Vandaag with a thousand attendees [JSON=FILE]
	$(BIN)/python -m tests.load.bench_work $(if $(JSON),--json $(JSON))

bench-promises: $(STAMP) ## measure the public page of 300 promises toward 100 needs [JSON=FILE]
	$(BIN)/python -m tests.load.bench_promises $(if $(JSON),--json $(JSON))

clean: ## remove what `make` made (not the data of a running system)
	rm -rf .venv .uv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(STAMP): requirements.lock $(MEMBERS:%=%/pyproject.toml) | $(UV)
	$(need-python)
	$(UV) venv --quiet --allow-existing --python "$(PYTHON)" .venv
	VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements.lock
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps $(MEMBERS:%=-e %)
	touch $@

.uv/bin/uv:
	$(need-python)
	"$(PYTHON)" -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.8,<1'
