#!/usr/bin/env bash
# Builds the image, starts it and has it do the main job, without a Docker engine. Needs root,
# buildah, curl, procps, python3 and, when no base image is named, debootstrap.
#
#   ops/image/check.sh [--base-image NAME] [--image NAME] [--port N] [--keep]
#
# --image checks one that is built already. --keep leaves the built one in buildah's storage. The
# port is another one than the image is built for; after a restart it is yet another.
# pip and npm inside the build use this machine's own configuration, mounted for the build only;
# nothing of it ends up in the image.
set -euo pipefail

here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
project="$(cd -P -- "$here/../.." && pwd)"
base=""
image=""
port=4817
keep=no
own_image=localhost/interview-coach:check
own_base=localhost/interview-coach-base:bookworm
user=10001
seconds_to_stop=15

while (($#)); do
  case "$1" in
    --base-image) base="$2"; shift 2 ;;
    --image) image="$2"; keep=yes; shift 2 ;;
    --port) port="$2"; shift 2 ;;
    --keep) keep=yes; shift ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done

for program in buildah curl pgrep python3; do
  command -v "$program" >/dev/null || { echo "check: $program is needed" >&2; exit 1; }
done

work="$(mktemp -d)"
data="$work/data"
container=""
running=""
address=""
family=()
supervisor=""

say() { printf 'check: %s\n' "$*"; }
fail() { say "FAILED: $*"; [[ -f "$work/log" ]] && tail -n 40 "$work/log"; exit 1; }
fetch() { curl --noproxy '*' -fs "$@"; }

