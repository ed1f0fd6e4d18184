#!/usr/bin/env bash
# Make .venv as the lock files say. `setup.sh demo` for running Linli from a checkout, `setup.sh dev` for working on it.
# The copies of the lock files inside .venv say what it holds, so that a second call has nothing to do.
source "$(dirname "$0")/env.sh"
level=$1
oldest="import sys; sys.exit(sys.version_info < (3, 11))"

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && "$candidate" -c "$oldest" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Linli needs Python 3.11 or newer. On Debian 12: apt-get install python3. Another one: PYTHON=/path/to/python3 make ..." >&2
  return 1
}

make_venv() {
  local python
  python=$(find_python)
  "$python" -c 'import ensurepip, venv' 2>/dev/null || tools/debian.sh python3-venv
  rm -rf "$VENV"
  "$python" -m venv "$VENV"
}

holds() { cmp -s "$1" "$VENV/.holds-$1"; }

install_locked() {
  if holds "$1"; then return; fi
  echo "Installing what $1 names into .venv (once; one to three minutes)"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes \
    --requirement "$1"
  cp "$1" "$VENV/.holds-$1"
}

install_linli() {
  if holds pyproject.toml; then return; fi
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  cp pyproject.toml "$VENV/.holds-pyproject.toml"
}

exec 9>.setup.lock
if command -v flock >/dev/null; then flock 9; fi

"$VENV/bin/python" -c "import pip" 2>/dev/null || make_venv
case $level in
  dev) install_locked requirements-dev.txt ;;
  demo) holds requirements-dev.txt || install_locked requirements-build.txt ;; # the former holds the latter
  *) echo "setup.sh demo|dev" >&2; exit 2 ;;
esac
install_linli
"$VENV/bin/python" -m linli.web.catalogues # only what has changed
