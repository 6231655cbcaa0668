#!/usr/bin/env bash
# Fuzzes one target, or all of them one after the other: fuzz/run.sh [TARGET|all] [SECONDS for each]
#
# Works on the toolchain of the product, which has no address sanitizer. Panics, failed assertions, overflows, endless loops and floods
# of memory are found without it; what unsafe code in foreign crates does to memory is not.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:-all}"
seconds="${2:-60}"
# One input may take this long and this much; the slowest seed takes a tenth of it.
input_seconds_max=20
memory_mb_max=3072

if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "cargo-fuzz is missing; to install it: cargo install --locked cargo-fuzz" >&2
  exit 2
fi
mapfile -t known < <(basename -s .rs fuzz/fuzz_targets/*.rs)
if [[ "$target" == all ]]; then
  targets=("${known[@]}")
elif [[ -e "fuzz/fuzz_targets/$target.rs" ]]; then
  targets=("$target")
else
  echo "no target $target; there are: all ${known[*]}" >&2
  exit 2
fi

# A release build, but with names in the traces and without the minutes that linking in one piece takes.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none CARGO_PROFILE_RELEASE_DEBUG=line-tables-only
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

# Targets that read files write each input to one; in memory that is several times as fast.
[[ -d /dev/shm && -w /dev/shm ]] && export TMPDIR=/dev/shm

failed=()
for name in "${targets[@]}"; do
  echo "=== $name, $seconds s"
  corpus="fuzz/corpus/$name"
  mkdir -p "$corpus"
  options=(-max_total_time="$seconds" -timeout="$input_seconds_max" -rss_limit_mb="$memory_mb_max" -print_final_stats=1)
  [[ -e "fuzz/dictionaries/$name.dict" ]] && options+=("-dict=fuzz/dictionaries/$name.dict")
  # What is found new goes into the first folder; the seeds stay as they are.
  cargo fuzz run --sanitizer none --features libfuzzer "$name" "$corpus" "fuzz/seeds/$name" -- "${options[@]}" || failed+=("$name")
done
if [[ ${#failed[@]} -gt 0 ]]; then
  echo "found something: ${failed[*]}; the inputs are in fuzz/artifacts" >&2
  exit 1
fi
