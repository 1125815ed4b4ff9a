#!/bin/sh
# Starts the program of this folder, after a look at what it could not tell by itself: a system that is too old, another
# kind of processor, or a copy of which a part is missing.
here=$(dirname -- "$(readlink -f -- "$0")")
program="$here/program/handover-wizard"

say() {
    echo "$1" >&2
    [ -t 2 ] && exit 1
    for shown in "zenity --error --no-markup --text" "kdialog --error" "xmessage -center" notify-send; do
        $shown "$1" >/dev/null 2>&1 && exit 1
    done
    exit 1
}

machine=$(uname -m)
[ "$machine" = "@MACHINE@" ] ||
    say "This copy of the program is for @MACHINE@ computers; this one is $machine. Download the one for $machine."
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || glibc="another C library 0.0"
lowest=$(printf '%s\n%s\n' "@GLIBC@" "${glibc##* }" | sort -V | head -n 1)
[ "$lowest" = "@GLIBC@" ] || say "This system is too old for this program: it has $glibc and needs glibc @GLIBC@. It runs on Debian 12, Ubuntu 24.04, Fedora 38, and later ones."
found=$(cd "$here/program" 2>/dev/null && stat -L -c '%s %n' @FILES@ 2>/dev/null)
[ "$found" = "@SIZES@" ] || say "This copy of the program is damaged: a part of it is missing or not whole. Download it again and unpack it anew."
exec "$program" "$@"
