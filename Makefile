# `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.
# Everything lives in .venv, which is made once and brought up to date when requirements.lock or
# pyproject.toml changes. Nothing is installed outside it except, on Linux and as root, the system
# libraries that Qt asks for.

# The newest interpreter that will do; one that has its venv module is preferred.
PYTHON ?= $(shell chosen=; for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	"$$p" -c 'import ensurepip, venv' >/dev/null 2>&1 && { chosen=$$p; break; }; \
	chosen=$${chosen:-$$p}; done; echo "$$chosen")
UV ?= uv
ARGS ?=

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := .venv/.installed

# Tests of one file run one after another, files beside each other: many of them wait for a window.
TOGETHER := -n auto --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test install check lock translations guides screenshots installer test-installer clean libraries bench bench-anchoring fuzz keyboard-journey

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r name what; do printf '%-24s %s\n' "$$name" "$$what"; done

run: libraries $(READY) ## start the program: make run ARGS="content/welcome --theme sepia"
	@$(BIN)/annotated-reader $(ARGS)

# First what must not need Qt, with Qt made unimportable; then everything, so that the last line
# speaks for the whole suite. The second runs even if the first fails: it may say why.
test: libraries $(READY) ## run every test, the core's also without Qt: make test ARGS="-k find"
	@core=0; all=0; \
	$(if $(ARGS),,READER_BLOCK_QT=1 $(BIN)/python -m pytest $(TOGETHER) -p no:pytest-qt || core=$$?;) \
	$(BIN)/python -m pytest $(or $(ARGS),$(TOGETHER)) || all=$$?; \
	[ $$core -eq 0 ] || echo 'Tests of the core failed where Qt cannot be imported: see the first run.' >&2; \
	[ $$core -eq 0 ] && [ $$all -eq 0 ]

check: libraries $(READY) ## style, types, import directions, translations, guides
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python build/translations.py --check
	$(BIN)/python build/guides.py --check

install: $(READY) ## make the environment alone, in .venv

translations: libraries $(READY) ## bring resources/translations up to date with the code
	$(BIN)/python build/translations.py

guides: libraries $(READY) ## bring what is generated in docs up to date with the code
	$(BIN)/python build/guides.py

screenshots: libraries $(READY) ## draw the pictures in docs/screenshots
	@$(BIN)/python build/screenshots.py docs/screenshots

installer: libraries $(READY) ## build what this system can: installers and packages, in dist/
	@if [ "$$(uname -s)" = Linux ]; then build/linux/packaging-tools; fi
	@$(BIN)/python -m build.installer $(ARGS)

test-installer: $(READY) ## as root: install the packages in a bare Debian, run, upgrade, remove
	@build/linux/packaging-tools --test
	@$(BIN)/python -m build.linux.bare_system
	@build/windows/test-installer

lock: ## renew requirements.lock: the newest versions that pyproject.toml allows
	@command -v $(UV) >/dev/null || { \
		echo 'make lock needs uv (python3 -m pip install uv), or its place: make lock UV=...' >&2; exit 1; }
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' --quiet --output-file requirements.lock

keyboard-journey: libraries $(READY) ## draw the way from start to exported notes by keys alone: make keyboard-journey ARGS=folder
	@READER_JOURNEY="$(abspath $(or $(ARGS),dist/keyboard-journey))" $(BIN)/python -m pytest -q tests/e2e/test_keyboard_journey.py

bench: libraries $(READY) ## measure, beside other readers too: make bench ARGS="--quick"
	@$(BIN)/python -m benchmarks.bench $(ARGS)

# atheris stands in a group of its own, for it has no build for every system and interpreter.
fuzz: $(READY) ## feed strange copies to the program for a minute: make fuzz SECONDS=600
	@$(BIN)/python -c 'import atheris' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3,<4' 2>/dev/null || \
		echo 'atheris could not be installed here: it needs Linux or macOS, Python 3.11 to 3.13, and a package index.' >&2
	@$(BIN)/python -m tests.fuzz.fuzz_copies $(or $(SECONDS),60) $(ARGS)

bench-anchoring: $(READY) ## measure how well quotes are found again: make bench-anchoring ARGS="--cases FOLDER"
	@$(BIN)/python -m benchmarks.bench_anchoring $(ARGS)

clean: ## remove what these commands made, .venv too
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist window.png
	find build reader tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Qt's system libraries are a matter for Linux alone; the script says nothing when all are there.
libraries:
	@if [ "$$(uname -s)" = Linux ]; then build/linux/system-libraries; fi

$(READY): requirements.lock pyproject.toml
	@python='$(PYTHON)'; \
	"$${python:-false}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { \
		found=$$("$${python:-python3}" -V 2>&1) || found='no Python at all'; \
		echo "Annotated Reader needs Python 3.11 or newer; found $$found. Name another: make PYTHON=/path/to/python3" >&2; \
		exit 1; }; \
	"$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { \
		echo "$$python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }; \
	$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { \
		echo 'Making .venv with what requirements.lock names; this happens once and takes a minute or two.'; \
		"$$python" -m venv --clear .venv; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@SBK_EMBED=0 $(BIN)/python -c 'import PySide6.QtCore' # its own modules as files, or each start compiles them
	@touch $@
