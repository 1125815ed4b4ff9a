#!/bin/sh
# Freeze the program on Linux, Windows or macOS and list its parts. What goes in comes from an environment that is made empty
# here, so that nothing counts that somebody installed before: pip never compares the sums of what is there already.
set -eu
cd "$(dirname "$0")/.."

: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date -r wizard/core/version.py +%s)}"
PYTHONHASHSEED=0
export SOURCE_DATE_EPOCH PYTHONHASHSEED
unset PYTHONPATH PYTHONHOME PIP_CONSTRAINT PIP_BUILD_CONSTRAINT

"${PYTHON:-python}" -m venv --clear build/locked
python=build/locked/bin/python
[ -x "$python" ] || python=build/locked/Scripts/python.exe # Windows
for list in pip locked; do
    "$python" -m pip install -q --disable-pip-version-check --require-hashes -r "packaging/$list.txt"
done
"$python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
"$python" packaging/words.py compile
"$python" -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath dist --workpath build/frozen packaging/handover-wizard.spec
"$python" -m pip install -q --disable-pip-version-check --require-hashes --upgrade --target build/tools -r packaging/tools.txt
"$python" packaging/sbom.py dist/messenger-handover-wizard.cdx.json build/tools
