#!/usr/bin/env bash
# Builds the platform quickly and starts it with a register, users and simulated cameras.
#   CAMERA=rtsp://… or file.mp4   adds one camera of your own
#   LISTEN=127.0.0.1:8080  DATA=data-demo
set -euo pipefail
cd "$(dirname "$0")/.."

started="$SECONDS"
scripts/install-needs.sh demo
scripts/build-web.sh
echo "Building watchfire (the first time takes some minutes; cargo shows its progress)"
cargo build --locked --profile demo -p watchfire
echo "Built in $((SECONDS - started)) s"

arguments=(demo)
[[ -n "${LISTEN:-}" ]] && arguments+=(--listen "$LISTEN")
[[ -n "${DATA:-}" ]] && arguments+=(--data "$DATA")
[[ -n "${CAMERA:-}" ]] && arguments+=(--camera "$CAMERA")
exec "${CARGO_TARGET_DIR:-target}/demo/watchfire" "${arguments[@]}"
