# `make demo` and `make test` are all that a fresh machine needs: Python 3.11, make, CA certificates.
# What is installed is remembered by the lock's checksum, so that a second run starts at once.

PORT ?= 8000
DATA_DIR ?= var
PYTHON ?= python3

VENV := .venv
PY := $(VENV)/bin/python
checksum = $(shell cat $(1) | cksum | cut -d' ' -f1)
INSTALLED := $(VENV)/.installed-$(call checksum,requirements.lock)
INSTALLED_DEV := $(VENV)/.installed-dev-$(call checksum,requirements.lock dev.lock)
BOARD = exec $(PY) manage.py board --port $(PORT) --data-dir $(DATA_DIR)

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore
export PIP_NO_INPUT = 1
export UV_SYSTEM_CERTS = true
export UV_NO_PROGRESS = true

.PHONY: demo serve test boards real-servers browsers units types bench faults timed killed waited cut wall-check wall-others wall-short wall-alone shots browser servers
.DEFAULT_GOAL := demo

demo: $(INSTALLED)  ## the whole board, replaying 11.11.2012
	@$(BOARD) --replay 2012

serve: $(INSTALLED)  ## the whole board, waiting for events
	@$(BOARD)

test: $(INSTALLED_DEV) browser servers  ## every test, on both cores; the last lines are pytest's
	@$(MAKE) --no-print-directory --jobs=4 --output-sync=target $(STREAMS)

# The longest begin first. Real processes wait as much as they work, so that four streams keep two
# cores busy; types take the place of the first that ends.
STREAMS = boards real-servers browsers units types

# Boards, broken and mended: real processes, and real time.
BOARDS = tests/path tests/runtime tests/faults
boards:
	@$(IN_EMPTY_FOLDER) $(PY) -m pytest $(BOARDS)

# PostgreSQL, Redis, RabbitMQ, and boards on them. One test is every test of the database again.
real-servers:
	@$(IN_EMPTY_FOLDER) $(PY) -m pytest -o faulthandler_timeout=1200 tests/servers

browsers:
	@$(IN_EMPTY_FOLDER) $(FIND_BROWSER) $(PY) -m pytest tests/browser

