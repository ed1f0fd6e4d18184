# Sourced by every tool: stop at the first failure, stand in the project's folder, speak UTF-8 on any machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 PYTHONUTF8=1
VENV=$PWD/.venv

# Run something that reads the settings and needs no database: in a home of its own, and nothing listens at the address.
without_database() {
  LINLI_HOME=$PWD/.cache/home LINLI_DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing "$@"
}
