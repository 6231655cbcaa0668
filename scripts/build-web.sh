#!/usr/bin/env bash
# Builds the web client into web/dist, from where it is embedded into the binary. Skipped when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

# The lock file decides; npm's own record of an installation is as new as the installation.
if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  echo "web: installing the client's packages"
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

newer="$(find src public index.html package-lock.json vite.config.ts tsconfig.json scripts -newer dist/index.html -print -quit 2>/dev/null || true)"
if [[ -e dist/index.html && -z "$newer" ]]; then
  echo "web: dist is up to date"
  exit 0
fi
echo "web: building the client"
npm run --silent build
# The build may keep an unchanged index.html with an old date; the next comparison wants a new one.
touch dist/index.html
