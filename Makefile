# Every task of the project; `make help` lists them. `make run` and `make test` do all set-up themselves.

.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help run serve phone test check unit format lock migration translations benchmarks browsers torture pictures screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: ## set everything up, build the demonstration company once, and serve it
	@./install.sh run
	@$(BIN)/mystery db upgrade
	@$(BIN)/mystery demo --once
	@$(BIN)/mystery run

serve: ## serve what is in the database, without the demonstration
	@./install.sh run
	@$(BIN)/mystery db upgrade
	@$(BIN)/mystery run

phone: ## open the same to phones in your own network, over HTTPS
	@./install.sh run
	@$(BIN)/mystery db upgrade
	@$(BIN)/mystery demo --once
	@$(BIN)/mystery phone $(PHONE)

test: ## set everything up and run all checks and the whole test suite, real browser included
	@./install.sh test
	@$(MAKE) --no-print-directory check unit

check: ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: ## the test suite alone (after `make test` has set things up once)
	$(BIN)/pytest -n 2 --dist loadgroup

format: ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## resolve the dependencies of setup.cfg anew and pin them
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade setup.cfg -o requirements/run.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade --extra test setup.cfg -o requirements/test.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade --extra signing setup.cfg -o requirements/signing.lock

migration: ## write a migration from the models: make migration title="what changes"
	$(BIN)/mystery db revision "$(title)"

translations: ## collect the messages of the code into the Russian catalogue
	$(BIN)/pybabel extract --no-location --omit-header --sort-output -F mystery/translations/babel.cfg -k _l -k lazy_gettext -o var/messages.pot .
	$(BIN)/pybabel update --no-fuzzy-matching --omit-header --ignore-pot-creation-date -i var/messages.pot -d mystery/translations -l ru
	$(BIN)/pybabel compile -d mystery/translations

benchmarks: ## measure everything the README quotes
	@./install.sh test
	@for name in $$($(BIN)/python -m benchmarks --list | cut -d' ' -f1); do $(BIN)/python -m benchmarks $$name; done

browsers: ## the way without a network in Firefox and WebKit as well (installs both)
	@./install.sh browsers
	MYSTERY_BROWSERS=all $(BIN)/pytest tests/other_browsers -rs

torture: ## 200 visits through faults, kills and lost replies: make torture seed=7 (about half an hour)
	@./install.sh test
	$(BIN)/python -m tests.torture --visits 200 --seed $(or $(seed),1)

pictures: ## draw every page of six typical reports, and of two over a period, into var/pictures
	@./install.sh test
	$(BIN)/python -m tests.reports.pictures

screenshots: ## take the pictures of docs/ from the demonstration company
	$(BIN)/python -m tests.journeys.pictures

clean: ## forget caches and the virtual environment; the data in var/ stay
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis artefacts build *.egg-info
