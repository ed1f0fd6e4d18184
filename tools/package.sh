#!/usr/bin/env bash
# Build the wheel as `pip install .` would, and prove that everything is in it.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
rm -rf .cache/dist
"$VENV/bin/hatchling" build --target wheel --directory .cache/dist >/dev/null
exec "$VENV/bin/python" tools/package.py .cache/dist/*.whl
