#!/usr/bin/env bash
# The demo from a bare checkout: environment, pages, server.  demo.sh [OPTIONS OF linli demo]
source "$(dirname "$0")/env.sh"
tools/setup.sh demo
tools/frontend.sh
exec "$VENV/bin/linli" demo "$@"
