# The recipes for people, hooks and CI. `make help` lists them.
VENV ?= .venv
PYTHON ?=
BROWSER ?= scripts/browser
DESCRIPTIONS := tests/trackers/descriptions
BIN := $(VENV)/bin
PARALLEL := --numprocesses auto --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
export NO_MKDOCS_2_WARNING := 1
# Tests start hundreds of Pythons; without what is kept beside the sources each would compile them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help site serve check lint test test-all bench docs screenshots format clean

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@scripts/venv "$(VENV)" "$(PYTHON)"

$(VENV)/.site: pyproject.toml | $(BIN)/python
	@echo "Installing Afterword into $(VENV) …"
	@$(PIP) install --upgrade pip
	@$(PIP) install --editable '.[site,secrets,sync]'
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.site
	@echo "Installing what the checks and tests need …"
	@$(PIP) install --group dev
	@touch $@

$(DESCRIPTIONS)/published/.fetched: $(DESCRIPTIONS)/packages.tsv scripts/trim_descriptions.py scripts/linear_schema.py | $(VENV)/.dev
	@$(BIN)/python scripts/published_descriptions.py

site: $(VENV)/.site ## check the archive and build it into site/
	@echo "Findings in the archive's records, which do not keep it from being built:"
	@$(BIN)/afterword check || [ $$? -eq 1 ]
	@$(BIN)/afterword build --strict
	@echo "The site is in $(CURDIR)/site. To look at it: make serve"

serve: $(VENV)/.site ## show the site on http://127.0.0.1:8000 and rebuild it on every change
	@$(BIN)/afterword serve

lint: $(VENV)/.dev ## style, types and layers of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: lint ## lint, and the tests that need no browser
	@$(BIN)/pytest $(PARALLEL) -q -m "not slow and not browser"

test: lint $(DESCRIPTIONS)/published/.fetched ## lint and the tests, in at most six minutes
	@$(BROWSER)
	@$(BIN)/pytest $(PARALLEL) -q -m "not slow"

test-all: lint $(DESCRIPTIONS)/published/.fetched ## everything, in at most thirty minutes
	@$(BROWSER)
	@$(BIN)/pytest $(PARALLEL) -q

bench: $(VENV)/.dev ## the measurements of docs/measurements.md
	@$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## write the generated reference pages, and build docs/ into site-docs/
	@$(BIN)/python scripts/reference.py
	@$(BIN)/mkdocs build --quiet --config-file mkdocs-docs.yml
	@echo "The documentation is in $(CURDIR)/site-docs."

screenshots: $(VENV)/.dev ## take the pictures of the README again
	@$(BROWSER)
	@$(BIN)/python scripts/screenshots.py

format: $(VENV)/.dev ## put the code in its style
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

clean: ## remove what was built
	@rm -rf site site-docs .afterword .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
