#!/usr/bin/env bash
# The engine installed alone, its tests run where there is no Django.  engine.sh [PYTEST OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
alone=$PWD/.cache/engine

if ! cmp -s requirements-engine.txt "$alone/.holds"; then
  "$VENV/bin/python" -m venv --clear "$alone"
  "$alone/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-engine.txt
  cp requirements-engine.txt "$alone/.holds"
fi
"$alone/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation ./src/linli_engine
if "$alone/bin/python" -c "import django" 2>/dev/null; then
  echo "Django has got into the engine's environment." >&2
  exit 1
fi
exec "$alone/bin/python" -m pytest --config-file src/linli_engine/pyproject.toml --rootdir . --confcutdir tests/engine \
  tests/engine "$@"
