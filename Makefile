# One page of commands; `.ci/run` calls the same ones. The set-up (setup/) needs Python 3.11 or newer, nothing else:
# the one named (make PYTHON=python3.12), or else the one that made .venv, or else python3.
PYTHON ?= $(shell .venv/bin/python -c "" 2> /dev/null && echo .venv/bin/python || echo python3)
PORT ?= 8501
SOURCES ?= ../shared/sources
BIN := .venv/bin

.PHONY: ready tools setup run test bench data check lock messages clean help
.DELETE_ON_ERROR:

help:
	@echo "make run      set up, then serve on http://localhost:$(PORT)   (PORT=8600 for another port)"
	@echo "make test     set up, then run all tests, the browser suite included"
	@echo "make check    style, types, layers, translations, data"
	@echo "make bench    measure the budgets beside a plain app"
	@echo "make data SOURCES=DIR   rebuild the tables under data/ and static/map/"

define SET_UP
@command -v $(PYTHON) > /dev/null || { echo "Set-up stopped: $(PYTHON) is not here; Python 3.11 or newer is needed."; exit 1; }
@$(PYTHON) -m setup
endef

# what the app needs
ready:
	$(SET_UP) run

# and what tests, checks and the data build need on top
tools:
	$(SET_UP) dev

setup: tools
	@$(BIN)/python tests/browser/chromium.py

run: ready
	@echo "Opvoedkaart: http://localhost:$(PORT)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: setup
	$(BIN)/python -m pytest -p no:cacheprovider -n 2 --dist worksteal $(ARGS)

bench: setup
	$(BIN)/python -m benchmarks.run $(ARGS)

data: tools
	$(BIN)/python data/build.py --sources "$(SOURCES)"

check: tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy -p setup
	$(BIN)/lint-imports
	$(BIN)/python locale/messages.py check
	$(BIN)/opvoedkaart validate
	@if [ -d "$(SOURCES)" ]; then $(BIN)/python data/build.py --sources "$(SOURCES)" --check; \
	else echo "data: $(SOURCES) is not here, so only the hashes of the tables were checked"; fi

messages: tools
	$(BIN)/python locale/messages.py extract

lock: ready
	@$(PYTHON) -m setup lock

clean:
	rm -rf .venv node_modules static/vendor static/cache test-results