units:
	@! command -v node >/dev/null || node --test --test-reporter=dot tests/js/*.test.mjs
	@$(IN_EMPTY_FOLDER) $(PY) -m pytest $(patsubst %,--ignore=%,$(BOARDS) tests/servers tests/browser)

types:
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet
	@$(PY) -m mypy --no-error-summary

bench: $(INSTALLED_DEV) browser  ## every measurement; BENCH="--quick", "--only NAME", "--long"
	@$(IN_EMPTY_FOLDER) $(FIND_BROWSER) $(PY) -m bench $(BENCH)

faults: $(INSTALLED_DEV) browser servers  ## kills, outages and floods for minutes; prints what was found as a table
	@export FIGURES="$$(mktemp)" && failed=0; \
	  $(MAKE) --no-print-directory timed || failed=1; \
	  $(MAKE) --no-print-directory --jobs=3 --output-sync=target killed waited cut || failed=1; \
	  $(PY) -m tests.faults.figures "$$FIGURES"; rm -f "$$FIGURES"; exit $$failed

# The quick faults are part of `make test`; of them, R6 is here as well. What is timed to the
# millisecond runs alone; what dies often, waits for leases and drains, or to be cut, runs beside.
LONG = $(IN_EMPTY_FOLDER) $(FIND_BROWSER) $(PY) -m pytest -s $(MAY_BE_LONG) --durations=12
KILLED = $(patsubst %,tests/faults/long/test_%.py,soak locked)
WAITED = $(patsubst %,tests/faults/long/test_%.py,rolling seeing_off flood clock leader)
CUT = $(patsubst %,tests/faults/long/test_%.py,half_open dawdlers idle histories festivals stop_switch)

timed:
	@$(LONG) tests/faults/long tests/faults/test_database.py $(patsubst %,--ignore=%,$(KILLED) $(WAITED) $(CUT))

killed:
	@$(LONG) $(firstword $(KILLED)) tests/servers/long $(wordlist 2,9,$(KILLED))

waited:
	@$(LONG) $(WAITED)

cut:
	@$(LONG) $(CUT)

# By size, two at a time, each says how it went; a size that is not named here is among the others.
# What is told by seconds runs alone.
SIZES = 3840x2160 3840x1080 2560x1440 2560x1080 1920x1200 1920x1080 1366x768 1280x720
empty :=
NO_SIZE = not $(subst $(empty) $(empty), and not ,$(SIZES))
ALONE = $(patsubst %,tests/browser/long/test_%.py,days heap)
LOOK = $(IN_EMPTY_FOLDER) $(FIND_BROWSER) $(PY) -m pytest $(MAY_BE_LONG)

wall-check: $(INSTALLED_DEV) browser  ## the wall in every state, language and shape, ten minutes, 72 hours; PICTURES=folder
	@failed=0; \
	  $(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target \
	    $(addprefix wall-,$(SIZES) others short) || failed=1; \
	  $(MAKE) --no-print-directory wall-alone || failed=1; exit $$failed

wall-others:
	@echo "$@"; $(LOOK) tests/browser/long -k "$(NO_SIZE)" $(addprefix --ignore=,$(ALONE))

wall-short:
	@echo "$@"; $(LOOK) tests/browser --ignore=tests/browser/long

wall-alone:
	@echo "$@"; $(LOOK) -s $(ALONE)

wall-%:
	@echo "$@"; $(LOOK) tests/browser/long -k $*

DIR ?= $(DATA_DIR)/shots
shots: $(INSTALLED_DEV) browser  ## pictures of every state, language and shape, of a real board; DIR=folder
	@$(FIND_BROWSER) $(PY) -m tests.shots "$(DIR)"

# Folders named `long` too, and half an hour a test before it is taken for one that hangs.
MAY_BE_LONG = -o 'norecursedirs=.*' -o faulthandler_timeout=1800

# Tests never see the data, or the running board, of the folder they are started in.
IN_EMPTY_FOLDER = export DATA_DIR=$$(mktemp -d) && trap 'rm -rf "$$DATA_DIR"' EXIT &&
FIND_BROWSER = export CHROMIUM="$${CHROMIUM:-$$(command -v chromium-headless-shell || command -v chromium)}" &&

# Installs Debian's packages $(1), for $(2), where we may; else says in one line what to install.
APT_LOG = $(or $(TMPDIR),/tmp)/gmvboard-apt.log
define packages
{ \
	  if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	    echo "$(2): please install $(1), for instance with: apt-get install $(1)" >&2; exit 1; \
	  fi; \
	  echo "Installing $(1)"; export DEBIAN_FRONTEND=noninteractive; \
	  { apt-get -qq update && apt-get -qq install -y --no-install-recommends $(1); } >$(APT_LOG) 2>&1 \
	    || { cat $(APT_LOG) >&2; exit 1; }; \
	}
endef

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: no $(PYTHON) here" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: $(PYTHON) is $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call packages,python3-venv,a virtual environment)
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)

$(INSTALLED): LOCK = requirements.lock
$(INSTALLED_DEV): LOCK = dev.lock
# uv in place of pip: 5 s instead of 33 s. It takes the package index that pip is set to use here.
$(INSTALLED) $(INSTALLED_DEV): | $(PY)
	@echo "Installing the packages of $(LOCK)"
	@$(PY) -m pip install --quiet uv==0.13.8 \
	  && index="$$($(PY) -m pip config get global.index-url 2>/dev/null)"; \
	  index="$${PIP_INDEX_URL:-$$index}"; [ -z "$$index" ] || export UV_DEFAULT_INDEX="$$index"; \
	  $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes --only-binary :all: -r $(LOCK) \
	  || $(PY) -m pip install --quiet --require-hashes --only-binary :all: -r $(LOCK)
	@rm -f $(VENV)/.installed-* && touch $(INSTALLED) $@

browser:
	@[ -n "$$CHROMIUM" ] || command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null \
	  || $(call packages,chromium-headless-shell libatomic1,tests in a real browser)

# Started by the tests themselves, on free ports; what Debian's packages start is left alone.
servers:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && command -v redis-server >/dev/null \
	  && command -v redis-sentinel >/dev/null && [ -d /usr/lib/rabbitmq ] \
	  || $(call packages,postgresql redis-server redis-sentinel rabbitmq-server,tests with real servers)
