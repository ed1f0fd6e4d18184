#!/usr/bin/env bash
# Make sure that Debian packages are there: install them as root, name them otherwise.  debian.sh PACKAGE...
source "$(dirname "$0")/env.sh"

missing=()
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Needed and not found: ${missing[*]} (these are the names on Debian)." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "Needed: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
