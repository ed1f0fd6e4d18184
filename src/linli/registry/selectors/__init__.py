"""Reads of the register: searching people, cards of a person and a door, buildings with their doors, imports."""
