#!/usr/bin/env bash
# Builds the image and starts it, without a Docker engine: needs root, buildah, curl and, when no
# base image is named, debootstrap. Checks health, page and stop on a port of its own.
#
#   ops/image/check.sh [--base-image NAME] [--port N] [--keep]
#
# pip and npm inside the build use this machine's own configuration, mounted for the build only;
# nothing of it ends up in the image.
set -euo pipefail

project="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
base=""
port=4817
keep=no
image=localhost/interview-coach:check
own_base=localhost/interview-coach-base:bookworm

while (($#)); do
  case "$1" in
    --base-image) base="$2"; shift 2 ;;
    --port) port="$2"; shift 2 ;;
    --keep) keep=yes; shift ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done

for program in buildah curl; do
  command -v "$program" >/dev/null || { echo "check: $program is needed" >&2; exit 1; }
done

work="$(mktemp -d)"
container=""
running=""
cleanup() {
  [[ -n "$running" ]] && kill "$running" 2>/dev/null && wait "$running" 2>/dev/null
  [[ -n "$container" ]] && buildah rm "$container" >/dev/null
  [[ "$keep" == yes ]] || buildah rmi "$image" >/dev/null 2>&1
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

say() { printf 'check: %s\n' "$*"; }
fail() { say "FAILED: $*"; [[ -f "$work/log" ]] && tail -n 40 "$work/log"; exit 1; }

make_base() {
  say "making a base of Debian bookworm with Python"
  debootstrap --variant=minbase --include=python3,python3-venv,python3-pip,ca-certificates \
    bookworm "$work/root" >"$work/log" 2>&1 || fail "debootstrap"
  local empty
  empty="$(buildah from scratch)"
  buildah add --quiet "$empty" "$work/root" / >/dev/null
  buildah commit --quiet "$empty" "$own_base" >/dev/null
  buildah rm "$empty" >/dev/null
  rm -rf --one-file-system "$work/root"
}

if [[ -z "$base" ]]; then
  base="$own_base"
  buildah inspect --type image "$base" >/dev/null 2>&1 || make_base
fi

# Files this machine's pip and npm are configured with: mounted read-only where they lie.
mounts=()
mount_existing() {
  local file
  while read -r file || [[ -n "$file" ]]; do
    [[ "$file" == /* && -e "$file" ]] && mounts+=(--volume "$file:$file:ro")
  done
}
mount_existing < <(python3 -m pip config debug | sed -n 's/^ *\(\/.*\), exists: True$/\1/p' | sort -u)
# An index on disk is a folder named simple beside the files it points to.
mount_existing < <(python3 -m pip config list | grep -oE "(file://)?/[^' ]+" | sed 's#^file://##; s#/simple$##' | sort -u)
arguments=(--build-arg "BASE_IMAGE=$base")
if [[ -n "${NODE_EXTRA_CA_CERTS-}" ]]; then
  mount_existing <<<"$NODE_EXTRA_CA_CERTS"
  arguments+=(--build-arg "NODE_EXTRA_CA_CERTS=$NODE_EXTRA_CA_CERTS")
fi
if command -v npm >/dev/null; then
  mount_existing < <(npm config get userconfig 2>/dev/null)
  arguments+=(--build-arg "NPM_CONFIG_REGISTRY=$(npm config get registry 2>/dev/null)")
fi

say "building the image from $base"
SECONDS=0
buildah bud --isolation chroot --network host --format docker --layers=false \
  "${mounts[@]}" "${arguments[@]}" --tag "$image" "$project" >"$work/log" 2>&1 || fail "the build"
say "built in $SECONDS s"

container="$(buildah from "$image")"
inside() { buildah run --isolation chroot --network host "$container" -- "$@"; }
[[ "$(inside id -u)" != 0 ]] || fail "it runs as root"
inside sh -c 'command -v node npm' >/dev/null 2>&1 && fail "Node is in the image"
inside sh -c ': > /app/probe' 2>/dev/null && fail "the program's own files can be written"

say "starting it on port $port"
SECONDS=0
buildah run --isolation chroot --network host --env "COACH_PORT=$port" "$container" -- \
  python -m interview_coach up --logs >"$work/log" 2>&1 &
running=$!
address="http://127.0.0.1:$port"
until curl -fs "$address/api/v1/health" >"$work/health" 2>/dev/null; do
  kill -0 "$running" 2>/dev/null || fail "it ended"
  ((SECONDS < 120)) || fail "no health after $SECONDS s"
  sleep 0.2
done
say "healthy after $SECONDS s: $(<"$work/health")"

# The page and the addresses it talks to.
curl -fs "$address/" >"$work/page" || fail "the page does not answer"
grep -qi '<!doctype html' "$work/page" || fail "the page is no page"
script="$(inside sh -c 'cd /app/.page/*/build/client && ls assets/reflex-env-*.js')"
curl -fs "$address/$script" >"$work/script" || fail "$script does not answer"
grep -q 'window.location.origin' "$work/script" || fail "the page does not talk to its own origin"
grep -q 'localhost' "$work/script" && fail "the page talks to the machine it was built on"
curl -fs "$address/$script" -H 'Accept-Encoding: br' -o "$work/br" -D "$work/headers" || fail "brotli"
grep -qi '^content-encoding: br' "$work/headers" || fail "the page is not served compressed"
upgraded="$(curl -s -o /dev/null -w '%{http_code}' --max-time 3 "$address/_event/?EIO=4&transport=websocket&token=check" \
  -H "Origin: $address" -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
  -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: aW50ZXJ2aWV3LWNvYWNoIQ==' || true)"
[[ "$upgraded" == 101 ]] || fail "the page's socket answers $upgraded"
inside sh -c "COACH_PORT=$port; python -I -S /app/interview_coach/launch/announce.py 127.0.0.1 \$COACH_PORT --once" ||
  fail "the health check of the image"

# Everything it started has to end with it. Without a process namespace: the descendants of ours.
descendants() {
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    descendants "$child"
  done
}
mapfile -t family < <(descendants "$running")
supervisor=""
for process in "${family[@]}"; do
  tr '\0' ' ' <"/proc/$process/cmdline" | grep -q '^python -m interview_coach up\|launch.supervise' && supervisor="$process"
done
[[ -n "$supervisor" ]] || fail "no supervisor among the processes"
SECONDS=0
kill -TERM "$supervisor"
code=0
wait "$running" || code=$?
running=""
((code == 0)) || fail "it ended with $code"
for process in "${family[@]}"; do
  kill -0 "$process" 2>/dev/null && fail "process $process stayed behind"
done
say "stopped cleanly in $SECONDS s"
say "ok"
