#!/usr/bin/env bash
# What the platform adds to a live picture by WebRTC: from the hub to the whole, decrypted picture at a viewer over loopback; and how
# long a viewer waits for the first one. Camera, platform and viewer share the machine.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo test --quiet --profile demo --locked -p watchfire-media --lib whep::tests -- --nocapture --test-threads 1 |
  grep -E "connected after|from the hub"
