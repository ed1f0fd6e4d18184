#!/usr/bin/env bash
# Every test that needs neither a browser nor Node.  test.sh [PYTEST OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/python" -m pytest --ignore=tests/browser "$@"
