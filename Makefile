# `make report` and `make test` each set up all they need. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The published data sets that some tests measure against; those tests skip where the folder is not there.
RASHOMON_DATA ?= $(abspath $(wildcard ../shared/data))
ifneq ($(strip $(RASHOMON_DATA)),)
export RASHOMON_DATA
else
unexport RASHOMON_DATA
endif

.PHONY: help report test setup lock docs picture train clean

help: ## What there is to make
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

report: $(VENV)/.installed ## Set up, and report on the made-up story in examples/
	@$(BIN)/rashomon report examples/

test: $(VENV)/.installed $(VENV)/.browser $(VENV)/.formats ## Set up, and run every check and test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

setup: $(VENV)/.installed ## Set up the virtual environment alone

lock: $(VENV)/.installed ## Pin every package that pyproject.toml asks for, with hashes
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --group train --group bench --universal --generate-hashes \
	  --python-version 3.11 --no-emit-index-url --no-annotate --no-header --quiet -c requirements.lock \
	  -o requirements-train.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --group formats --universal --generate-hashes \
	  --python-version 3.11 --no-emit-index-url --no-annotate --no-header --quiet -c requirements.lock \
	  -o requirements-formats.lock

docs: $(VENV)/.installed ## Write what is generated: docs/report.schema.json
	$(BIN)/rashomon schema -o docs/report.schema.json

picture: $(VENV)/.installed $(VENV)/.browser ## Photograph the HTML report on examples/ for the README
	$(BIN)/python docs/pictures/report.py

train: $(VENV)/.training ## Fit all models anew from RASHOMON_DATA, the reader first: hours on one core
	@test -n "$(RASHOMON_DATA)" || { echo "Name the folder of data: make train RASHOMON_DATA=/path/to/data" >&2; exit 2; }
	$(BIN)/python train/reader_silver.py $(RASHOMON_DATA) $(VENV)/silver.npz
	OPENBLAS_NUM_THREADS=1 $(BIN)/python train/reader_learn.py $(VENV)/silver.npz src/rashomon/reader/english.npz
	OPENBLAS_NUM_THREADS=1 $(BIN)/python train/speech_learn.py $(RASHOMON_DATA)
	$(BIN)/python train/blocks.py $(RASHOMON_DATA)
	$(BIN)/python train/dumps.py $(RASHOMON_DATA)
	for fit in pairs toll stance sameness; do $(BIN)/python train/$$fit.py $(RASHOMON_DATA) || exit 1; done

$(VENV)/.training: requirements-train.lock $(VENV)/.installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	@touch $@

# One format's own library needs ICU's headers and a compiler, which are no Python packages.
$(VENV)/.formats: requirements-formats.lock $(VENV)/.installed
	@if ! pkg-config --exists icu-i18n 2>/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    libicu-dev pkg-config g++ python3-dev >/dev/null; \
	fi
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-formats.lock || \
	  echo "followthemoney could not be installed, so the test that reads its export back will be skipped:" \
	    "it needs ICU's headers (on Debian: sudo apt-get install libicu-dev pkg-config g++)" >&2
	@touch $@

clean: ## Take away the virtual environment and what tools left behind
	rm -rf $(VENV) build dist out src/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian splits venv from Python: there the first try fails, and only root can mend it.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here: install Python 3.11 or later, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "rashomon needs Python 3.11 or later, and $(PYTHON) is older; name another: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	    $(PYTHON) -m venv --clear $(VENV); \
	  else \
	    rm -rf $(VENV); \
	    echo "$(PYTHON) cannot make a virtual environment: install its venv module" \
	      "(on Debian and Ubuntu: sudo apt-get install python3-venv), then run make again" >&2; \
	    exit 2; \
	  fi; }
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.made
	@echo "Setting up: a minute or two, once." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The tests of the HTML report and its picture need a browser, which is no Python package: Debian's Chromium, and a
# font to write with. Where nobody may install it the stamp is not set, and those tests skip.
CHROMIUM ?= $(shell command -v chromium)
ifneq ($(strip $(CHROMIUM)),)
export CHROMIUM
else
unexport CHROMIUM
endif

$(VENV)/.browser: | $(VENV)/.made
	@if [ -n "$(CHROMIUM)" ]; then \
	  touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	  touch $@; \
	else \
	  echo "There is no chromium here, so the tests of the HTML report will be skipped: install it" \
	    "(on Debian: sudo apt-get install chromium), or name it: make test CHROMIUM=/path/to/chromium" >&2; \
	fi
