# The front door: people and CI use the same commands. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check fmt web generate faults bench bench-access bench-bulletins soak eval fuzz train clean-demo

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## build and start with a register and simulated cameras; CAMERA=rtsp://…|file.mp4 LISTEN=127.0.0.1:8080 DATA=data-demo
	@CAMERA="$(CAMERA)" LISTEN="$(LISTEN)" DATA="$(DATA)" exec scripts/demo.sh

test: ## everything: format, lints, tidy, unit and integration tests on SQLite and PostgreSQL, web, browser stories
	@scripts/test.sh

check: ## the fast part of `make test`: format, lints, tidy
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo run --quiet --locked -p xtask -- tidy

fmt: ## format the Rust code
	cargo fmt --all

web: ## build the web client into web/dist
	@scripts/build-web.sh

generate: web ## write the generated files: OpenAPI, TypeScript client, example and reference of the configuration
	cargo run --quiet --locked -p xtask -- generate

faults: ## faults from a seed against the way of an alarm, ROUNDS=20 times (built before by make test)
	@crates/store/tests/with_postgres.sh env WATCHFIRE_FAULT_ROUNDS="$(or $(ROUNDS),20)" cargo nextest run --locked --workspace --no-capture -E 'test(faults) or binary(faults)'

bench: ## measure speed and size, write docs/reference/performance.md
	@bench/run.sh

bench-access: ## measure registrations by GB/T 28181 beside Kamailio
	@bench/sip.sh

bench-bulletins: ## measure snapshots, figures and documents, write docs/reference/performance-bulletins.md
	@bench/bulletins.sh

soak: ## record cameras that misbehave for MINUTES=60, kill the recorder now and then, read every file
	cargo build --locked --profile demo --bin watchfire
	@bench/soak.py --minutes "$(or $(MINUTES),60)"

eval: ## measure the vision pipeline; WATCHFIRE_LABELLED_DATA=folder with labelled pictures and clips, PARTS=val
	cargo build --locked --profile demo --bin watchfire
	@target/demo/watchfire evaluate "$${WATCHFIRE_LABELLED_DATA:?set it to the folder that holds labels_val.jsonl or clips.jsonl}" --parts "$(or $(PARTS),val)"

fuzz: ## feed hostile bytes to the parsers; TARGET=all|"names" SECONDS=60 for each, RUNS=executions at most
	@fuzz/run.sh "$(or $(TARGET),all)" "$(or $(SECONDS),60)"

train: ## train the flame and smoke detector; WATCHFIRE_LABELLED_DATA=folder with the labelled pictures
	@training/train.sh

clean-demo: ## remove the demo's data folder
	rm -rf "$(or $(DATA),data-demo)"
