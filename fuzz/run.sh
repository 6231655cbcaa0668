#!/usr/bin/env bash
# Fuzzes one target, several of them or all, one after the other: fuzz/run.sh ["TARGET…"|all] [SECONDS for each]
#
#   RUNS=10000000 fuzz/run.sh "gb_sip gb_sdp" 7200     ends a target at so many executions, or at the time if that comes first
#
# Works on the toolchain of the product, which has no address sanitizer. Panics, failed assertions, overflows, endless loops and floods
# of memory are found without it; what unsafe code in foreign crates does to memory is not. One core is used. What was done is said in a
# table at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted="${1:-all}"
seconds="${2:-60}"
runs="${RUNS:-}"
# One input may take this long and this much; the slowest seed takes a tenth of it.
input_seconds_max=20
memory_mb_max=3072

if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "cargo-fuzz is missing; to install it: cargo install --locked cargo-fuzz" >&2
  exit 2
fi
mapfile -t known < <(basename -s .rs fuzz/fuzz_targets/*.rs)
if [[ "$wanted" == all ]]; then
  targets=("${known[@]}")
else
  read -r -a targets <<<"$wanted"
fi
for target in "${targets[@]}"; do
  if [[ ! -e "fuzz/fuzz_targets/$target.rs" ]]; then
    echo "no target $target; there are: all ${known[*]}" >&2
    exit 2
  fi
done

# A release build, but with names in the traces and without the minutes that linking in one piece takes.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none CARGO_PROFILE_RELEASE_DEBUG=line-tables-only
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

# Targets that read files write each input to one; in memory that is several times as fast.
[[ -d /dev/shm && -w /dev/shm ]] && export TMPDIR=/dev/shm

# Input that is longer than this shows nothing that shorter input would not, and costs as much time as it is long. Elsewhere the fuzzer
# goes by the longest seed, or 4 096 bytes.
declare -A bytes_max=(
  [gb_depacketise]=384 [gb_manscdp]=768 [gb_mansrtsp]=512 [gb_ps]=384 [gb_reorder]=512 [gb_rtp]=384
  [gb_sdp]=1024 [gb_sip]=1280 [gb_sip_stream]=1280
)

log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# The last number of a line that libFuzzer printed.
said() {
  { grep -a "$1" "$log" || true; } | tail -n 1 | grep -oE '[0-9]+' | tail -n 1 || true
}

failed=()
summary=("| target | executions | seconds | a second | inputs kept | peak memory, MB | slowest input, s | found |" "|---|---|---|---|---|---|---|---|")
for name in "${targets[@]}"; do
  echo "=== $name, $seconds s${runs:+, $runs executions at most}"
  corpus="fuzz/corpus/$name"
  mkdir -p "$corpus"
  options=(-max_total_time="$seconds" -timeout="$input_seconds_max" -rss_limit_mb="$memory_mb_max" -print_final_stats=1)
  [[ -n "$runs" ]] && options+=("-runs=$runs")
  [[ -n "${bytes_max[$name]:-}" ]] && options+=("-max_len=${bytes_max[$name]}")
  [[ -e "fuzz/dictionaries/$name.dict" ]] && options+=("-dict=fuzz/dictionaries/$name.dict")
  features=(--features libfuzzer)
  # What is not linked is not looked at after every input: several times as fast.
  [[ "$name" == gb_* ]] && features+=(--no-default-features)
  found=none
  # What is found new goes into the first folder; the seeds stay as they are.
  if ! cargo fuzz run --sanitizer none "${features[@]}" "$name" "$corpus" "fuzz/seeds/$name" -- "${options[@]}" 2>&1 | tee "$log"; then
    failed+=("$name")
    found=yes
  fi
  kept="$(find "$corpus" -type f | wc -l)"
  took="$(said 'Done [0-9]* runs in')"
  summary+=("| \`$name\` | $(said 'stat::number_of_executed_units') | ${took:-?} | $(said 'stat::average_exec_per_sec') | $kept | $(said 'stat::peak_rss_mb') | $(said 'stat::slowest_unit_time_sec') | $found |")
done
printf '%s\n' "" "${summary[@]}"
if [[ ${#failed[@]} -gt 0 ]]; then
  echo "found something: ${failed[*]}; the inputs are in fuzz/artifacts" >&2
  exit 1
fi
