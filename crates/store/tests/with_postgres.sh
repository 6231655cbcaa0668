#!/bin/bash
# Runs a command with WATCHFIRE_TEST_POSTGRES_URL pointing at a private PostgreSQL that lives as long as the command, and
# WATCHFIRE_TEST_POSTGRES_CONTROL at a program that stops and starts it.
#
#   crates/store/tests/with_postgres.sh cargo nextest run -p watchfire-store
#
# Needs Debian's package `postgresql` (only its programs; the system's own cluster is not touched). PostgreSQL refuses to run as root:
# then the cluster runs as user postgres (or WATCHFIRE_TEST_POSTGRES_USER), the command as whoever called. Loopback and a socket in
# the temporary folder only; stopped and removed whatever the command does.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1 || true)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    echo "$0: no /usr/lib/postgresql/*/bin/initdb; install it with: apt-get install postgresql" >&2
    exit 1
fi

as=()
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
    owner=${WATCHFIRE_TEST_POSTGRES_USER:-postgres}
    as=(runuser -u "$owner" --)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/watchfire-postgres.XXXXXX")
chown "$owner" "$folder"
chmod 700 "$folder"
cd_back=$(pwd)

stop() {
    trap - EXIT
    if [ -f "$folder/data/postmaster.pid" ]; then
        (cd "$folder" && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
    fi
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U watchfire -A trust -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 \
    || { cat "$folder/initdb.log" >&2; exit 1; }

# A free port is found by trying: somebody else may take it between looking and listening.
started=
for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 30000))
    options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=200"
    if "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -o "$options" -w -t 30 start >/dev/null 2>&1; then
        started=yes
        break
    fi
done
[ -n "$started" ] || { cat "$folder/data/server.log" >&2; exit 1; }

export WATCHFIRE_TEST_POSTGRES_URL="postgres://watchfire@127.0.0.1:$port/postgres"

# For stories in which the database is gone: `control stop`, `control start`, `control create NAME`.
export WATCHFIRE_TEST_POSTGRES_CONTROL="$folder/control"
cat >"$folder/control" <<END
#!/bin/bash
set -e
cd "$folder"
case "\$1" in
    stop) ${as[*]} "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop ;;
    start) ${as[*]} "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -o "$options" -w -t 180 start ;;
    create) "$bin/psql" -q "$WATCHFIRE_TEST_POSTGRES_URL" -c "create database \$2" ;;
esac
END
chmod 755 "$folder/control"
cd "$cd_back"
status=0
"$@" || status=$?
exit $status
