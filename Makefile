# One command for each thing one wants; each sets up what it needs first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: setup demo pictures test quick check prove bench build lock clean

setup: $(STAMP)  ## the environment, exactly as pinned in requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing; on Debian or Ubuntu install the package python3-venv"; exit 1; }
	@test -x $(BIN)/python || { echo "creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing the packages of requirements.lock into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup  ## grade the sample class in examples/submitted
	@$(BIN)/python examples/demo.py

pictures: demo  ## the pictures of the README, taken with Chromium
	@$(BIN)/python examples/pictures.py

test: setup  ## every test
	$(BIN)/python -m pytest

quick: setup  ## all tests but the slow ones
	$(BIN)/python -m pytest -m "not slow"

check: setup  ## format, lint, types, and whether source/ and release/ are current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/autograder build --check

prove: setup  ## that the suites catch what is wrong and accept what is right
	@$(BIN)/autograder prove

bench: setup  ## what a class costs, beside stock nbgrader and beside the floor, in about ten minutes
	$(BIN)/python benchmarks/startup.py --rounds 3
	$(BIN)/python benchmarks/class_against_nbgrader.py --size 40 --stock 4
	$(BIN)/python benchmarks/floor.py --size 40 --rounds 2
	$(BIN)/python benchmarks/where_time_goes.py --size 40
	$(BIN)/python benchmarks/scaling.py --sizes 10 100 300

build: setup  ## source/ and release/ from assignments/ and solutions/, and the student's wheel in dist/
	$(BIN)/autograder build
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist packaging/

lock: setup  ## requirements.lock from pyproject.toml, for every platform and Python from 3.11
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  --group dev pyproject.toml -o requirements.lock

clean:  ## everything that can be made again
	rm -rf $(VENV) dist build .demo .mypy_cache .ruff_cache .hypothesis
