#!/usr/bin/env bash
# A crowd of simulated devices at a `serve` that is restarted in the middle: who is online, and how large the process is.
#
#   bench/crowd.sh [DEVICES] [SECONDS]      2 000 devices with 4 channels, half over UDP and half over TCP, 1 800 seconds
#
# Prints a line every five seconds: seconds, devices online by the rows, devices that the simulator calls registered, resident kilobytes.
# The server is restarted after a third and after two thirds of the time. Everything is on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."
devices="${1:-2000}"
seconds="${2:-1800}"
binary="${WATCHFIRE_BINARY:-target/demo/watchfire}"
work="$(mktemp -d "${TMPDIR:-/tmp}/watchfire-crowd.XXXXXX")"
server=""
crowd=""
finish() {
  [[ -n "$crowd" ]] && kill "$crowd" 2>/dev/null || true
  [[ -n "$server" ]] && kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
[[ -n "${WATCHFIRE_BINARY:-}" ]] || cargo build --profile demo -p watchfire
command -v sqlite3 >/dev/null || { echo "installing sqlite3 from Debian"; sudo apt-get install -y -q sqlite3; }

"$binary" demo --prepare-only --data "$work/data" >/dev/null
unit="$(sqlite3 "$work/data/watchfire.sqlite" "select unit_id from unit_now limit 1")"
{
  echo "gb_id,name,unit_id,secret"
  for ((number = 1; number <= devices; number++)); do printf '3601020011118%07d,crowd %d,%s,12345678\n' "$number" "$number" "$unit"; done
} >"$work/devices.csv"
"$binary" import devices "$work/devices.csv" --data "$work/data" >/dev/null
cat >"$work/watchfire.toml" <<TOML
[access]
id = "36000000112000000001"
listen = ["127.0.0.1:15080"]
address_rate_hz = 5000
TOML
serve() {
  "$binary" serve --config "$work/watchfire.toml" --data "$work/data" --listen 127.0.0.1:0 >>"$work/log" 2>&1 &
  server=$!
}
serve
sleep 4
"$binary" simulate gb28181 --server 127.0.0.1:15080 --server-id 36000000112000000001 --password 12345678 --count "$devices" --channels 4 \
  --transport mixed --first-id 36010200111180000001 --no-media --seconds "$seconds" >"$work/crowd" 2>&1 &
crowd=$!
begin=$SECONDS
restarts=0
while ((SECONDS - begin < seconds - 10)); do
  if ((restarts < 2 && SECONDS - begin >= seconds * (restarts + 1) / 3)); then
    restarts=$((restarts + 1))
    kill "$server" && wait "$server" || true
    sleep 5
    serve
    echo "$((SECONDS - begin)) restarted"
  fi
  online="$(sqlite3 "$work/data/watchfire.sqlite" "select count(*) from device_state where state = 'online'")"
  said="$(tail -n 1 "$work/crowd" | sed -n 's/^registered \([0-9]*\).*/\1/p')"
  echo "$((SECONDS - begin)) online $online registered ${said:-0} resident $(awk '/VmRSS/ { print $2 }' "/proc/$server/status") kB"
  sleep 5
done
