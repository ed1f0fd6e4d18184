#!/usr/bin/env bash
# Layers (.importlinter) and our own rules about code (tests/architecture).
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
"$VENV/bin/lint-imports" --no-logo
exec "$VENV/bin/python" -m pytest tests/architecture
