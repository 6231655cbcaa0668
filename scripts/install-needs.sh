#!/usr/bin/env bash
# Installs what a purpose needs from Debian's or Ubuntu's packages, saying what and why; silent when all is there.
#   scripts/install-needs.sh demo|test|bench
# Rust and Node.js are not installed for you: their absence is told in one sentence each, with where to get them.
set -euo pipefail
cd "$(dirname "$0")/.."

RUST_MIN="1.95"
NODE_MIN="20.19"

purpose="${1:-demo}"
missing_packages=()
missing_reasons=()

# need COMMAND PACKAGE WHY: the package is wanted unless the command is on the path.
need() {
  command -v "$1" >/dev/null 2>&1 || want "$2" "$3"
}

want() {
  missing_packages+=("$1")
  missing_reasons+=("$2")
}

# at_least FOUND WANTED: version comparison.
at_least() {
  [[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" == "$2" ]]
}

packages_of_building() {
  need c++ build-essential "compiler for the C and C++ inside SQLite, ring and openh264"
  need nasm nasm "assembler that makes openh264 (the simulated cameras' encoder) fast"
}

packages_of_testing() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    want postgresql "the tests run on a throw-away PostgreSQL as well as on SQLite"
  need chromium chromium "the browser stories drive a real browser"
  need ffprobe ffmpeg "an independent judge of the clips and streams we write"
  compgen -G '/usr/share/fonts/*/*/Noto*CJK*' >/dev/null || want fonts-noto-cjk "Chinese letters in the browser stories"
  need curl curl "the harness asks the server for its health"
}

packages_of_measuring() {
  need chromium chromium "one measure ends in an open browser"
  need curl curl "the harness asks the server for its health"
}

# apt as root, or through sudo; one retry, because mirrors hiccup.
apt() {
  local runner=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null || return 1
    runner=(sudo)
  fi
  local try
  for try in 1 2; do
    "${runner[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >/dev/null && return 0
    [[ "$try" == 1 ]] && sleep 5
  done
  return 1
}

install_missing() {
  [[ ${#missing_packages[@]} == 0 ]] && return 0
  echo "Installing ${#missing_packages[@]} Debian package(s):"
  local index
  for index in "${!missing_packages[@]}"; do
    printf '  %-16s %s\n' "${missing_packages[$index]}" "${missing_reasons[$index]}"
  done
  if ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get. Install the packages above under this system's names and try again." >&2
    return 1
  fi
  apt update && apt install --no-install-recommends "${missing_packages[@]}" && return 0
  echo "apt-get failed. Run it by hand: sudo apt-get install ${missing_packages[*]}" >&2
  return 1
}

check_rust() {
  local found
  if ! command -v cargo >/dev/null || ! found="$(rustc --version 2>/dev/null | awk '{print $2}')" || [[ -z "$found" ]]; then
    echo "Rust is missing: install it with rustup (https://rustup.rs), version $RUST_MIN or later." >&2
    return 1
  fi
  at_least "$found" "$RUST_MIN" && return 0
  echo "Rust $found is too old, $RUST_MIN or later is needed: run 'rustup update stable'." >&2
  return 1
}

check_node() {
  local found
  if ! command -v npm >/dev/null || ! found="$(node --version 2>/dev/null)"; then
    echo "Node.js is missing: install version $NODE_MIN or later with npm (https://nodejs.org, or the nodejs and npm packages of Debian 13)." >&2
    return 1
  fi
  at_least "${found#v}" "$NODE_MIN" && return 0
  echo "Node.js ${found#v} is too old, $NODE_MIN or later is needed (https://nodejs.org)." >&2
  return 1
}

case "$purpose" in
  demo) packages_of_building ;;
  test) packages_of_building; packages_of_testing ;;
  bench) packages_of_building; packages_of_measuring ;;
  *) echo "usage: scripts/install-needs.sh demo|test|bench" >&2; exit 2 ;;
esac

failed=0
check_rust || failed=1
check_node || failed=1
install_missing || failed=1
exit "$failed"
