"""Which database a command uses, and for how long it keeps the embedded one running."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linli.core.home import home
from linli.core.postgres import Urls, ensure_running, prepare
from linli.core.postgres.cluster import Cluster, cluster_of
from linli.core.postgres.locks import is_held, open_lock, try_lock
from linli.core.postgres.waiting import until
from linli.core.problem import Problem

APP_URL = "LINLI_APP_DATABASE_URL"
OWNER_URL = "LINLI_OWNER_DATABASE_URL"
WAIT_SECONDS = 120


@contextmanager
def database() -> Iterator[Urls]:
    """Give both addresses for the block and export them; children inherit them and start nothing themselves."""
    if APP_URL in os.environ:
        yield Urls(os.environ[APP_URL], os.environ.get(OWNER_URL, ""))
    elif given := os.environ.get("LINLI_DATABASE_URL"):
        yield _exported(prepare(given, home(), os.environ.get(OWNER_URL)))
    else:
        with in_use(home()) as cluster:
            yield _exported(cluster.urls())


@contextmanager
def in_use(folder: Path) -> Iterator[Cluster]:
    """Keep the embedded database running for the block. Whoever leaves last stops it."""
    place = cluster_of(folder).place
    descriptor = open_lock(place.users_lock)
    try:
        if not until(lambda: try_lock(descriptor, shared=True), WAIT_SECONDS):
            raise Problem(
                "数据库正在停止，请稍后再试。", "The database is being stopped; try again later.", code="busy"
            )
        yield ensure_running(folder)
    finally:
        os.close(descriptor)
        stop_if_unused(folder)


def stop_if_unused(folder: Path) -> bool:
    """Stop the embedded database unless a command uses it; tell whether nothing of it is left."""
    cluster = cluster_of(folder)
    descriptor = open_lock(cluster.place.users_lock)
    try:
        if try_lock(descriptor) and cluster.is_alive():
            cluster.stop()
    finally:
        os.close(descriptor)
    return not cluster.is_alive()


def is_in_use(folder: Path) -> bool:
    """Tell whether any command uses the embedded database."""
    return is_held(cluster_of(folder).place.users_lock)


def urls_in_use() -> Urls:
    """Return both addresses without starting anything."""
    given = os.environ.get("LINLI_DATABASE_URL")
    return prepare(given, home(), os.environ.get(OWNER_URL)) if given else cluster_of(home()).urls()


def _exported(urls: Urls) -> Urls:
    os.environ.update({APP_URL: urls.app, OWNER_URL: urls.owner})
    return urls
