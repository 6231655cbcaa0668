#!/usr/bin/env bash
# Measures snapshots, figures, documents and the linter on this machine and writes docs/reference/performance-bulletins.md.
# Takes about six minutes after the build. Leave the machine alone meanwhile; the load is written into the page.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-needs.sh bench
scripts/build-web.sh
cargo build --locked --profile demo -p watchfire -p watchfire-store -p watchfire-domain -p watchfire-documents --bin watchfire \
  --example snapshot_speed --example bulletin_speed --example print_bulletin
exec node bench/bulletins.mjs "${CARGO_TARGET_DIR:-target}/demo"
