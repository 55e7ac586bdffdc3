# Two commands are enough: `make run` to practise, `make test` to check a change.
# Everything is installed inside this folder, in .venv; nothing else on the machine is touched,
# save that `make test` may ask the system's package manager for a Chromium and a Korean font.

PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test soak lint format words bench clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## open the practice site in the browser (PORT=8000)
	@$(BIN)/labelkit demo --port $(PORT)

test: lint $(VENV)/.browser ## run every test (ARGS="tests/web -k submit" for some)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

soak: $(VENV)/.browser ## run every test, the heavy random ones in full
	LABELKIT_SOAK=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

lint: $(VENV)/.test ## check format, style and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(VENV)/.test ## put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

words: $(VENV)/.test ## gather new sentences into the Korean catalogue, to be translated
	@mkdir -p build
	$(BIN)/pybabel -q extract -F labelkit/translations/babel.cfg -k say -k say_many:1,2 \
	  --sort-output --no-location -o build/messages.pot .
	$(BIN)/pybabel -q update -i build/messages.pot -d labelkit/translations -l ko \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 110

bench: $(VENV)/.bench $(VENV)/.browser ## measure scoring beside other programs, dragging of boxes, pages after a million submissions, and what the choice of items saves
	$(BIN)/python tests/bench/bench_scoring.py
	$(BIN)/python -m tests.bench.bench_drag
	$(BIN)/python -m tests.bench.bench_pages
	$(BIN)/python -m tests.bench.bench_choosing

clean: ## remove all that can be made again (your work in instance/ stays)
	rm -rf $(VENV) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist test-results

# The environment. A stamp tells that an installation of this pyproject.toml came to its end.

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "labelkit needs Python 3.11 or newer, and found none here." >&2; \
	  echo "Get it from https://www.python.org/downloads/, or name yours: make PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	"$$python" -m venv --clear $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	}

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Installing labelkit into $(VENV) (about a minute, once) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) (a few minutes, once) ..."
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: pyproject.toml | $(VENV)/.test
	@$(PIP) --editable '.[bench]'
	@touch $@

$(VENV)/.browser: tests/browser/equipment.py labelkit/config.py $(VENV)/.test
	@$(BIN)/python -m tests.browser.equipment
	@touch $@
