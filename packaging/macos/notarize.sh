#!/bin/sh
# Let Apple look at a disk image, and fasten its answer to it, so that Gatekeeper opens it: notarize.sh IMAGE.dmg
# MACOS_NOTARY_KEY: path of a key of App Store Connect (.p8); MACOS_NOTARY_KEY_ID, MACOS_NOTARY_ISSUER: whose it is.
# Without them it says so and does nothing.
set -eu

image=${1:?usage: notarize.sh IMAGE}
[ -f "$image" ] || { echo "$image is no file" >&2; exit 2; }

for name in MACOS_NOTARY_KEY MACOS_NOTARY_KEY_ID MACOS_NOTARY_ISSUER; do
    eval "value=\${$name:-}"
    # shellcheck disable=SC2154 # eval sets it
    if [ -z "$value" ]; then
        echo "$name is not set: the image is not notarized, and Gatekeeper will stop whoever opens it."
        exit 0
    fi
done
if [ -z "${MACOS_SIGN:-}" ]; then
    echo "MACOS_SIGN is not set, so the program is signed by nobody: Apple would refuse it. Not notarized." >&2
    exit 1
fi

answer=$(mktemp "${TMPDIR:-/tmp}/handover-notary.XXXXXX")
trap 'rm -f "$answer"' EXIT
set -- "$image" --key "$MACOS_NOTARY_KEY" --key-id "$MACOS_NOTARY_KEY_ID" --issuer "$MACOS_NOTARY_ISSUER"
xcrun notarytool submit "$@" --wait --timeout 30m --output-format json >"$answer" || { cat "$answer" >&2; exit 1; }
shift
id=$(plutil -extract id raw "$answer")
if [ "$(plutil -extract status raw "$answer")" != Accepted ]; then
    echo "Apple refused it. What it says:" >&2
    xcrun notarytool log "$id" "$@" >&2
    exit 1
fi
xcrun stapler staple "$image"
spctl --assess --type open --context context:primary-signature --verbose "$image"
echo "notarized: $image"
