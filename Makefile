# Backend Architect. `make help` lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What projects may need that the exemplar does not, pinned beside its pins.
ALTERNATIVES := src/architect/build/data
# uv does not read pip's configuration: pass a configured index on, name none here.
UV := UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$($(BIN)/pip config get global.index-url 2>/dev/null)}"; [ -n "$$UV_DEFAULT_INDEX" ] && export UV_DEFAULT_INDEX || unset UV_DEFAULT_INDEX; $(BIN)/uv
DEMO_TEXT := I need to create a FastAPI service that also exposes gRPC endpoints for inter-service communication: customers and orders of an online shop, 200 requests per second, p95 under 300 ms, PostgreSQL, JWT, Kubernetes
DEMO_DIR ?= demo

.PHONY: help setup demo test check lint types lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/.stamp ## Make .venv with .venv/bin/architect in it

$(VENV)/.stamp: requirements/setup.txt requirements/development.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "architect needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + "; set PYTHON=python3.11")'
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/development.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src # where PYTHONDONTWRITEBYTECODE is set, every start would compile anew
	@touch $@

demo: setup ## From a sentence to a verified service in ./demo (DEMO_DIR=...)
	@$(BIN)/architect new "$(DEMO_TEXT)" $(DEMO_DIR) --yes

# What runs whole projects keeps both cores busy by itself; the rest is run by two workers. Interrupted, pytest
# ends with 2, and then the second half is not wanted.
test: setup ## Run every test (ARGS="tests/design -k flips": these alone)
	@$(if $(strip $(ARGS)),exec $(BIN)/python -m pytest $(ARGS),\
	  status=0; \
	  $(BIN)/python -m pytest -m "not project" --numprocesses 2 || status=$$?; \
	  [ $$status -eq 2 ] && exit 2; \
	  $(BIN)/python -m pytest -m project || status=$$?; \
	  exit $$status)

lint: setup ## Lint and formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup ## Strict types
	@$(BIN)/mypy

check: lint types ## Lint, types, import directions
	@$(BIN)/lint-imports

lock: setup ## Refresh the hash-pinned requirement files (no index address in them)
	@for name in setup runtime development; do \
	  $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --upgrade \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done
	@sed -nE 's/^([A-Za-z0-9._-]+(\[[^]]*\])?==[^\\]*[^\\ ]).*/\1/p' exemplar/requirements/development.txt > $(ALTERNATIVES)/pins.tmp
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --upgrade \
	  --constraint $(ALTERNATIVES)/pins.tmp $(ALTERNATIVES)/alternatives.in --output-file $(ALTERNATIVES)/alternatives.txt
	@sed -i '/-c .*pins.tmp/d' $(ALTERNATIVES)/alternatives.txt && rm $(ALTERNATIVES)/pins.tmp

clean: ## Remove what was made here
	@rm -rf $(VENV) $(DEMO_DIR) .mypy_cache .ruff_cache .pytest_cache
