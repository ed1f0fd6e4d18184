"""What has to be built before the package is whole: the front-end bundle and the compiled catalogues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LinliBuildHook(BuildHookInterface[Any]):
    """Builds both into the source tree, from which wheel and sdist take them; an editable install needs neither."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root), str(root / "src")]
        from linli.web import catalogues
        from tools import frontend

        frontend.build(root)
        catalogues.compile_all()
