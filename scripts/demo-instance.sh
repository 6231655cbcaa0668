# shellcheck shell=bash
# A throw-away `watchfire demo` for stories and measures. Source it, then:
#   instance_start BINARY [more arguments of demo]   sets INSTANCE_URL, INSTANCE_DATA, INSTANCE_LOG, INSTANCE_PID, INSTANCE_HOOK_PORT
#   instance_stop
# The log-in links lie in $INSTANCE_DATA/links.json.

INSTANCE_START_S=90

# Alarms of level 4 climb within seconds here, so that a story can watch one reach the province.
INSTANCE_LADDER='["duty_guard 0s", "unit 2s", "county 4s ack", "city 6s ack", "province 8s ack"]'
# The watchdog of the alarm path walks every few seconds, and its test alarms go to the same webhook.
# Signs what is told to the webhook at INSTANCE_HOOK_PORT, where a story may listen.
INSTANCE_HOOK_SECRET="story"

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
  INSTANCE_HOOK_PORT="$(instance_free_port)"
  WATCHFIRE_WATCHDOG__EVERY_S=6 WATCHFIRE_WATCHDOG__WITHIN_S=5 WATCHFIRE_WATCHDOG__CHANNELS='["webhook 1s"]' \
    WATCHFIRE_ESCALATION__TAKE_LEVEL_4="$INSTANCE_LADDER" WATCHFIRE_NOTIFY__ALLOWED_NETWORKS='["127.0.0.1/32"]' \
    WATCHFIRE_WEB_PUSH__CONTACT="mailto:story@fire.example" \
    WATCHFIRE_WEBHOOK__URL="http://127.0.0.1:$INSTANCE_HOOK_PORT/hook" WATCHFIRE_WEBHOOK__SECRET="$INSTANCE_HOOK_SECRET" \
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
