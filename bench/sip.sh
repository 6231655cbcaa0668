#!/usr/bin/env bash
# Registrations and signs of life by GB/T 28181, beside Kamailio from Debian, on loopback and interleaved.
#
#   bench/sip.sh [DEVICES]        how many devices are entered and register at once in the beginning (default 200 000)
#
# The platform runs as `serve` with its rows on disk: digest with a secret for each device, approval, expiry, changes of state written.
# Kamailio has one password and a table in memory. Prints the figures of docs/reference/performance-access.md. About 8 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
devices="${1:-200000}"
binary="${WATCHFIRE_BINARY:-target/demo/watchfire}"
here="$PWD/bench/sip"
work="$(mktemp -d "${TMPDIR:-/tmp}/watchfire-sip.XXXXXX")"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

for need in sipp kamailio sqlite3; do
  command -v "$need" >/dev/null || { echo "installing sip-tester, kamailio and sqlite3 from Debian"; sudo apt-get install -y -q sip-tester kamailio sqlite3; }
done
[[ -n "${WATCHFIRE_BINARY:-}" ]] || cargo build --profile demo -p watchfire

echo "entering $devices devices …"
"$binary" demo --prepare-only --data "$work/data" >/dev/null
unit="$(sqlite3 "$work/data/watchfire.sqlite" "select unit_id from unit_now limit 1")"
python3 "$here/gen_ids.py" "$devices" "$work/ids.csv"
python3 - "$work" "$unit" <<'PY'
import sys
work, unit = sys.argv[1:]
ids = [line.split(";")[0] for line in open(f"{work}/ids.csv").readlines()[1:]]
for part in range(0, len(ids), 50_000):
    with open(f"{work}/devices-{part // 50_000}.csv", "w") as sheet:
        sheet.write("gb_id,name,unit_id,secret\n")
        for gb_id in ids[part:part + 50_000]:
            sheet.write(f"{gb_id},bench {gb_id[-7:]},{unit},12345678\n")
PY
for sheet in "$work"/devices-*.csv; do "$binary" import devices "$sheet" --data "$work/data" >/dev/null; done

cat >"$work/watchfire.toml" <<TOML
[access]
id = "34020000002000000001"
listen = ["127.0.0.1:15070"]
address_rate_hz = 1000000
TOML
"$binary" serve --config "$work/watchfire.toml" --data "$work/data" --listen 127.0.0.1:0 >"$work/log" 2>&1 &
ours=$!
pids+=("$ours")
kamailio -A NKIDS=2 -f "$here/kamailio-registrar.cfg" -DD -E -m 2048 -M 16 -P "$work/kamailio.pid" -Y "$work" >"$work/kamailio.log" 2>&1 &
theirs=$!
pids+=("$theirs")
sleep 8
kill -0 "$ours" || { tail -n 20 "$work/log"; exit 1; }

echo "PSS before anybody registered: $(awk '/^Pss:/ { print int($2 / 1024) " MB" }' "/proc/$ours/smaps_rollup")"
timeout 1800 python3 "$here/compare.py" --ids "$work/ids.csv" --server "kamailio:15060:$theirs" --server "ours:15070:$ours" \
  --rounds 3 --reg-rate 1500 --reg-count 12000 --ka-rate 3000 --ka-count 24000 --fill "$devices"
echo "rows that say online: $(sqlite3 "$work/data/watchfire.sqlite" "select count(*) from device_state where state = 'online'")"