cleanup() {
  if [[ -n "$running" ]]; then
    look_at_family
    [[ -n "$supervisor" ]] && kill -TERM "$supervisor" 2>/dev/null
    [[ -z "$supervisor" ]] && kill -TERM "$running" 2>/dev/null
    wait "$running" 2>/dev/null
  fi
  [[ -n "$container" ]] && buildah rm "$container" >/dev/null
  [[ "$keep" == yes ]] || buildah rmi "$own_image" >/dev/null 2>&1
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

make_base() {
  say "making a base of Debian bookworm with Python"
  command -v debootstrap >/dev/null || fail "debootstrap is needed, or --base-image"
  debootstrap --variant=minbase --include=python3,python3-venv,python3-pip,ca-certificates \
    bookworm "$work/root" >"$work/log" 2>&1 || fail "debootstrap"
  local empty
  empty="$(buildah from scratch)"
  buildah add --quiet "$empty" "$work/root" / >/dev/null
  buildah commit --quiet "$empty" "$own_base" >/dev/null
  buildah rm "$empty" >/dev/null
  rm -rf --one-file-system "$work/root"
}

# Files this machine's pip and npm are configured with: mounted read-only where they lie.
mounts=()
mount_existing() {
  local file
  while read -r file || [[ -n "$file" ]]; do
    [[ "$file" == /* && -e "$file" ]] && mounts+=(--volume "$file:$file:ro")
  done
  return 0
}

build_image() {
  if [[ -z "$base" ]]; then
    base="$own_base"
    buildah inspect --type image "$base" >/dev/null 2>&1 || make_base
  fi
  mount_existing < <(python3 -m pip config debug | sed -n 's/^ *\(\/.*\), exists: True$/\1/p' | sort -u)
  # An index on disk is a folder named simple beside the files it points to.
  mount_existing < <(python3 -m pip config list | grep -oE "(file://)?/[^' ]+" | sed 's#^file://##; s#/simple$##' | sort -u)
  local arguments=(--build-arg "BASE_IMAGE=$base")
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
  image="$own_image"
  buildah bud --isolation chroot --network host --format docker --layers=false \
    "${mounts[@]}" "${arguments[@]}" --tag "$image" "$project" >"$work/log" 2>&1 || fail "the build"
  say "built in $SECONDS s, $(buildah images --format '{{.Size}}' "$image")"
}

inside() {
  buildah run --isolation chroot --network host --volume "$data:/data" "$container" -- "$@"
}

check_files() {
  buildah inspect --type image --format '{{.Docker.Config.Volumes}}' "$image" | grep -q '/data' ||
    fail "/data is no volume"
  [[ "$(inside id -u)" == "$user" ]] || fail "it does not run as $user"
  local node
  node="$(inside sh -c "find / -xdev \( -type f -o -type l \) \( -name node -o -name npm -o -name 'libnode*' \) -print -quit 2>/dev/null; true")"
  [[ -z "$node" ]] || fail "Node is in the image: $node"
  inside sh -c ': > /app/probe' 2>/dev/null && fail "the program's own files can be written"
  inside sh -c "test -z \"\$PIP_INDEX_URL\$NPM_CONFIG_REGISTRY\$NODE_EXTRA_CA_CERTS\"" ||
    fail "the build's own settings are left in the image"
  say "its user is $user, Node is not in it, the program cannot change itself"
}

# A container of the image, in the place of the one before.
new_container() {
  [[ -z "$container" ]] || buildah rm "$container" >/dev/null
  container="$(buildah from "$image")"
  # buildah would put a volume of its own, gone with the container, before the one it is given.
  buildah config --volume /data- "$container"
}

start() {
  port="$1"
  address="http://127.0.0.1:$port"
  SECONDS=0
  buildah run --isolation chroot --network host --volume "$data:/data" \
    --env "COACH_PORT=$port" --env COACH_OFFLINE=1 "$container" -- \
    python -m interview_coach up --logs >"$work/log" 2>&1 &
  running=$!
  until fetch "$address/api/v1/health" >"$work/health" 2>/dev/null; do
    kill -0 "$running" 2>/dev/null || fail "it ended"
    ((SECONDS < 120)) || fail "no health after $SECONDS s"
    sleep 0.2
  done
  say "on port $port, healthy after $SECONDS s: $(<"$work/health")"
}

check_page() {
  fetch "$address/" >"$work/page" || fail "the page does not answer"
  grep -qi '<!doctype html' "$work/page" || fail "the page is no page"
  local script upgraded
  script="$(inside sh -c 'cd /app/.page/*/build/client && ls assets/reflex-env-*.js')"
  fetch "$address/$script" >"$work/script" || fail "$script does not answer"
  grep -q 'window.location.origin' "$work/script" || fail "the page does not talk to its own origin"
  grep -q 'localhost' "$work/script" && fail "the page talks to the machine it was built on"
  fetch "$address/$script" -H 'Accept-Encoding: br' -o "$work/br" -D "$work/headers" || fail "brotli"
  grep -qi '^content-encoding: br' "$work/headers" || fail "the page is not served compressed"
  upgraded="$(fetch -o /dev/null -w '%{http_code}' --max-time 3 "$address/_event/?EIO=4&transport=websocket&token=check" \
    -H "Origin: $address" -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
    -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: aW50ZXJ2aWV3LWNvYWNoIQ==' || true)"
  [[ "$upgraded" == 101 ]] || fail "the page's socket answers $upgraded"
  inside sh -c "COACH_PORT=$port; python -I -S /app/interview_coach/launch/announce.py 127.0.0.1 \$COACH_PORT --once" ||
    fail "the health check of the image"
  say "page, compression, socket and health check answer"
}

# Without a process namespace: the descendants of ours, and the supervisor among them.
descendants() {
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    descendants "$child"
  done
}

look_at_family() {
  local process
  supervisor=""
  mapfile -t family < <(descendants "$running")
  for process in "${family[@]}"; do
    if tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null | grep -q '^python -m interview_coach up\|launch.supervise'; then
      supervisor="$process"
    fi
  done
}

check_owners() {
  local process
  look_at_family
  [[ -n "$supervisor" ]] || fail "no supervisor among the processes"
  for process in "$supervisor" $(descendants "$supervisor"); do
    [[ "$(stat -c %u "/proc/$process" 2>/dev/null || echo "$user")" == "$user" ]] ||
      fail "process $process runs as another user: $(tr '\0' ' ' <"/proc/$process/cmdline")"
  done
  say "all $(descendants "$supervisor" | wc -l) processes under the supervisor belong to $user"
}

# Everything it started has to end with it, in time and of its own accord.
stop() {
  local code=0 process
  look_at_family
  [[ -n "$supervisor" ]] || fail "no supervisor among the processes"
  SECONDS=0
  kill -TERM "$supervisor"
  wait "$running" || code=$?
  running=""
  ((code == 0)) || fail "it ended with $code"
  ((SECONDS < seconds_to_stop)) || fail "it took $SECONDS s to stop"
  for process in "${family[@]}"; do
    kill -0 "$process" 2>/dev/null && fail "process $process stayed behind"
  done
  say "stopped cleanly in $SECONDS s"
}

main_job() { python3 "$here/main_job.py" "$address" "$@" || fail "the main job"; }

[[ -n "$image" ]] || build_image
install -d -m 0700 -o "$user" -g "$user" "$data"
new_container
check_files
start "$port"
check_page
main_job --recording "$project/tests/fixtures/spoken_answer.webm" --draft --keep "$work/done"
check_owners
stop
say "starting a new container on the same data"
new_container
start "$((port + 1))"
main_job --look-again "$work/done"
stop
say "ok"
