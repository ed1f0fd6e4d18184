"""Addresses by which a phone reaches this server with and without HTTPS."""

from django.conf import settings

from linli.core.process.listening import Address, read_address


def secure_address(host: str) -> str:
    """Return the HTTPS address of the server for whoever reached the plain port under this host, `name` or `name:port`."""
    return Address(_name_of(host), read_address(settings.LINLI_BIND).port).url(https=True)


def _name_of(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).strip("[]")
