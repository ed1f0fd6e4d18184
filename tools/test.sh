#!/usr/bin/env bash
# Every test that needs neither a browser, nor Node, nor a server of its own (processes.sh has those), on up to four cores.
# test.sh [PYTEST OPTIONS] (-n0 for one process)
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/python" -m pytest --ignore=tests/browser --ignore=tests/core/process --ignore=tests/core/postgres \
  --numprocesses auto --maxprocesses 4 --dist worksteal "$@"
