#!/usr/bin/env bash
# A drill under kill -9: server and database killed at ten seeded points and started again.  kill.sh [OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/python" tools/kill_drill.py "$@"
