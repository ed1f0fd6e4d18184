#!/usr/bin/env bash
# The front end's own tests, then the pages in Debian's Chromium (or in the one that LINLI_CHROMIUM names), two servers side by side.
# browser.sh [PYTEST OPTIONS] (-n0 for one process)
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
tools/frontend.sh test
tools/frontend.sh
[ -n "${LINLI_CHROMIUM:-}" ] || tools/debian.sh chromium fonts-noto-cjk libnss3-tools
export LINLI_CHROMIUM=${LINLI_CHROMIUM:-$(command -v chromium)}
exec "$VENV/bin/python" -m pytest tests/browser --numprocesses 2 --dist loadfile "$@"
