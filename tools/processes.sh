#!/usr/bin/env bash
# The tests that start, kill, back up and restore whole servers.  processes.sh [PYTEST OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/python" -m pytest tests/core/process tests/core/postgres --numprocesses auto --maxprocesses 4 --dist loadfile "$@"
