# Four verbs do everything: make run, make test, make check, make bench.
# Settings of `make run`: TIMTIN_PORT=8001 make run (see docs/configuration.md).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAY := @printf '\n== %s\n'

.PHONY: run test check bench lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make run     index seeds/ and serve the search page on http://127.0.0.1:8000/"
	@echo "make test    install what the tests need, then lint, types and all tests"
	@echo "make check   lint and types only"
	@echo "make bench   the benchmarks, with their peers"
	@echo "make lock    write requirements/*.lock anew from pyproject.toml"

run: $(VENV)/run.done
	$(SAY) "Indexing seeds/ (only what changed)"
	@$(BIN)/timtin index seeds; status=$$?; [ $$status -le 1 ]
	$(SAY) "Serving; stop with Ctrl-C"
	@exec $(BIN)/timtin serve

test: $(VENV)/dev.done
	$(SAY) "System packages for the browser tests"
	@scripts/install-system-packages
	@$(MAKE) --no-print-directory check
	$(SAY) "Tests"
	@$(BIN)/python -m pytest -n auto --dist loadfile
	$(SAY) "All passed"

check: $(VENV)/dev.done
	$(SAY) "Lint"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	$(SAY) "Types"
	@$(BIN)/mypy

bench: $(VENV)/dev.done
	$(SAY) "Installing peers to measure beside (locked versions); one that cannot be had is named as not run"
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.lock
	$(SAY) "Benchmarks"
	@$(BIN)/python -m benchmarks

lock: $(VENV)/dev.done
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 pyproject.toml --group build -o requirements/run.lock
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 pyproject.toml --group build --group dev -o requirements/dev.lock
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 pyproject.toml --group build --group dev --group bench -c requirements/dev.lock -o requirements/bench.lock

$(BIN)/python:
	$(SAY) "Creating $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "timtin needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: $(BIN)/python requirements/run.lock pyproject.toml
	$(SAY) "Installing what timtin needs (locked versions)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements/dev.lock
	$(SAY) "Installing what the tests need (locked versions)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

clean:
	rm -rf $(VENV) var dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
