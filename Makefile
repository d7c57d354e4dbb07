# make book    the 2020 directory as press PDF and email PDF, with build/report.json
# make test    the tests
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: book test check lint golden findings contact-sheet bench clean
.DEFAULT_GOAL := book

book: $(READY)
	$(VENV)/bin/directory-pub build content/2020

test: $(READY)
	$(PYTHON) -m pytest -n 2 --dist loadfile tests

check: lint test

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

contact-sheet: $(READY)
	$(PYTHON) -m directory_pub.contact_sheet build/international-city-networks-directory-2020-email.pdf docs/images/contact-sheet.png

findings: $(READY)
	$(PYTHON) -m directory_pub.finding_codes > docs/findings.md

bench: $(READY)
	$(PYTHON) benchmarks/targets.py

$(READY): pyproject.toml requirements.lock scripts/setup
	scripts/setup $(VENV)
	touch $@

clean:
	rm -rf build $(VENV)
