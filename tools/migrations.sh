#!/usr/bin/env bash
# Fails when a model has changed and its migration is missing.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
exec "$VENV/bin/linli" makemigrations --check --dry-run
