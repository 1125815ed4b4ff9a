#!/bin/sh
# Freeze the program on Windows or macOS and list its parts, with the Python that is active; Linux: make packages.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python}
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
PYTHONHASHSEED=0
export SOURCE_DATE_EPOCH PYTHONHASHSEED

"$python" -m pip install -q --require-hashes -r packaging/locked.txt
"$python" -m pip install -q --no-deps --no-build-isolation -e .
"$python" packaging/words.py compile
"$python" -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath dist --workpath build/frozen packaging/handover-wizard.spec
"$python" -m pip install -q --require-hashes --upgrade --target build/tools -r packaging/tools.txt
"$python" packaging/sbom.py dist/messenger-handover-wizard.cdx.json build/tools
