# Sourced by every tool: stop at the first failure, stand in the project's folder, speak UTF-8 on any machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 PYTHONUTF8=1
VENV=$PWD/.venv
