#!/usr/bin/env bash
# Links, commands and generated tables of the documentation.  docs.sh --write makes the generated ones again.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
if [ "${1:-}" = --write ]; then without_database "$VENV/bin/python" tools/permissions.py docs/permissions.md; exit; fi
exec "$VENV/bin/python" -m pytest tests/docs "$@"
