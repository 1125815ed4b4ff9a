#!/bin/sh
# Make sure that the Debian packages are there: system-packages.sh practice|test|packages|wine
# Installs what is missing where we are root or sudo asks no password; else prints the one line to run, and stops.
set -eu

# python3-venv is only needed for Debian's own Python. Qt's wheel brings Qt, but not what Qt finds on every desktop.
qt="libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
libwayland-client0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core"
desktop="xvfb openbox xdotool x11-utils xdg-utils xclip weston wl-clipboard imagemagick chromium chromium-driver dbus gnome-keyring at-spi2-core
python3-pyatspi strace"
# What makes the installer for Windows, looks into it, and reads the scripts for macOS.
makers="nsis p7zip-full osslsigncode openssl shellcheck"

packers="binutils chrpath dpkg-dev xz-utils lintian man-db appstream desktop-file-utils shared-mime-info
debootstrap weston x11-utils x11-xkb-utils"

case "${1:-}" in
    practice) wanted="$qt" ;;
    test) wanted="$qt $desktop $makers" ;;
    packages) wanted="$qt $packers" ;;
    wine) wanted="$makers wine wine64" ;;
    *) echo "usage: $0 practice|test|packages|wine" >&2; exit 2 ;;
esac
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if [ "$(uname -s)" = Linux ]; then
        echo "This system has no apt. If a step below fails, install what these Debian packages hold:" $wanted
    elif [ "$1" = test ]; then
        echo "The tests drive a virtual X display and so need Linux." >&2
        exit 1
    fi
    exit 0
fi

missing=""
browser=${WIZARD_BROWSER_FOLDER:-/usr/bin}
for package in $wanted; do
    # A package may have got a new name (libglib2.0-0t64) that provides the old one.
    case $package in # a browser that is there already, as on machines of GitHub, where Ubuntu has none to install
        chromium) [ ! -x "$browser/chromium" ] || continue ;;
        chromium-driver) [ ! -x "$browser/chromedriver" ] || continue ;;
    esac
    dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' "$package" "${package}t64" 2>/dev/null |
        grep -q "^installed .*\b$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    sudo=""
elif sudo -n true 2>/dev/null; then
    sudo="sudo"
else
    echo "Some system packages are missing. Please run this line, then the same command again:" >&2
    echo "    sudo $install" >&2
    exit 1
fi
echo "Installing:$missing"
$sudo apt-get update -q
$sudo env DEBIAN_FRONTEND=noninteractive $install
