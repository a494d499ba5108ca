# The two commands of the README are `make run` and `make test`; both do all the set-up themselves.
PYTHON ?= python3
BOOT = $(PYTHON) packaging/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test long bench bench-decode bench-gs1 bench-batching bench-routing bench-cartons bench-weights fuzz torture lint setup lock clean

help:        ## show this list
	@grep -E '^[a-z0-9-]+: +##' $(MAKEFILE_LIST) | sed -E 's/: +## /\t/' | expand -t 12

run:         ## open the station with demo data (without a display: play a short shift into ./out/)
	@$(BOOT) run

test:        ## lint, strict types, import contracts and all tests, PostgreSQL included
	@$(BOOT) test

long:        ## every screen in every language and size, real window systems, long simulations
	@$(BOOT) long

bench:       ## measure
	@$(BOOT) bench

bench-decode: ## codes in pictures, by each decoder and by all (DATA=DIR: another folder of the same form)
	@$(BOOT) bench-decode $(DATA)

bench-gs1:   ## published GS1 vectors through our reading (DATA=DIR: another folder of the same form)
	@$(BOOT) bench-gs1 $(DATA)

bench-routing: ## walks against proven lengths and rules of thumb (DATA=DIR: another folder of the same form)
	@$(BOOT) bench-routing $(DATA)

bench-batching: ## order batching on published instances (DATA=DIR: another folder of the same form)
	@$(BOOT) bench-batching $(DATA)

bench-cartons: ## cartons, proofs and equal bins against other packers (DATA=DIR: another folder of the same form)
	@$(BOOT) bench-cartons $(DATA)

bench-weights: ## the scale: wrong boxes found against right ones stopped, at several tolerances
	@$(BOOT) bench-weights

fuzz:        ## fuzz the parsers of codes and files, each for SECONDS (60)
	@$(BOOT) fuzz $(SECONDS)

torture:     ## power cuts, full disks, bad printers, long random shifts
	@$(BOOT) torture

lint:        ## lint, strict types and import contracts only
	@$(BOOT) lint

setup:       ## only the set-up
	@$(BOOT) setup

lock:        ## make requirements.lock again from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --upgrade --group pyproject.toml:dev pyproject.toml -o requirements.lock

clean:       ## remove everything that was made, the demo data and the environment included
	rm -rf .venv .demo out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
