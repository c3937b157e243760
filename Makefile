# make        set up .venv, build and verify the sigmoid page into output/
# make test   set up .venv and run everything that CI runs
# make bench  speed and coverage as ratios: the commands, the verifier beside SymPy, 10,000 claims in one call
# make accept write what the documents, golden files and output/ should say; read the diff
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: page test bench fuzz accept clean

page: .venv/derive
	$(BIN)/derive build sigmoid --out output

.venv/derive: pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) -e .
	$(BIN)/python -m compileall -q derive
	@touch $@

.venv/tools: .venv/derive
	$(INSTALL) -e '.[test]'
	@touch $@

test: .venv/tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

bench: .venv/tools
	$(BIN)/python -m tests.bench

fuzz: .venv/tools
	$(BIN)/python -m tests.fuzz --claims 100000

accept: .venv/tools
	$(BIN)/pytest tests/docs tests/render --accept

clean:
	rm -rf .venv
