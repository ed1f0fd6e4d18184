"""Composition only: settings, URLs, base templates and the front-end bundle."""
