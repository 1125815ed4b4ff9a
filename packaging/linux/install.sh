#!/bin/sh
# Puts the program of this folder into the menu of whoever runs it: install.sh [--remove]
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
data="${XDG_DATA_HOME:-$HOME/.local/share}"
bin="$HOME/.local/bin"

quietly() { # the desktop's own lists, where it keeps any
    if command -v "$1" >/dev/null 2>&1; then "$@" >/dev/null 2>&1 || :; fi
}

refresh() {
    quietly update-desktop-database "$data/applications"
    quietly update-mime-database "$data/mime"
    quietly gtk-update-icon-cache -f -t "$data/icons/hicolor"
}

case "${1:-}" in
    --remove)
        (cd "$here/share" && find applications icons mime -type f) | while read -r name; do rm -f "$data/$name"; done
        rm -f "$bin/handover-wizard"
        refresh
        if [ -z "$(ls -A "$data/mime/packages" 2>/dev/null)" ]; then rm -rf "$data/mime"; fi
        rm -f "$data/icons/hicolor/icon-theme.cache"
        [ ! -f "$data/applications/mimeinfo.cache" ] || [ -s "$data/applications/mimeinfo.cache" ] ||
            rm -f "$data/applications/mimeinfo.cache"
        find "$data/applications" "$data/icons" "$bin" -depth -type d -empty -delete 2>/dev/null || :
        echo "It is out of the menu. Delete this folder, too: $here"
        ;;
    "")
        (cd "$here/share" && find applications icons mime -type f) | while read -r name; do
            mkdir -p "$(dirname "$data/$name")"
            cp "$here/share/$name" "$data/$name"
        done
        # The link has a plain name, wherever this folder lies: some desktops cannot start what has a "%" in its name.
        # Between quotation marks an entry wants \ before four characters, and each \ doubled; sed wants it before three.
        mkdir -p "$bin"
        ln -sfn "$here/handover-wizard" "$bin/handover-wizard"
        quoted=$(printf '%s' "$bin/handover-wizard" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/[&|\\]/\\&/g')
        sed "s|^Exec=handover-wizard|Exec=\"$quoted\"|" \
            "$here/share/applications/handover-wizard.desktop" >"$data/applications/handover-wizard.desktop"
        refresh
        echo "It is in the menu now: Messenger Handover Wizard. Leave this folder where it is: $here"
        ;;
    *)
        echo "usage: $0 [--remove]" >&2
        exit 2
        ;;
esac
