# make book         the 2020 directory as press PDF and email PDF, with build/report.json
# make booklet      the 2020 directory for an office copier: A3 sheets to fold and staple
# make test         the tests that are quick
# make all-tests    those that take long, too
# make conformance  the email PDF against PDF/UA-1 and PDF/A-3a, by veraPDF (needs Java 17)
# make lint         style and types
# make findings     docs/findings.md from the codes
# make reference    docs/editors-reference.md from what reads the fields
# make docs         the pages of docs/ as a site, in build/docs
# make images       the pictures of docs/images/ from the book as it is
# make bench        time and memory beside a bare render
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: book booklet test all-tests conformance lint findings reference docs images bench clean
.DEFAULT_GOAL := book

BOOK := build/international-city-networks-directory-2020

book: $(READY)
	$(VENV)/bin/directory-pub build content/2020

booklet: book
	$(VENV)/bin/directory-pub impose $(BOOK)-email.pdf --sheet A3 --output $(BOOK)-booklet.pdf

# With bytecode kept, workers do not rewrite each test file and plugin anew. Files go in the order of tests/conftest.py.
PYTEST := PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test: $(READY)
	$(PYTEST) tests

# In one run, as both kinds look at the same books.
all-tests: $(READY)
	$(PYTEST) --slow tests

conformance: book
	PYTHON=$(PYTHON) scripts/conformance/validate $(BOOK)-email.pdf

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

findings: $(READY)
	$(PYTHON) -m directory_pub.finding_codes > docs/findings.md

reference: $(READY)
	$(PYTHON) -m directory_pub.read.reference > docs/editors-reference.md

docs: $(READY)
	$(PYTHON) -m sphinx --fail-on-warning --keep-going --quiet docs build/docs

images: $(READY)
	$(PYTHON) scripts/docs_images.py docs/images
	if command -v chromium >/dev/null; then $(PYTHON) scripts/preview_picture.py docs/images/preview.png; fi

bench: $(READY)
	$(PYTHON) benchmarks/targets.py
	$(PYTHON) benchmarks/pieces.py
	if command -v chromium >/dev/null; then $(PYTHON) benchmarks/preview.py; else echo "No chromium: nothing is shown."; fi

$(READY): pyproject.toml requirements.lock scripts/setup
	scripts/setup $(VENV)
	touch $@

clean:
	rm -rf build $(VENV)
