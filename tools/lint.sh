#!/usr/bin/env bash
# Style and formatting of Python; syntax of shell.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
"$VENV/bin/ruff" check --output-format concise .
"$VENV/bin/ruff" format --check --quiet . || { echo "Not in standard form (make format):"; "$VENV/bin/ruff" format --check .; }
for script in tools/*.sh .ci/run; do bash -n "$script"; done
