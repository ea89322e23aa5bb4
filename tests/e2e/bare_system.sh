#!/bin/bash
# Proves that ./dev needs nothing but Python: makes a bare Debian or Ubuntu in a folder of its own (debootstrap and root
# needed), copies the committed tree into it, and runs the program and some tests there, twice.
#
#   tests/e2e/bare_system.sh bookworm
#   tests/e2e/bare_system.sh noble http://archive.ubuntu.com/ubuntu
#
# Behind a proxy with a certificate of its own, PIP_CERT names the file that pip is to trust; it is taken along.
set -euo pipefail

suite=${1:-bookworm}
mirror=${2:-http://deb.debian.org/debian}
checkout=$(cd "$(dirname "$0")/../.." && pwd)
root=$(mktemp -d "${TMPDIR:-/tmp}/wireyard-bare-XXXXXX")
components=main
[[ $mirror == *ubuntu* ]] && components=main,universe

finish() {
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap finish EXIT

inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 ${PIP_CERT:+PIP_CERT=/root/ca.crt} \
        chroot "$root" /bin/bash -c "cd /root/wireyard && $1"
}

timed() {
    local begin=$EPOCHREALTIME
    inside "$1"
    awk -v a="$begin" -v b="$EPOCHREALTIME" -v what="$1" 'BEGIN { printf "--- %.1f s: %s\n", b - a, what }'
}

echo "--- making $suite"
script=/usr/share/debootstrap/scripts/$suite
keyring=
[[ -e $script ]] || { script=/usr/share/debootstrap/scripts/gutsy; }
[[ $mirror == *ubuntu* && ! -e /usr/share/keyrings/ubuntu-archive-keyring.gpg ]] && keyring=--no-check-gpg
debootstrap --variant=minbase $keyring --components=$components --include=python3 "$suite" "$root" "$mirror" "$script" \
    >"$root.log" 2>&1 || { tail -20 "$root.log"; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
mkdir -p "$root/root/wireyard"
git -C "$checkout" archive HEAD | tar -x -C "$root/root/wireyard"
[[ -n ${PIP_CERT:-} ]] && cp "$PIP_CERT" "$root/root/ca.crt"

inside '. /etc/os-release; echo "--- $PRETTY_NAME, $(python3 --version)"'
inside 'python3 -c "import ensurepip" 2>/dev/null && echo "--- ensurepip is there" || echo "--- no ensurepip"'
timed './dev run --version'
timed './dev run --version'
timed 'python3 packaging/smoke.py ./dev run'
timed './dev test -q tests/unit/test_resources.py tests/unit/workspace tests/unit/session tests/gui/test_pyside_pin.py \
           tests/gui/test_first_message.py tests/gui/tabs tests/gui/window'
timed 'cd /tmp && /root/wireyard/dev run --help > /dev/null'
inside 'cd .venv-*/lib/python*/site-packages/PySide6/Qt/plugins
        ldd platforms/libqxcb.so platforms/libqoffscreen.so imageformats/*.so iconengines/*.so xcbglintegrations/*.so \
            platforminputcontexts/*.so | grep "not found" | grep -v libQt6 && exit 1 || echo "--- every plug-in has its libraries"'
echo "--- $suite works"
