# Two commands are all a newcomer needs: `make run` and `make test`.
# Everything goes into .venv and into folders that git ignores; nothing else is touched.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := .stamps
PORT   ?= 8137
DEMO_OPTIONS ?=

.PHONY: run test lint types check-js wheel bench screenshots clean setup setup-test
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/clusterradar demo --port $(PORT) $(DEMO_OPTIONS)

setup: $(STAMPS)/installed $(STAMPS)/assets $(STAMPS)/translations

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@.ci/make-venv "$(PYTHON)" $(VENV)
	@touch $@

$(STAMPS)/installed: $(STAMPS)/venv setup.cfg pyproject.toml
	@echo "Installing clusterradar and its libraries ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(STAMPS)/assets: $(STAMPS)/installed webapp/assets.py
	@$(BIN)/python -m webapp.assets
	@touch $@

$(STAMPS)/translations: $(STAMPS)/installed webapp/translate.py $(wildcard webapp/translations/parts/*.po)
	@$(BIN)/python -m webapp.translate
	@touch $@

setup-test: setup $(STAMPS)/test-installed
	@.ci/find-chromium

$(STAMPS)/test-installed: $(STAMPS)/installed setup.cfg
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@$(BIN)/python -m webapp.assets --types
	@touch $@

test: setup-test lint types check-js
	$(BIN)/pytest -n 2

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test
	$(BIN)/mypy

check-js: setup-test
	$(BIN)/python -m webapp.assets --check-types

wheel: setup
	@$(BIN)/pip install --quiet --disable-pip-version-check build
	@rm -rf build
	@$(BIN)/python -m build --wheel --outdir dist .

bench: setup-test
	$(BIN)/python -m benchmarks

screenshots: setup-test
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) $(STAMPS) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
