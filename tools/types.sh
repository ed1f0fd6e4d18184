#!/usr/bin/env bash
# Strict types of everything in Python. The Django plugin reads the settings and opens no database.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/mypy" "$@"
