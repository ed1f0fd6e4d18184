"""The database, before Django: Linli's own PostgreSQL, or the two roles on somebody else's.

`ensure_running(home)` starts the embedded server and returns its Cluster; `prepare(url, home)` makes the application's
role on a given server; `test_cluster()` gives tests databases that are thrown away. No module here imports Django.

Terms: a *cluster* is one PostgreSQL server with its data; the *owner* role holds the tables and runs migrations; the
*application's role* is bound by row-level security.
"""

from linli.core.postgres.cluster import Cluster, ensure_running
from linli.core.postgres.given import prepare
from linli.core.postgres.roles import Urls, check_app_role
from linli.core.postgres.throwaway import TestDatabases, test_cluster

__all__ = ["Cluster", "TestDatabases", "Urls", "check_app_role", "ensure_running", "prepare", "test_cluster"]
