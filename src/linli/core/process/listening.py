"""Where the server listens: reading `--bind`, this machine's address in the LAN, whether a port is free."""

import ipaddress
import socket
from contextlib import closing, suppress
from dataclasses import dataclass

from linli.core.problem import Problem

_SOMEWHERE_ELSE = ("192.0.2.1", 9)  # RFC 5737: nothing is sent, the kernel only picks the interface
_MOST_PORTS = 65535


@dataclass(frozen=True)
class Address:
    """Host and port to listen on."""

    host: str
    port: int

    @property
    def is_everywhere(self) -> bool:
        return self.host in ("0.0.0.0", "::")  # noqa: S104  (compared, not bound)

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine reaches it."""
        return ipaddress.ip_address(self.host).is_loopback

    def url(self, *, https: bool, host: str | None = None) -> str:
        """Return the address as a browser takes it."""
        name = host or ("localhost" if self.is_everywhere else self.host)
        scheme, usual = ("https", 443) if https else ("http", 80)
        shown = f"[{name}]" if ":" in name else name
        return f"{scheme}://{shown}" + ("" if self.port == usual else f":{self.port}")

    def is_free(self) -> bool:
        """Tell whether nobody listens there."""
        with closing(self._socket()) as probe:
            try:
                probe.bind((self.host, self.port))
            except OSError:
                return False
        return True

    def answers(self) -> bool:
        """Tell whether somebody listens there."""
        host = self.host if not self.is_everywhere else ("::1" if ":" in self.host else "127.0.0.1")
        with suppress(OSError), closing(socket.create_connection((host, self.port), timeout=1)):
            return True
        return False

    def _socket(self) -> socket.socket:
        probe = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe


def read_address(text: str) -> Address:
    """Read `ADDR:PORT`, `[ADDR]:PORT`, `:PORT` or `PORT`. Raises Problem."""
    host, _colon, port = text.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isdecimal() or not 0 < int(port) <= _MOST_PORTS or not _is_host(host):
        raise Problem(
            f"看不懂监听地址 {text}，请写成 127.0.0.1:8000 这样的形式。",
            f"{text} is no address to listen on; write it like 127.0.0.1:8000.",
            code="bind",
        )
    return Address("127.0.0.1" if host == "localhost" else host, int(port))


def demand_this_machine_only(address: Address) -> None:
    """Refuse to take the demo to the network: it shows its passwords to whoever opens it. Raises Problem."""
    if not address.is_loopback:
        raise Problem(
            f"演示会把账号和密码显示给每个打开它的人，只能在本机打开，不能用 {address.host}。真正使用请另设 LINLI_HOME。",
            f"The demo shows its accounts and passwords to whoever opens it, so it is served to this machine only and not "
            f"on {address.host}. For real work give Linli another LINLI_HOME.",
            code="demo_on_network",
        )


def lan_addresses() -> tuple[str, ...]:
    """Return this machine's addresses in the local network, the one others most likely reach first."""
    found = [*_by_route(), *_by_name()]
    return tuple(address for address in dict.fromkeys(found) if not ipaddress.ip_address(address).is_loopback)


def _by_route() -> list[str]:
    with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.connect(_SOMEWHERE_ELSE)
        return [str(probe.getsockname()[0])]
    return []


def _by_name() -> list[str]:
    with suppress(OSError):
        return [str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True
