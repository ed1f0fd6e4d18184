"""Decisions of a round, each a table: what becomes of a target, which facts are taken, when a round may close."""
