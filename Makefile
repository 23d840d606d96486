# One page of commands; `.ci/run` calls the same ones. `make setup` needs Python 3.11 or newer, nothing else.
PYTHON ?= python3
PORT ?= 8501
SOURCES ?= ../shared/sources
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: setup run test bench data check lock messages clean help
.DELETE_ON_ERROR:

help:
	@echo "make run      set up, then serve on http://localhost:$(PORT)   (PORT=8600 for another port)"
	@echo "make test     set up, then run all tests, the browser suite included"
	@echo "make check    style, types, layers, translations, data"
	@echo "make bench    measure the budgets beside a plain app"
	@echo "make data SOURCES=DIR   rebuild the tables under data/ and static/map/"

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; %s is %s. Try: make PYTHON=python3.12" % (sys.executable, sys.version.split()[0]) if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

# what the app needs
.venv/run: .venv/python requirements.txt
	$(PIP) -r requirements.txt
	@touch $@

# what tests, checks and the data build need on top
.venv/dev: .venv/run requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	@touch $@

# the command `opvoedkaart` itself
.venv/app: .venv/run pyproject.toml
	@$(BIN)/python -c "import pathlib, sysconfig; p = pathlib.Path(sysconfig.get_path('purelib')); \
	(p / 'opvoedkaart.pth').write_text(str(pathlib.Path.cwd()) + '\n')"
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m geo "$$@"\n' > $(BIN)/opvoedkaart
	@chmod +x $(BIN)/opvoedkaart
	@touch $@

LIBRARIES := static/vendor/map-libraries.js
$(LIBRARIES): .venv/run package-lock.json requirements-node.txt static/install.py
	$(BIN)/python static/install.py
	@touch $@

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
%.mo: %.po .venv/run locale/messages.py
	@$(BIN)/python locale/messages.py compile

RUN_READY := .venv/app $(LIBRARIES) $(CATALOGUES)

setup: $(RUN_READY) .venv/dev
	@$(BIN)/python tests/browser/chromium.py

run: $(RUN_READY)
	@echo "Opvoedkaart: http://localhost:$(PORT)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: setup
	$(BIN)/python -m pytest -p no:cacheprovider -n 2 --dist worksteal $(ARGS)

bench: setup
	$(BIN)/python -m benchmarks.run $(ARGS)

data: .venv/dev
	$(BIN)/python data/build.py --sources "$(SOURCES)"

check: $(RUN_READY) .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python locale/messages.py check
	$(BIN)/opvoedkaart validate
	@if [ -d "$(SOURCES)" ]; then $(BIN)/python data/build.py --sources "$(SOURCES)" --check; \
	else echo "data: $(SOURCES) is not here, so only the hashes of the tables were checked"; fi

messages: .venv/dev
	$(BIN)/python locale/messages.py extract

lock: .venv/dev
	for name in requirements requirements-dev requirements-node; do \
	$(BIN)/uv pip compile $$name.in --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links -o $$name.txt || exit 1; done
	npm install --package-lock-only

clean:
	rm -rf .venv node_modules static/vendor static/cache test-results
