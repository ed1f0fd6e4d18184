#!/usr/bin/env bash
# Strict types: Python (mypy, whose Django plugin reads the settings) and TypeScript.  types.sh [MYPY OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
without_database "$VENV/bin/mypy" --show-traceback "$@"
tools/frontend.sh types
