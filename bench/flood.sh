#!/usr/bin/env bash
# Real devices at a `serve` while strangers register without end: whether the real ones stay.
#
#   bench/flood.sh [DEVICES] [STRANGERS_A_SECOND] [SECONDS]      3 000 devices, half UDP and half TCP; 10 000 a second; 120 seconds
#
# The limit for each address is switched off, so that every stranger is read and judged; with it they cost less. Everything is on loopback.
# Prints a line every five seconds (devices online by the rows, processor time of the server), then what was sent and counted.
set -euo pipefail
cd "$(dirname "$0")/.."
devices="${1:-3000}"
rate="${2:-10000}"
seconds="${3:-120}"
binary="${WATCHFIRE_BINARY:-target/demo/watchfire}"
work="$(mktemp -d "${TMPDIR:-/tmp}/watchfire-flood.XXXXXX")"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
[[ -n "${WATCHFIRE_BINARY:-}" ]] || cargo build --profile demo -p watchfire
command -v sqlite3 >/dev/null || { echo "installing sqlite3 from Debian"; sudo apt-get install -y -q sqlite3; }

"$binary" demo --prepare-only --data "$work/data" >/dev/null
rows="$work/data/watchfire.sqlite"
unit="$(sqlite3 "$rows" "select unit_id from unit_now limit 1")"
{
  echo "gb_id,name,unit_id,secret"
  for ((number = 1; number <= devices; number++)); do printf '3601020011118%07d,real %d,%s,12345678\n' "$number" "$number" "$unit"; done
} >"$work/devices.csv"
"$binary" import devices "$work/devices.csv" --data "$work/data" >/dev/null
cat >"$work/watchfire.toml" <<TOML
[access]
id = "36000000112000000001"
listen = ["127.0.0.1:15080"]
address_rate_hz = 1000000
TOML
"$binary" serve --config "$work/watchfire.toml" --data "$work/data" --listen 127.0.0.1:0 >"$work/log" 2>&1 &
server=$!
pids+=("$server")
sleep 4
"$binary" simulate gb28181 --server 127.0.0.1:15080 --server-id 36000000112000000001 --password 12345678 --count "$devices" --channels 1 \
  --transport mixed --first-id 36010200111180000001 --no-media >"$work/crowd" 2>&1 &
pids+=("$!")
online() { sqlite3 "$rows" "select count(*) from device_state where state = 'online'"; }
for ((wait = 0; wait < 60; wait++)); do
  [[ "$(online)" == "$devices" ]] && break
  sleep 1
done
echo "before the flood: $(online) online"
python3 bench/sip/strangers.py --port 15080 --rate "$rate" --seconds "$seconds" >"$work/strangers" &
flood=$!
pids+=("$flood")
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
before="$(ticks)"
since=$SECONDS
fewest="$devices"
while kill -0 "$flood" 2>/dev/null; do
  now="$(online)"
  ((now < fewest)) && fewest="$now"
  echo "$((SECONDS - since)) s: online $now, processor $((($(ticks) - before) / (SECONDS - since > 0 ? SECONDS - since : 1))) % of a core, PSS $(awk '/^Pss:/ { print int($2 / 1024) }' "/proc/$server/smaps_rollup") MB"
  sleep 5
done
cat "$work/strangers"
echo "fewest online: $fewest; the devices say: $(tail -n 1 "$work/crowd")"
