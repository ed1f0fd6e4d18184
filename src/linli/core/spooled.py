"""A file that was written for one person, handed over as a download."""

from pathlib import Path

from django.http import FileResponse


class Spooled(FileResponse):
    """A file that goes once it was sent; with `keep` it waits for upkeep, so that a broken download can be repeated."""

    def __init__(self, path: Path, name: str, *, keep: bool = False) -> None:
        self.path, self.keep = path, keep
        super().__init__(path.open("rb"), as_attachment=True, filename=name)

    def close(self) -> None:
        super().close()
        if not self.keep:
            self.path.unlink(missing_ok=True)
