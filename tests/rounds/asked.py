"""What the database was asked, in short."""

from django.test.utils import CaptureQueriesContext


def writes_of_targets(asked: CaptureQueriesContext) -> list[str]:
    """Return how the rows of targets were locked and written, in order."""
    kinds = {"update": "update rounds_target", "lock": "for no key update"}
    texts = [query["sql"].lower().replace('"', "") for query in asked.captured_queries]
    said = [
        next((kind for kind, words in kinds.items() if words in text), "") for text in texts if "rounds_target" in text
    ]
    return [kind for kind in said if kind]
