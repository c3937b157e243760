# make        set up .venv, build and verify the sigmoid page into output/
# make test   set up .venv and run everything that CI runs
PYTHON ?= python3
BIN := .venv/bin

.PHONY: page test setup bench fuzz clean

page: setup
	$(BIN)/derive build sigmoid --out output

setup: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	$(BIN)/python -m compileall -q derive
	@touch $@

test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

bench: setup
	$(BIN)/python -m tests.bench

fuzz: setup
	$(BIN)/python -m tests.fuzz --claims 100000

clean:
	rm -rf .venv
