# The site, the tests and the rest, each with one command. README.md gives the same without make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
HOST   ?= 127.0.0.1
PORT   ?= 8000
export PYTHONWARNINGS = ignore::DeprecationWarning:pip

.PHONY: help book preview serve slides pdf epub test bench clean lock anew
.DEFAULT_GOAL := help

help:
	@echo 'make book    the site, in _build/html (first time: sets up $(VENV) and runs the experiments);'
	@echo '             RECORDS=FILE takes them from an archive instead of computing them'
	@echo 'make preview the same with tiny experiments: how it all looks, in two minutes, with numbers that mean nothing'
	@echo 'make serve   the site with live reload, drafts too; HOST= and PORT= say where'
	@echo 'make slides  the slides of the built site, in a browser where there is a screen; builds the site if there is none'
	@echo 'make pdf     the whole book as one PDF, _build/pdf/lecture.pdf; needs Chromium'
	@echo 'make epub    the same as an e-book, _build/epub/lecture.epub'
	@echo 'make test    lint, types, tests'
	@echo 'make bench   how fast training, the build and the scripts are, as ratios'
	@echo 'make clean   removes the built site; records stay (lecture clean removes those)'

# $(VENV)/book.stamp names the folder that $(VENV) was set up for. If that is another one, $(VENV) was copied or moved with
# its folder and would build with the package there; if no Python starts, it was half made, or its Python is gone.
ifneq ($(shell { $(BIN)/python -c '' && [ "$$(cat $(VENV)/book.stamp)" = "$$(pwd -P)" ] && echo here; } 2>/dev/null),here)
$(VENV)/book.stamp: anew
endif

# A machine without an NVIDIA GPU gets the CPU build of torch from PyTorch's own index if that can be reached: the build
# on PyPI works too, but brings gigabytes of CUDA.
$(VENV)/book.stamp: pyproject.toml constraints.txt
	@if [ -s $@ ] && [ "$$(cat $@)" != "$$(pwd -P)" ]; then why="was set up for $$(cat $@)"; \
	elif [ -e $(VENV) ] && ! $(BIN)/python -c '' 2>/dev/null; then why="has no Python that starts"; fi; \
	if [ -n "$$why" ]; then case $(VENV) in */*) ours=;; *) [ -L $(VENV) ] || [ ! -f $(VENV)/pyvenv.cfg ] || ours=yes;; esac; \
	  [ "$$ours" ] || { echo "make: $(VENV) $$why: move it away, or name another folder: make VENV=.venv-book book" >&2; exit 1; }; \
	  echo "make: $(VENV) $$why: making it anew" >&2; fi; \
	{ [ -z "$$why" ] && [ -x $(BIN)/python ]; } || $(PYTHON) -m venv $${why:+--clear} $(VENV) || [ -x $(BIN)/python ] || { \
	  echo "make: '$(PYTHON) -m venv' failed: install Python 3.11 to 3.13 with venv (Debian: apt install python3-venv), or name one: make PYTHON=python3.12 book" >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "make: $(VENV) has $$($(BIN)/python -V), the book needs 3.11 to 3.13: rm -r $(VENV), then make PYTHON=python3.12 book" >&2; exit 1; }
	@$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null 2>&1 || uv pip install -q --python $(BIN)/python pip || { \
	  echo "make: $(VENV) has no pip: install venv (Debian: apt install python3-venv) or uv, then the same again" >&2; exit 1; }
	@$(BIN)/python -c 'import torch' 2>/dev/null || command -v nvidia-smi >/dev/null || { echo 'Installing the CPU build of torch'; \
	  $(PIP) install -q --retries 0 --timeout 10 --index-url https://download.pytorch.org/whl/cpu -c constraints.txt torch 2>/dev/null || true; }
	$(PIP) install -q -c constraints.txt -e '.[book,imagenet]'
	@pwd -P > $@

$(VENV)/test.stamp: $(VENV)/book.stamp
	$(PIP) install -q -c constraints.txt -e '.[book,imagenet,test]'
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || \
	  $(BIN)/playwright install --with-deps chromium
	@touch $@

book: start := $(shell date +%s)
book: $(VENV)/book.stamp
	@echo "Set-up: $$(( $$(date +%s) - $(start) )) s"
	$(if $(RECORDS),$(BIN)/lecture import $(RECORDS))
	@begun=$$(date +%s) && $(BIN)/jupyter-book build book && echo "Experiments and pages: $$(( $$(date +%s) - begun )) s"
	@echo "The site is in _build/html/index.html, after $$(( $$(date +%s) - $(start) )) s"

# Into the same folder: the next make book replaces it, and the banner goes with it.
preview: export LECTURE_PRESET = smoke
preview: book

# A browser opens where there is a screen, and whoever sits before it: not over ssh.
screen = $(if $(SSH_CONNECTION),,$(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))),yes))
serve: $(VENV)/book.stamp
	$(BIN)/sphinx-autobuild --host $(HOST) --port $(PORT) $(if $(screen),--open-browser) $(WATCHED) -D lecture_draft=1 -d _build/.doctrees book _build/html

# From the disk, as it was last built: a lecture hall may have no network, and no time.
slides: deck = file://$(CURDIR)/_build/html/slides.html
slides:
	@[ -f _build/html/slides.html ] || $(MAKE) --no-print-directory book
	@$(if $(screen),$(PYTHON) -m webbrowser '$(deck)' >/dev/null ||) echo 'The slides are in $(deck)'

# What a build writes, and what editors put beside a file, must not start another build.
WATCHED = --watch src --watch gallery --watch _config.yml --watch CITATION.cff \
  --ignore book/gallery --re-ignore '/__pycache__/|\.egg-info/|/\.\#|~$$|\.sw.$$|/4913$$'

pdf: $(VENV)/book.stamp
	$(BIN)/jupyter-book build book --builder singlehtml
	@$(BIN)/python -m lecture.publishing.paper _build/singlehtml/index.html _build/pdf/lecture.pdf

epub: $(VENV)/book.stamp
	$(BIN)/jupyter-book build book --builder custom --custom-builder epub

test: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks.engine
	$(BIN)/python -m tests.benchmarks.book

clean:
	rm -rf _build book/gallery

# Resolve anew and write down what came out; run it in a fresh $(VENV) after changing pyproject.toml.
lock: $(VENV)/test.stamp
	$(PIP) install -q -e '.[bench]'
	@{ sed -n '/^#/p' constraints.txt; $(PIP) freeze --exclude-editable --exclude lecture | sed 's/+cpu$$//'; } > constraints.new
	@mv constraints.new constraints.txt
