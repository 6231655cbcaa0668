#!/usr/bin/env bash
# Everything that must hold, in one command. The last line printed is `N passed, M failed`.
# A step that is no test runner (format, lints, builds) counts as one failure when it fails, and as nothing when it
# does not. Later steps run all the same, as far as they can: one run shows all that is wrong.
# shellcheck disable=SC2317  # functions are called through `step`
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=scripts/demo-instance.sh
source scripts/demo-instance.sh

target="${CARGO_TARGET_DIR:-target}"
logs="$(mktemp -d "${TMPDIR:-/tmp}/watchfire-test.XXXXXX")"
trap 'rm -rf "$logs"' EXIT
export CARGO_TERM_PROGRESS_WHEN="${CARGO_TERM_PROGRESS_WHEN:-auto}"

passed=0
failed=0
skipped=0
failures=()
timings=()

# sum WORD: adds up the numbers that stand before the word in the lines read.
sum() {
  grep -oE "[0-9]+ $1" | awk '{total += $1} END {print total + 0}'
}

# summary_lines KIND LOG: the lines in which a runner counts its tests.
summary_lines() {
  case "$1" in
    nextest) grep -E 'Summary \[.*tests? run:' "$2" | tail -n 1 ;;
    libtest) grep -E '^test result:' "$2" ;;
    vitest) grep -E '^ *Tests +' "$2" | tail -n 1 ;;
    plain) grep -E '^[0-9]+ passed, [0-9]+ failed' "$2" | tail -n 1 ;;
    none) : ;;
  esac
}

# step NAME KIND COMMAND…: runs one step, shows its output, counts its tests.
step() {
  local name="$1" kind="$2" log="$logs/current" clean="$logs/clean" started="$SECONDS" status=0 failed_here=0 passed_here skipped_here
  shift 2
  printf '\n=== %s\n' "$name"
  "$@" 2>&1 | tee "$log" || status=$?
  sed -E 's/\x1b\[[0-9;]*[A-Za-z]//g' "$log" > "$clean"
  summary_lines "$kind" "$clean" > "$logs/summary"
  passed_here="$(sum passed < "$logs/summary")"
  failed_here="$(sum '(failed|timed out|exec failed)' < "$logs/summary")"
  skipped_here="$(sum '(skipped|ignored)' < "$logs/summary")"
  if [[ "$kind" != none && "$((passed_here + failed_here))" == 0 && "$status" == 0 ]]; then
    echo "no test was counted in this step"
    status=1
  fi
  [[ "$status" != 0 && "$failed_here" == 0 ]] && failed_here=1
  passed=$((passed + passed_here))
  failed=$((failed + failed_here))
  skipped=$((skipped + skipped_here))
  [[ "$failed_here" != 0 ]] && failures+=("$name")
  timings+=("$(printf '%6d s  %s' "$((SECONDS - started))" "$name")")
  printf -- '--- %s: %s in %d s\n' "$name" "$([[ "$failed_here" == 0 ]] && echo good || echo FAILED)" "$((SECONDS - started))"
  return "$status"
}

skip_step() {
  printf '\n=== %s\nnot run: %s\n' "$1" "$2"
}

# The line by which people and CI read the run comes last, whatever happened before.
finish() {
  printf '\n=== Summary\n'
  [[ ${#timings[@]} -gt 0 ]] && printf '%s\n' "${timings[@]}"
  [[ ${#failures[@]} -gt 0 ]] && printf 'FAILED: %s\n' "${failures[@]}"
  local skipped_text=""
  [[ "$skipped" != 0 ]] && skipped_text=", $skipped skipped"
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$skipped_text"
  [[ "$failed" == 0 ]] && exit 0
  exit 1
}

install_web() {
  (cd web && if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
    npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json
  fi)
}

# Clippy stands in for the compiler: our crates are linted while they are built, and no dependency is gone through twice.
# Its findings are warnings here, so that the tests of a tree with findings run all the same; the step after this one counts them.
build_and_lint() {
  cargo build --locked --workspace --all-targets 2>&1 | tee "$logs/build"
}

findings() {
  ! sed -E 's/\x1b\[[0-9;]*[A-Za-z]//g' "$logs/build" | grep -E '^(warning|error)' -A 7
}

# The lines that libtest prints for whole binaries are counted where nextest is absent.
rust_tests() {
  local wrapper=crates/store/tests/with_postgres.sh
  if cargo nextest --version >/dev/null 2>&1; then
    "$wrapper" cargo nextest run --locked --workspace --no-fail-fast
  else
    "$wrapper" cargo test --locked --workspace --lib --bins --tests --examples --no-fail-fast
  fi
}

browser_stories() {
  trap instance_stop EXIT
  instance_start "$target/debug/watchfire" || return 1
  WATCHFIRE_HOOK_PORT="$INSTANCE_HOOK_PORT" WATCHFIRE_URL="$INSTANCE_URL" WATCHFIRE_LINKS="$INSTANCE_DATA/links.json" WATCHFIRE_LOG="$INSTANCE_LOG" WATCHFIRE_BINARY="$target/debug/watchfire" \
    node web/e2e/run.mjs
  local status=$?
  if [[ "$status" != 0 ]]; then
    echo "the last lines of the server's log:"
    tail -n 40 "$INSTANCE_LOG"
  fi
  return "$status"
}

step "What the tests need" none scripts/install-needs.sh test || finish
runner=nextest
if ! cargo nextest --version >/dev/null 2>&1; then
  echo "cargo-nextest is not installed; using cargo test (to install it: cargo install --locked cargo-nextest)"
  runner=libtest
fi

# Every cargo below builds the same way, or what one has built would be built again by the next.
if command -v clippy-driver >/dev/null; then
  export RUSTC_WORKSPACE_WRAPPER=clippy-driver
else
  step "Clippy" none cargo clippy --locked --workspace --all-targets -- -D warnings
fi

step "Format" none cargo fmt --all --check
step "Tidy" none cargo run --quiet --locked -p xtask -- tidy
if command -v cargo-deny >/dev/null; then
  step "Licences, bans, sources" none cargo deny --all-features check licenses bans sources
else
  skip_step "Licences, bans, sources" "cargo-deny is not installed (cargo install --locked cargo-deny)"
fi

if step "Web: packages" none install_web; then
  step "Web: lint" none npm --prefix web run --silent lint
  step "Web: unit tests" vitest npm --prefix web run --silent test
  step "Web: build" none npm --prefix web run --silent build
  step "Web: size" none npm --prefix web run --silent size
fi

if step "Build, with Clippy's lints" none build_and_lint; then
  step "No finding of Clippy" none findings
  step "Generated files are fresh" none "$target/debug/xtask" fresh
  step "Rust tests on SQLite and PostgreSQL" "$runner" rust_tests
  step "Documentation tests" none cargo test --locked --workspace --doc
  step "Browser stories" plain browser_stories
fi
finish
