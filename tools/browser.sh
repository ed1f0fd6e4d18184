#!/usr/bin/env bash
# The pages in Debian's Chromium.  browser.sh [PYTEST OPTIONS]
source "$(dirname "$0")/env.sh"
tools/setup.sh dev
[ -n "${LINLI_CHROMIUM:-}" ] || tools/debian.sh chromium fonts-noto-cjk
tools/frontend.sh
LINLI_CHROMIUM=${LINLI_CHROMIUM:-$(command -v chromium)} exec "$VENV/bin/python" -m pytest tests/browser "$@"
