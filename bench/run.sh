#!/usr/bin/env bash
# Measures speed and size of the built program on this machine and writes docs/reference/performance.md.
# Takes about eight minutes after the build. Leave the machine alone meanwhile; the load is written into the page.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-needs.sh bench
scripts/build-web.sh
cargo build --locked --profile demo -p watchfire
exec node bench/measure.mjs "${CARGO_TARGET_DIR:-target}/demo/watchfire"
