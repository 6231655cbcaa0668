# shellcheck shell=bash
# A throw-away `watchfire demo` for stories and measures. Source it, then:
#   instance_start BINARY [more arguments of demo]   sets INSTANCE_URL, INSTANCE_DATA, INSTANCE_LOG, INSTANCE_PID
#   instance_stop
# The log-in links lie in $INSTANCE_DATA/links.json.

INSTANCE_START_S=90

instance_free_port() {
  node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

instance_start() {
  local binary="$1"
  shift
  INSTANCE_FOLDER="$(mktemp -d "${TMPDIR:-/tmp}/watchfire-instance.XXXXXX")"
  INSTANCE_DATA="$INSTANCE_FOLDER/data"
  INSTANCE_LOG="$INSTANCE_FOLDER/log"
  local port
  port="$(instance_free_port)"
  INSTANCE_URL="http://127.0.0.1:$port"
  "$binary" demo --listen "127.0.0.1:$port" --data "$INSTANCE_DATA" "$@" >"$INSTANCE_LOG" 2>&1 </dev/null &
  INSTANCE_PID=$!
  local waited
  for ((waited = 0; waited < INSTANCE_START_S * 5; waited++)); do
    if ! kill -0 "$INSTANCE_PID" 2>/dev/null; then
      echo "watchfire demo ended at once:" >&2
      tail -n 30 "$INSTANCE_LOG" >&2
      return 1
    fi
    if [[ -s "$INSTANCE_DATA/links.json" ]] && curl -fsS "$INSTANCE_URL/api/health" >/dev/null 2>&1; then
      return 0
    fi
    sleep 0.2
  done
  echo "watchfire demo did not answer within $INSTANCE_START_S s:" >&2
  tail -n 30 "$INSTANCE_LOG" >&2
  return 1
}

instance_stop() {
  [[ -n "${INSTANCE_PID:-}" ]] || return 0
  kill "$INSTANCE_PID" 2>/dev/null || true
  wait "$INSTANCE_PID" 2>/dev/null || true
  INSTANCE_PID=""
  rm -rf "$INSTANCE_FOLDER"
}
