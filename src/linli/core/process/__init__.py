"""Linli as processes: which database a command uses, `serve` and `stop`, backup and restore, certificates for the LAN.

Only the management commands that call this know Django. A *supervisor* is the process of `linli serve`: it starts web
server, jobs worker and embedded database, restarts what dies, and takes them with it when it ends.
"""
