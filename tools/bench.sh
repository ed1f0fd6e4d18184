#!/usr/bin/env bash
# Timings and solution quality.  bench.sh [FAMILY] [OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/python" -m benchmarks "$@"
