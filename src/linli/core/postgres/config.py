"""What the embedded server is told: local connections only, every commit on disk before it is acknowledged."""

import os
import pwd
import sys
from pathlib import Path

from linli.core.postgres.place import PORT, Place

SUPERUSER = "linli_superuser"
MOST_CONNECTIONS = 120
_MEGABYTE = 1 << 20

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def write_config(place: Place, data: Path, durability: dict[str, str]) -> None:
    """Write our settings beside PostgreSQL's own; `local.conf` in the same folder is the operator's and comes last."""
    settings = _settings(place) | durability
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    place.write(data / "linli.conf", "\n".join([*lines, "include_if_exists 'local.conf'", ""]))
    place.write(data / "pg_hba.conf", f"local all {SUPERUSER} peer map=linli\nlocal all all scram-sha-256\n")
    place.write(data / "pg_ident.conf", f"linli {_system_name()} {SUPERUSER}\n")
    main = data / "postgresql.conf"
    if "linli.conf" not in (text := main.read_text()):
        place.write(main, f"{text}\ninclude 'linli.conf'\n")


def _system_name() -> str:
    """Return the operating system's name of whoever runs this; the environment does not decide it."""
    return pwd.getpwuid(os.geteuid()).pw_name


def _settings(place: Place) -> dict[str, str]:
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(place.socket_folder),
        "unix_socket_permissions": "0700",
        "max_connections": str(MOST_CONNECTIONS),
        "password_encryption": "scram-sha-256",
        "shared_buffers": f"{_shared_megabytes()}MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_min_messages": "warning",
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_error_verbosity": "terse",
        "cluster_name": "linli",
        "jit": "off",
        "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
    }


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _shared_megabytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEGABYTE
    return min(max(memory // 8, 64), 1024)
