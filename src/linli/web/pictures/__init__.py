"""Linli's own pictures, drawn from frozen dataclasses: the façade, the ribbon and the queue.

A picture never reads the database: a selector fills the shapes (`linli.core.shapes`), a template tag (`{% load pictures %}`)
draws them. Whatever has a shape's attributes may be drawn; boards of lower layers need not import this package.
"""
