# Two commands on a fresh machine with Python 3.11 to 3.13 and make: `make serve` and `make test`.
# Another Python: `make PYTHON=python3.12 serve`. Options of the page: `make serve ARGS="--port 8502 --headless"`.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve test check fit clean

serve: $(VENV)/.installed
	$(BIN)/caveat serve $(ARGS)

test: check
	$(BIN)/python -m pytest $(ARGS)

# What needs no test to run: rules, layout, types.
check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Fits assistant/entities.npz and names.* again, on public lists, and assistant/ranking.json on SQuAD 2.0: `make fit SQUAD=folder`,
# a folder that holds squad2_corpus.jsonl and squad2_queries.jsonl; and assistant/carry.json on TREC CAsT: `CAST=file`.
fit: $(VENV)/.installed-dev
	$(INSTALL) -e '.[fit]'
	$(BIN)/python -m evals.fitting.entities
	$(BIN)/python -m evals.fitting.names
	$(BIN)/python -m evals.fitting.name_shapes
	$(if $(SQUAD),$(BIN)/python -m evals.fitting.ranking $(SQUAD))
	$(if $(CAST),$(BIN)/python -m evals.fitting.carry $(CAST))

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache

# The stamps make the second call quick; a changed pyproject.toml installs again.
$(VENV)/.installed: pyproject.toml | $(BIN)/pip
	@echo "Installing Caveat into $(VENV); the first time this takes some minutes"
	$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/pip
	@echo "Installing Caveat and its tools into $(VENV); the first time this takes some minutes"
	$(INSTALL) -e '.[dev]'
	@touch $(VENV)/.installed $@

# An interrupted set-up leaves no pip behind and is begun anew.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Caveat needs Python 3.11 to 3.13; name one with 'make PYTHON=python3.12'" >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
