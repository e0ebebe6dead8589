# Everything runs in .venv with locked packages; `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test slow properties lint check fix e2e bench mutants certificates-check translations docs screenshots packages lock

PORT ?= 8000
BIN := .venv/bin
LINTERS := "ruff check" "ruff format --check" mypy lint-imports \
	"djlint --lint --quiet elearning/web/templates" "elearning check"

# The newest Python is not always the one with wheels for everything, so the tested one goes first.
SYSTEM_PYTHON := $(shell for each in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$each -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v $$each; break; }; done)

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r name text; do printf '  make %-19s %s\n' "$$name" "$$text"; done

# A demo unless told otherwise: example people and accounts, its secret written to the instance.
run: export ELEARNING_MODE ?= demo
run: .venv/installed ## Set up what is needed and serve a demo on http://127.0.0.1:8000 (PORT=)
	@$(BIN)/elearning prepare
	@exec $(BIN)/elearning run --port $(PORT) --with-worker

test: .venv/installed-dev packages ## Run the suite, on SQLite and PostgreSQL and in Chromium
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow"

slow: .venv/installed-dev packages ## Run whole what `make test` samples: other database, other language
	$(BIN)/pytest -n 2 --dist worksteal -m slow

properties: .venv/installed-dev packages ## Try every property on new examples, most on fifty times as many
	$(BIN)/pytest -n 2 --dist worksteal -m "hypothesis and not slow" --hypothesis-profile=searching

lint: .venv/installed-dev ## Check style, types, layers, templates and content
	@status=0; for each in $(LINTERS); do \
		echo "$$each"; $(BIN)/$$each || status=1; \
	done; exit $$status

check: lint test ## Run everything that CI runs

fix: .venv/installed-dev ## Repair style where that can be done by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

e2e: .venv/installed-dev packages ## Run only the journeys in Chromium
	$(BIN)/pytest -m e2e

bench: .venv/installed-dev packages ## Measure speed on SQLite and PostgreSQL
	$(BIN)/python -m tests.bench

certificates-check: .venv/installed-dev packages ## Validate 60 certificates, and guess a million codes
	CERTIFICATE_PDFS=60 CERTIFICATE_GUESSES=1000000 $(BIN)/pytest -n 2 \
		tests/integration/test_many_certificates.py tests/integration/services/test_guessing.py

mutants: .venv/installed-dev ## Seed defects in every scenario, count what is caught, write docs/mutants.md
	$(BIN)/python -m tests.mutation

translations: .venv/installed-dev ## Bring the catalogues in step with the strings in the code
	$(BIN)/python -m tests.architecture.catalogues

docs: .venv/installed-dev ## Write what is made from code and content: docs, and kept plays
	$(BIN)/python -m tests.architecture.privacy_table
	$(BIN)/python -m tests.content.transcripts
	$(BIN)/python -m tests.content.review

screenshots: .venv/installed-dev packages ## Make the pictures in docs/screenshots
	$(BIN)/python -m tests.e2e.screenshots
	$(BIN)/python -m tests.e2e.hr_walk

packages:
	@tests/system-packages chromium postgresql redis
	@tests/verifier/install

lock: .venv/installed-dev ## Write the lock files anew, with the newest packages
	$(BIN)/pip-compile --upgrade $(LOCK) --extra build --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --upgrade $(LOCK) --extra build --extra fonts --extra redis --extra dev \
		--constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

LOCK := --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--no-strip-extras --allow-unsafe

# The files below say which lock was installed last; a second run with the same lock does nothing.
# The project itself is linked, not copied: its build tool is in the lock, so no index is asked.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
		--no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements-dev.lock
	@touch $@

.venv/bin/python:
	@test -n "$(SYSTEM_PYTHON)" || { \
		echo "Python 3.11 or newer with venv is needed (on Debian: apt-get install python3-venv)"; \
		exit 1; }
	$(SYSTEM_PYTHON) -m venv .venv
