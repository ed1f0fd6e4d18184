#!/usr/bin/env bash
# Sort imports, mend what is safe to mend, and lay the code out.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
"$VENV/bin/ruff" check --fix-only --quiet .
"$VENV/bin/ruff" format .
