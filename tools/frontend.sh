#!/usr/bin/env bash
# Build the TypeScript and styles into src/linli/web/static/linli; nothing to do when their sources have not changed.
source "$(dirname "$0")/env.sh"
tools/setup.sh demo
exec "$VENV/bin/python" tools/frontend.py "$@"
