# Every command is one line that calls one small tool in tools/; `make` alone lists them. ARGS="..." is handed on.
.DEFAULT_GOAL := help
.PHONY: help demo test processes check lint types arch browser migrations docs package engine kill bench frontend format lock

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo:  ## set up, build the pages and serve the demo on http://127.0.0.1:8000
	@tools/demo.sh $(ARGS)

test:  ## set up and run the tests (no browser, no Node, no server of their own)
	@tools/test.sh $(ARGS)

processes:  ## whole servers started, killed, backed up and restored, each in processes of its own
	@tools/processes.sh $(ARGS)

check: lint types arch test processes engine browser migrations docs package kill  ## everything CI runs, in order

lint:  ## style and formatting, Python and shell
	@tools/lint.sh

types:  ## strict types: Python (mypy with the Django plugin) and TypeScript
	@tools/types.sh $(ARGS)

arch:  ## layers between the packages, and our own rules about code
	@tools/arch.sh

browser:  ## front-end tests, then the pages in a real Chromium: phone and desktop, both languages
	@tools/browser.sh $(ARGS)

migrations:  ## no model change without its migration
	@tools/migrations.sh

docs:  ## links, commands and generated tables of the documentation
	@tools/docs.sh $(ARGS)

package:  ## build the wheel and compare it with the checkout
	@tools/package.sh

engine:  ## the engine installed alone, its tests where there is no Django
	@tools/engine.sh $(ARGS)

kill:  ## kill -9 server and database under a played drill, ten times; nothing may be lost
	@tools/kill.sh $(ARGS)

bench:  ## benchmarks; ARGS="pooling --full" for one family
	@tools/bench.sh $(ARGS)

frontend:  ## build the TypeScript and styles into the package
	@tools/frontend.sh $(ARGS)

format:  ## put Python into its standard form
	@tools/format.sh

lock:  ## pin every dependency again (ARGS=--upgrade: the newest), with hashes, without index addresses
	@tools/lock.sh $(ARGS)
