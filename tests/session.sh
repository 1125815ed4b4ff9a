#!/bin/sh
# Run a command as on a desktop of its own: session.sh COMMAND...
# A home folder, a session bus, an unlocked keyring and an X display with a window manager; all end with the command.
# The user's own display, keyring and settings are not touched.
set -eu

if [ -z "${WIZARD_TEST_SESSION:-}" ]; then
    home=$(mktemp -d "${TMPDIR:-/tmp}/handover-test.XXXXXX")
    trap 'rm -rf "$home"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -m 700 "$home/run"
    unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY XDG_CURRENT_DESKTOP
    unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
    status=0
    env WIZARD_TEST_SESSION="$home" HOME="$home" XDG_RUNTIME_DIR="$home/run" \
        LANG=C.UTF-8 LANGUAGE= LC_ALL= XDG_SESSION_TYPE=x11 GNOME_KEYRING_CONTROL= \
        dbus-run-session -- "$0" "$@" || status=$?
    exit "$status"
fi

# From here on inside the bus. The keyring daemon ends with it. A login keyring with an empty password is made at once.
printf '\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1

display="$WIZARD_TEST_SESSION/display"
mkfifo "$display"
Xvfb -displayfd 3 -screen 0 1440x1000x24 -nolisten tcp -noreset 3>"$display" >/dev/null 2>&1 &
xvfb=$!
read -r number <"$display"
export DISPLAY=":$number"
openbox >/dev/null 2>&1 &
openbox=$!
trap 'kill $openbox $xvfb 2>/dev/null || :' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tries=0
until xdotool get_num_desktops >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
        echo "$0: no window manager on display $DISPLAY" >&2
        exit 1
    fi
    sleep 0.1
done

status=0
"$@" || status=$?
exit "$status"
