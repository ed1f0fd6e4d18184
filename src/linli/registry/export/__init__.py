"""The register written out: a table that an office edits and imports back, or JSON for other systems."""

from linli.registry.export.json_file import write_json
from linli.registry.export.tables import write_csv, write_xlsx

WRITERS = {"xlsx": write_xlsx, "csv": write_csv, "json": write_json}
FORMATS = tuple(WRITERS)
