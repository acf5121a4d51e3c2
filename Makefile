# `make demo` shows the desk at work, `make test` proves it. All they make is ignored by git.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: help setup demo apertium system test check lint pytest coverage messages reference docs requirements clean

help:  ## List these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 14

setup: $(VENV)/.installed  ## Make .venv: the tool, its extras and the test tools, at pinned versions

# The list leaves out torch, stanza and spacy, which argostranslate asks for and we never import.
$(VENV)/.required: .ci/requirements.txt
	@.ci/python-version $(PYTHON)
	@test -x $(BIN)/python || echo "Making $(VENV) (about 430 MB) …"
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --no-compile --no-deps --require-hashes --only-binary :all: --requirement .ci/requirements.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.required pyproject.toml l10n/__init__.py .ci/compile_messages.py \
		$(wildcard locales/*/LC_MESSAGES/l10n.po)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo:  ## Take the sample newsroom through the whole road, in demo/
	@$(MAKE) --no-print-directory --jobs=2 setup apertium
	@.ci/demo

apertium:
	@.ci/system-packages apertium-eng-spa || \
		echo "Without Apertium or an Argos model, what nobody has translated stays untranslated." >&2

system:  ## Install what only tests need: Apertium, gettext, Chromium, Hugo, …
	@.ci/system-packages apertium-eng-spa chromium fonts-firacode gettext hugo hunspell-en-us hunspell-es librsvg2-bin mkdocs \
		python3-pymdownx tmux

test:  ## Everything that must hold: what CI runs
	@$(MAKE) --no-print-directory --jobs=2 setup system
	@$(MAKE) --no-print-directory lint pytest check

lint: setup  ## Format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: setup  ## The tests
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -q

coverage: setup  ## The tests again, with the lines they reach; the programs they start count too
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(JOBS) --dist loadfile -q
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='l10n/*' --skip-covered --skip-empty

check: setup  ## Our own catalogs: the sample newsroom and the interface
	$(BIN)/l10n check

messages: setup  ## Bring the interface catalogs up to the code
	@.ci/system-packages gettext
	$(BIN)/python .ci/extract_messages.py
	$(BIN)/python .ci/compile_messages.py

reference: setup  ## Write the pages of docs/ that the code knows by itself: rules, keys, commands, settings
	@for tag in en es; do L10N_LANG=$$tag $(BIN)/python .ci/write_reference.py; done

docs: setup  ## Write the documentation as a site, in both languages, to docs-site/
	$(BIN)/python .ci/write_site.py docs-site

requirements:  ## Pin the newest versions again; needs uv
	uv pip compile pyproject.toml .ci/requirements.in --extra argos --extra cluster --extra spell --extra dev \
		--override .ci/overrides.txt --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
		--quiet --output-file .ci/requirements.txt

clean:  ## Remove everything these targets made
	rm -rf $(VENV) demo dist docs-site site .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
