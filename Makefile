# The site, the tests and the rest, each with one command. README.md gives the same without make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONWARNINGS = ignore::DeprecationWarning:pip

.PHONY: help book serve test bench clean lock
.DEFAULT_GOAL := help

help:
	@echo 'make book    the site, in _build/html (first time: sets up $(VENV) and runs the experiments)'
	@echo 'make serve   the site with live reload'
	@echo 'make test    lint, types, tests'
	@echo 'make bench   how fast training, the build and the scripts are, as ratios'
	@echo 'make clean   removes the built site; records stay (lecture clean removes those)'

# A machine without an NVIDIA GPU gets the CPU build of torch from PyTorch's own index if that can be reached: the build
# on PyPI works too, but brings gigabytes of CUDA.
$(VENV)/book.stamp: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "make: '$(PYTHON) -m venv' failed: install Python 3.11 to 3.13 with venv (Debian: apt install python3-venv), or name one: make PYTHON=python3.12 book" >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "make: $(VENV) has $$($(BIN)/python -V), the book needs 3.11 to 3.13: rm -r $(VENV), then make PYTHON=python3.12 book" >&2; exit 1; }
	@$(BIN)/python -c 'import torch' 2>/dev/null || command -v nvidia-smi >/dev/null || { echo 'Installing the CPU build of torch'; \
	  $(PIP) install -q --retries 0 --timeout 10 --index-url https://download.pytorch.org/whl/cpu -c constraints.txt torch 2>/dev/null || true; }
	$(PIP) install -q -c constraints.txt -e '.[book,imagenet]'
	@touch $@

$(VENV)/test.stamp: $(VENV)/book.stamp
	$(PIP) install -q -c constraints.txt -e '.[book,imagenet,test]'
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || \
	  $(BIN)/playwright install --with-deps chromium
	@touch $@

book: start := $(shell date +%s)
book: $(VENV)/book.stamp
	@echo "Set-up: $$(( $$(date +%s) - $(start) )) s"
	@begun=$$(date +%s) && $(BIN)/jupyter-book build book && echo "Experiments and pages: $$(( $$(date +%s) - begun )) s"
	@echo "The site is in _build/html/index.html, after $$(( $$(date +%s) - $(start) )) s"

serve: $(VENV)/book.stamp
	$(BIN)/sphinx-autobuild --open-browser --watch src --watch gallery --ignore '*/book/gallery/*' -d _build/.doctrees book _build/html

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
	@{ sed -n '/^#/p' constraints.txt; $(PIP) freeze --exclude-editable --exclude lecture | sed 's/+cpu$$//'; } > constraints.new
	@mv constraints.new constraints.txt
