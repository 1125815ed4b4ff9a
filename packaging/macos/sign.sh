#!/bin/sh
# Sign the program, from the inside out, with the hardened runtime: sign.sh "Messenger Handover Wizard.app"
# MACOS_SIGN names a certificate of the keychain ("Developer ID Application: ..."). Without it the program is signed by
# nobody (ad hoc): it runs on this Mac, under the same runtime; elsewhere Gatekeeper stops it.
set -eu

app=${1:?usage: sign.sh APP}
here=$(cd "$(dirname "$0")" && pwd)
contents="$app/Contents"
[ -d "$contents/MacOS" ] || { echo "$app is no program" >&2; exit 2; }

identity=${MACOS_SIGN:-}
if [ -n "$identity" ]; then
    stamp=--timestamp # what notarization wants; asks a server of Apple for the time
else
    echo "MACOS_SIGN is not set: the program is signed ad hoc, and other Macs will refuse to open it."
    identity=-
    stamp=--timestamp=none
fi

sign() {
    codesign --force --options runtime "$stamp" --sign "$identity" "$@"
}

# The terminal's command, which the window also starts its practice world with, is the same program.
ln -sf handover-wizard "$contents/MacOS/handover-wizard-console"

find "$contents/Frameworks" -type f \( -name '*.so' -o -name '*.dylib' \) | while IFS= read -r library; do
    sign "$library"
done
find "$contents/Frameworks" -type d -name '*.framework' -prune | while IFS= read -r framework; do
    sign "$framework"
done
# Any other program code, such as Python's own library, which has no ending.
find "$contents/Frameworks" -type f ! -name '*.so' ! -name '*.dylib' ! -path '*.framework/*' | while IFS= read -r file; do
    case $(file -b "$file") in *Mach-O*) sign "$file" ;; esac
done

# Signing changed what the program loads, and with it the list by which it knows its own files.
"${PYTHON:-python3}" "$here/../macos_bundle.py" list "$app"

sign --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"
echo "signed: $app"
