#!/bin/sh
# Try a .deb in a Debian of its own, made by debootstrap, that has neither Python nor a desktop: clean-root.sh FILE.deb
# Needs root, and a Debian mirror. What it made is removed at the end; KEEP=1 leaves it.
set -eu
package=$(readlink -f "$1")
suite="${SUITE:-bookworm}"
mirror="${MIRROR:-http://deb.debian.org/debian}"
if [ "$(id -u)" != 0 ]; then
    echo "$0: only root can make a root folder" >&2
    exit 1
fi
root=$(mktemp -d "${TMPDIR:-/tmp}/handover-root.XXXXXX")
tidy() {
    umount "$root/proc" 2>/dev/null || :
    [ -n "${KEEP:-}" ] || rm -rf "$root"
}
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || { tail -20 "$root.log" >&2; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
for settings in /etc/apt/apt.conf.d /etc/resolv.conf /etc/ssl/certs; do # how this machine reaches the mirror
    [ ! -e "$settings" ] || { mkdir -p "$root$(dirname "$settings")" && cp -rL "$settings" "$root$(dirname "$settings")/"; }
done
cp "$package" "$root/tmp/package.deb"
inside apt-get update -q >/dev/null
inside apt-get install -y -q --no-install-recommends /tmp/package.deb >"$root/tmp/install.log" 2>&1 ||
    { tail -30 "$root/tmp/install.log" >&2; exit 1; }
if inside sh -c 'command -v python3 || command -v python'; then
    echo "$0: a Python came with it, so this proves nothing" >&2
    exit 1
fi
echo "installed, without any Python: $(inside dpkg-query -W -f '${Package} ${Version}' handover-wizard)"
inside handover-wizard --version
echo "-- self-test without a display"
inside handover-wizard self-test
echo "-- without a display the window says so"
inside handover-wizard && exit 1 || [ $? = 2 ]
echo "-- self-test and window on a virtual display"
inside apt-get install -y -q --no-install-recommends xvfb xdotool >/dev/null 2>&1
inside sh -c '
    Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & xvfb=$!
    export DISPLAY=:7 QT_QPA_PLATFORM=xcb
    until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
    handover-wizard self-test || exit 1
    unset QT_QPA_PLATFORM
    handover-wizard --practice & window=$!
    xdotool search --sync --onlyvisible --name "Messenger Handover Wizard" | head -n 1 >/tmp/found
    test -s /tmp/found && echo "ok  window: $(xdotool getwindowname "$(cat /tmp/found)")"
    kill -TERM $window; wait $window; ended=$?
    kill $xvfb
    [ $ended = 0 ] || { echo "the window ended with $ended" >&2; exit 1; }'
echo "-- removed"
inside sh -c 'dpkg -L handover-wizard | sort -r >/tmp/files; apt-get purge -y -q handover-wizard >/dev/null 2>&1
    while read -r file; do [ ! -f "$file" ] || { echo "left behind: $file" >&2; exit 1; }; done </tmp/files
    test ! -e /usr/lib/handover-wizard && echo "ok  nothing is left of it"'
