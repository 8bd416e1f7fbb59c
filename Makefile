# `make demo` sets up and decides the example file; `make test` sets up and runs the tests.
PYTHON ?= python3
BIN := .venv/bin
ASKED := --standard washington-accord --standard ipea --standard us-tx-133-27-au
DAY := --as-of 2026-11-23

.PHONY: demo test test-distributed lint benchmarks serve clean

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/ready
	mkdir -p out
	$(BIN)/recognition batch examples/applicants.ndjson --output out/decisions.parquet $(ASKED) $(DAY)
	$(BIN)/recognition evaluate examples/person.json --standard ipea --host AU $(DAY)
	$(BIN)/recognition evaluate examples/person.json --standard ipea --host AU $(DAY) --lang zh

test: .venv/ready
	$(BIN)/python -m pytest

.venv/distributed: .venv/ready requirements-distributed.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-distributed.lock
	touch $@

test-distributed: .venv/distributed
	$(BIN)/python -m pytest -m distributed

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/recognition standards validate --no-remarks
	$(BIN)/recognition standards format --check

benchmarks: .venv/ready
	$(BIN)/python -m pytest benchmarks --benchmark-only

serve: .venv/ready
	$(BIN)/recognition serve

clean:
	rm -rf .venv out
