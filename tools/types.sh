#!/usr/bin/env bash
# Strict types of everything in Python. The Django plugin reads the settings and opens no database.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
# The settings make their keys on import: in a scratch home, and nothing listens at the address.
export LINLI_HOME=$PWD/.cache/home LINLI_DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing
exec "$VENV/bin/mypy" "$@"
