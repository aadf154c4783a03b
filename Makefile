# `make help` explains the targets. Needs Python 3.11 and make; everything else is fetched into .venv by locked hashes.

.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --quiet --quiet --disable-pip-version-check
CHECKED := app.py portal migrations tests
WORKERS ?= 2
ARGS ?=

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  Settings are environment variables (docs/settings.md), e.g.: PORT=8080 make run"

# ---- running

.PHONY: run
run: .venv/.base ## Set up what is missing (database, seed portfolio, first accounts) and serve the portal
	@exec $(BIN)/portal serve --prepare

# ---- proving

.PHONY: test
test: .venv/.dev node_modules/.made ## Run every test this machine can run; list last what was skipped and why (ARGS="…" to pytest)
	@exec $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: .venv/.dev ## Lint, formatting, import contracts, types
	@$(BIN)/ruff check --quiet $(CHECKED)
	@$(BIN)/ruff format --check --quiet $(CHECKED)
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/mypy

.PHONY: prove
prove: .venv/.dev node_modules/.made ## Run the tests at full size (long random histories, large portfolios)
	@exec env PORTAL_PROVE=1 $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: bench
bench: .venv/.dev ## Measure pages, exports and search on a large generated portfolio
	@exec $(PY) -m pytest -q -s -o python_files='bench_*.py' tests/bench $(ARGS)

.PHONY: audit
audit: .venv/.dev ## Ask the registry for known vulnerabilities in the locked packages
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/base.txt

# ---- pictures and files made from the code

.PHONY: screenshots
screenshots: .venv/.dev ## Take pictures of the pages (cs/en, 360/1440/1920) into var/screenshots and the chosen ones into docs/
	@exec $(PY) -m tests.browser.screenshots $(ARGS)

.PHONY: layouts
layouts: .venv/.dev ## Make pictures of the files on money anew as LibreOffice prints them (docs/layouts; all pages: var/layouts)
	@exec $(PY) -m tests.layouts.pictures

.PHONY: docs
docs: .venv/.dev ## Make the pages of help, docs/ and the glossary of README.md anew from their sources
	@$(PY) -m tests.help.rendering

.PHONY: lock
lock: .venv/.dev ## Make requirements/*.txt anew from requirements/*.in (ARGS=--upgrade for newer versions)
	@for name in base dev; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --no-header $(ARGS) \
	    -o requirements/$$name.txt requirements/$$name.in; \
	done
	@! grep -nE 'https?://|file://' requirements/*.txt

.PHONY: axe
axe: node_modules/.made ## Fetch the checkers of accessibility and HTML (axe-core, html-validate) by the npm lock

.PHONY: clean
clean: ## Remove what can be made again (.venv, node_modules, caches); keeps var/ with the data
	@rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	@find portal tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- set-up: each stamp is older than its lock only when something has to be installed

$(PY):
	@for name in $${PYTHON:-} python3.11 python3 python; do \
	  if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then \
	    exec "$$name" -m venv --clear .venv; \
	  fi; \
	done; \
	echo "Python 3.11 with its venv module is needed (PYTHON=/path/to/python3.11 make …)." >&2; exit 2

.venv/.base: $(PY) requirements/base.txt pyproject.toml
	@echo "Installing what the portal runs on …"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.made: package.json package-lock.json
	@if ! command -v npm >/dev/null; then echo "No npm here: the checks of accessibility and HTML will be skipped." >&2; \
	elif npm ci --silent; then touch $@; \
	else echo "npm could not fetch the checkers of accessibility and HTML: those tests will be skipped." >&2; fi
