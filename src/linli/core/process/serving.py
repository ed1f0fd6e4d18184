"""Put the parts of `linli serve` together: addresses, certificate, children, and what to tell the operator."""

import ipaddress
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from linli.core.postgres.waiting import until
from linli.core.problem import Problem
from linli.core.process.given_certificate import usable_pair
from linli.core.process.listening import Address, lan_addresses
from linli.core.process.local_ca import Pair, authority_certificate, is_private, server_certificate
from linli.core.process.running import the_only_one
from linli.core.process.supervisor import (
    Child,
    DatabaseWatch,
    Supervisor,
    first_visit_command,
    web_command,
    worker_command,
)

MOST_WORKERS = 4
PORT_SECONDS = 3


@dataclass(frozen=True)
class Serving:
    """What the operator asked for."""

    home: Path
    address: Address
    workers: int | None
    given: tuple[Path | None, Path | None]
    local_ca: bool
    plain_port: int | None = None
    """HTTP port where phones first come for the authority's certificate, beside `--local-ca`."""


@dataclass(frozen=True)
class Ready:
    """What the operator is told: where the pages are, for this machine and for others."""

    url: str
    lan_urls: tuple[str, ...]
    https: bool
    authority: Path | None
    first_visit_urls: tuple[str, ...] = ()
    """Where phones come to trust the server, the address that most of them reach first."""


def serve(serving: Serving, now: datetime, on_ready: Callable[[Ready], bool]) -> None:
    """Run until told to stop. Raises Problem when it cannot start. `on_ready` is called until it returns True."""
    with the_only_one(serving.home):
        pair = _certificate(serving, now)
        address = serving.address
        if not until(address.is_free, PORT_SECONDS, every_seconds=0.2):
            raise _port_taken(address)
        plain = _plain(serving)
        ready = _ready(serving, plain, https=pair is not None)
        _tell_settings(address, ready)
        secure = (pair.certificate, pair.key) if pair else None
        workers = serving.workers or min(MOST_WORKERS, os.cpu_count() or 1)
        web = web_command(address.host, address.port, workers, secure)
        first_visit = [Child("first visit", first_visit_command(plain.host, plain.port))] if plain else []
        Supervisor(
            home=serving.home,
            children=[
                Child("web", web),
                Child("worker", worker_command("default")),
                Child("drills", worker_command("drills")),
                Child("figures", worker_command("figures")),
                *first_visit,
            ],
            database=DatabaseWatch(serving.home, embedded="LINLI_DATABASE_URL" not in os.environ),
            facts={"url": ready.url, "lan": list(ready.lan_urls), "started": now.isoformat()},
            on_ready=lambda: on_ready(ready),
            is_ready=address.answers,
        ).run()


def _certificate(serving: Serving, now: datetime) -> Pair | None:
    certificate, key = serving.given
    if serving.local_ca and (certificate or key):
        raise _problem("--local-ca 与 --cert、--key 只能选一种。", "Give either --local-ca or --cert and --key.")
    if bool(certificate) != bool(key):
        raise _problem("--cert 和 --key 要一起给出。", "--cert and --key go together.")
    if certificate and key:
        return usable_pair(serving.home, certificate.absolute(), key.absolute())
    if serving.local_ca:
        return server_certificate(serving.home, _reachable(serving.address), now)
    return None


def _plain(serving: Serving) -> Address | None:
    """Return where phones first come without HTTPS, or None. Raises Problem when that port is taken."""
    if not (serving.local_ca and serving.plain_port):
        return None
    plain = Address(serving.address.host, serving.plain_port)
    if plain == serving.address or not until(plain.is_free, PORT_SECONDS, every_seconds=0.2):
        raise _port_taken(plain, "--plain-port")
    return plain


def _reachable(address: Address) -> tuple[str, ...]:
    if not address.is_everywhere:
        return (address.host,)
    return tuple(each for each in lan_addresses() if is_private(each))


def _ready(serving: Serving, plain: Address | None, *, https: bool) -> Ready:
    address = serving.address
    others = [each for each in _reachable(address) if not ipaddress.ip_address(each).is_loopback]
    return Ready(
        url=address.url(https=https),
        lan_urls=tuple(address.url(https=https, host=each) for each in others),
        https=https,
        authority=authority_certificate(serving.home) if serving.local_ca else None,
        first_visit_urls=tuple(plain.url(https=False, host=each) for each in _reachable(plain)) if plain else (),
    )


def _tell_settings(address: Address, ready: Ready) -> None:
    """Tell the children what only the supervisor knows."""
    os.environ["LINLI_HTTPS"] = "1" if ready.https else "0"
    os.environ["LINLI_BIND"] = f"{address.host}:{address.port}"
    os.environ["LINLI_FIRST_VISIT"] = ",".join(ready.first_visit_urls)


def _port_taken(address: Address, option: str = "--bind") -> Problem:
    return Problem(
        f"{address.host}:{address.port} 已被别的程序占用，或不是本机地址。请用 {option} 换一个。",
        f"{address.host}:{address.port} is used by another program, or is not this machine's; choose another "
        f"with {option}.",
        code="port_taken",
    )


def _problem(zh: str, en: str) -> Problem:
    return Problem(zh, en, code="options")
