#!/bin/sh
# The committed source, packed twice in two folders of different names, must give the same bytes: reproducible.sh
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work="$root/build/reproducible"
rm -rf "$work"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}"
for place in first a/second/place/of/another/name; do
    mkdir -p "$work/$place"
    git -C "$root" archive HEAD | tar -x -C "$work/$place"
    make -C "$work/$place" packages
    (cd "$work/$place/dist" && sha256sum -- *.deb *.tar.xz) >"$work/$(basename "$place").sha256"
done
cat "$work/first.sha256"
cmp "$work/first.sha256" "$work/name.sha256"
echo "Two builds of the same source gave the same bytes."
