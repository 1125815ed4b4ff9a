#!/bin/sh
# Try a disk image on a Mac: open it, copy the program out of it, look at its signature, and let it prove itself.
# try_image.sh IMAGE.dmg
set -eu

image=${1:?usage: try_image.sh IMAGE}
[ -f "$image" ] || { echo "$image is no file" >&2; exit 2; }

place=$(mktemp -d "${TMPDIR:-/tmp}/handover-image.XXXXXX")
trap 'hdiutil detach "$place/disk" >/dev/null 2>&1 || :; rm -rf "$place"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

hdiutil attach -nobrowse -readonly -mountpoint "$place/disk" "$image" >/dev/null
cp -R "$place/disk/Messenger Handover Wizard.app" "$place/"
codesign --verify --deep --strict --verbose=2 "$place/Messenger Handover Wizard.app"
"$place/Messenger Handover Wizard.app/Contents/MacOS/handover-wizard-console" self-test --json
echo "tried: $image"
