#!/bin/sh
# Sign programs for Windows, on Linux: sign.sh FILE...
# WINDOWS_CERTIFICATE: path of the certificate with its key (.pfx); WINDOWS_PASSWORD_FILE: path of a file with its password.
# WINDOWS_TIMESTAMP: address of a time server, so that the signature outlives the certificate; "" asks none.
set -eu

certificate=${WINDOWS_CERTIFICATE:?sign.sh: WINDOWS_CERTIFICATE is not set}
password=${WINDOWS_PASSWORD_FILE:?sign.sh: WINDOWS_PASSWORD_FILE is not set}
server=${WINDOWS_TIMESTAMP-http://timestamp.digicert.com}

for file; do
    signed="$file.signed"
    set -- sign -pkcs12 "$certificate" -readpass "$password" -h sha256 -n "Messenger Handover Wizard"
    [ -z "$server" ] || set -- "$@" -ts "$server"
    osslsigncode "$@" -in "$file" -out "$signed"
    mv "$signed" "$file"
done
