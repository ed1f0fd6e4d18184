#!/usr/bin/env bash
# Strict types: Python (mypy, Django's plugin included) and TypeScript.  types.sh [MYPY OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
# The plugin imports the settings, which make their keys: in a scratch home. Nothing listens at the address.
LINLI_HOME=$PWD/.cache/home LINLI_DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing "$VENV/bin/mypy" "$@"
tools/frontend.sh types
