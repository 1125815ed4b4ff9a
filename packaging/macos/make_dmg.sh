#!/bin/sh
# Put the program into a disk image, beside the folder to drag it to: make_dmg.sh APP IMAGE.dmg
# MACOS_SIGN, as for sign.sh, also signs the image.
set -eu

app=${1:?usage: make_dmg.sh APP IMAGE}
image=${2:?usage: make_dmg.sh APP IMAGE}
[ -d "$app/Contents" ] || { echo "$app is no program" >&2; exit 2; }

stage=$(mktemp -d "${TMPDIR:-/tmp}/handover-dmg.XXXXXX")
trap 'rm -rf "$stage"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cp -R "$app" "$stage/" # -R keeps the links inside, which the signature covers
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname "Messenger Handover Wizard" -srcfolder "$stage" -fs HFS+ -format ULMO "$image"
if [ -n "${MACOS_SIGN:-}" ]; then
    codesign --force --timestamp --sign "$MACOS_SIGN" "$image"
else
    echo "MACOS_SIGN is not set: the disk image is not signed."
fi
hdiutil verify "$image"
echo "made: $image"
