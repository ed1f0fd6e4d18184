"""`linli backup`: one consistent copy of the database in one file."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import psycopg

from linli import __version__
from linli.core.problem import Problem
from linli.core.process.archive import Manifest, writing
from linli.core.process.client_programs import CHUNK, output_of, program_for
from linli.core.process.schema_state import recorded


def back_up(owner_url: str, target: Path, *, key: str, now: datetime, audit: Mapping[int, tuple[int, str]]) -> Manifest:
    """Write the backup to `target`, whole or not at all; an earlier backup there is replaced. Raises Problem."""
    if not target.parent.is_dir():
        raise Problem(f"没有目录 {target.parent}。", f"There is no folder {target.parent}.", code="no_folder")
    with psycopg.connect(owner_url) as connection:
        server = connection.info.server_version
        heads = {str(community): head for community, head in audit.items()}
        manifest = Manifest(__version__, recorded(connection) or "", now.isoformat(), str(server), key, heads)
    program = program_for("pg_dump", server // 10000)
    command = [program, "--format=custom", "--no-owner", "--no-privileges"]
    with writing(target, manifest) as stream, output_of(command, owner_url) as dump:
        shutil.copyfileobj(dump, stream, CHUNK)
    return manifest
