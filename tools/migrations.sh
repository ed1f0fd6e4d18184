#!/usr/bin/env bash
# Fails when a model has changed and its migration is missing.
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
# Django would like to compare with a database's history, and warns that there is none.
without_database "$VENV/bin/python" -W ignore::RuntimeWarning -m django makemigrations --check --dry-run \
  --settings linli.web.settings
