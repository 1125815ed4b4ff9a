#!/bin/sh
# Make an AppImage of the frozen folder: appimage.sh FOLDER APPIMAGETOOL IMAGE
set -eu

folder=${1:?usage: appimage.sh FOLDER APPIMAGETOOL IMAGE}
tool=${2:?usage: appimage.sh FOLDER APPIMAGETOOL IMAGE}
image=${3:?usage: appimage.sh FOLDER APPIMAGETOOL IMAGE}
root=$(cd "$(dirname "$0")/.." && pwd)
[ -x "$folder/handover-wizard" ] || { echo "$folder is no frozen program" >&2; exit 2; }

stage=$(mktemp -d "${TMPDIR:-/tmp}/handover-appimage.XXXXXX")
trap 'rm -rf "$stage"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cp -R "$folder" "$stage/program"
cp "$root/packaging/linux/handover-wizard.desktop" "$root/resources/icons/handover-wizard.png" "$stage/"
# What is double-clicked opens the window; with a command it is the program of the terminal.
cat >"$stage/AppRun" <<'EOF'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/program/handover-wizard" "$@"
EOF
chmod 755 "$stage/AppRun"
ARCH=${ARCH:-$(uname -m)} APPIMAGE_EXTRACT_AND_RUN=1 "$tool" --no-appstream "$stage" "$image"
echo "made: $image"
