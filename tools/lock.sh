#!/usr/bin/env bash
# Pin every dependency for Python 3.11 and newer on every platform, with hashes and without the address of any index.
# lock.sh --upgrade takes the newest versions; without it only what pyproject.toml asks for changes.
source "$(dirname "$0")/env.sh"

if ! uv=$(command -v uv); then
  uv=$PWD/.cache/uv/bin/uv
  [ -x "$uv" ] || { python3 -m venv .cache/uv; .cache/uv/bin/pip install --quiet --disable-pip-version-check uv; }
fi

compile() {
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"
}

compile "$@" pyproject.toml --output-file requirements.txt
compile "$@" pyproject.toml --group pyproject.toml:build --constraint requirements.txt --output-file requirements-build.txt
compile "$@" pyproject.toml --group pyproject.toml:dev --constraint requirements-build.txt --output-file requirements-dev.txt
engine=src/linli_engine/pyproject.toml
compile "$@" $engine --group $engine:test --group $engine:build --constraint requirements-dev.txt --output-file requirements-engine.txt
