"""The two roles: the owner holds the tables, the application's role is bound by row-level security."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from linli.core.problem import Problem

OWNER = "linli_owner"
APP = "linli_app"
DATABASE = "linli"


@dataclass(frozen=True)
class Urls:
    """Addresses of one database, as the application's role and as its owner."""

    app: str
    owner: str

    def of(self, role: str) -> str:
        return self.owner if role == "owner" else self.app

    def with_database(self, name: str) -> "Urls":
        return replace(self, app=with_database(self.app, name), owner=with_database(self.owner, name))


def make_url(user: str, password: str | None, database: str, host: str, port: str | int = 5432, **options: str) -> str:
    """Return a `postgresql://` address; a socket folder goes into `host=`."""
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    local = host.startswith(("/", "@"))
    where = "" if local else f"{f'[{host}]' if ':' in host else host}:{port}"
    if local:
        options = {"host": host, "port": str(port)} | options
    query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in options.items())
    return f"postgresql://{who}@{where}/{quote(database, safe='')}" + (f"?{query}" if query else "")


def with_database(url: str, name: str) -> str:
    """Return the same address for another database of the server."""
    return with_parts(url, dbname=name)


def with_parts(url: str, **changed: str) -> str:
    """Return the address with some of `user`, `password`, `dbname` changed. Raises Problem when it is none."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None} | changed
    user, password, database = parts.pop("user", ""), parts.pop("password", None), parts.pop("dbname", "")
    host, port = parts.pop("host", "localhost"), parts.pop("port", "5432")
    return make_url(user, password, database or user, host, port, **parts)


def make_login_role(connection: Connection, name: str, password: str, *, options: str) -> None:
    """Make the role, or give it this password and these options."""
    exists = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    verb = sql.SQL("alter role" if exists else "create role")
    connection.execute(
        sql.SQL("{} {} login nosuperuser nobypassrls noreplication {} password {}").format(
            verb, sql.Identifier(name), sql.SQL(options), sql.Literal(password)
        )
    )


def check_app_role(connection: Connection) -> None:
    """Raise Problem when row-level security would not bind the role of this connection."""
    found = connection.execute(
        """
        select current_user, rolsuper, rolbypassrls,
               pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'usage'),
               exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                       where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                         and c.relpersistence <> 't' and pg_has_role(current_user, c.relowner, 'usage'))
          from pg_roles where rolname = current_user
        """
    ).fetchone()
    assert found is not None
    role, *too_mighty = found
    names = ("SUPERUSER", "BYPASSRLS", "database owner", "table owner")
    reasons = [name for name, holds in zip(names, too_mighty, strict=True) if holds]
    if reasons:
        said = ", ".join(reasons)
        raise Problem(
            f"数据库角色 {role} 权限过大（{said}），行级安全策略管不住它，拒绝以它运行。请在 "
            "LINLI_DATABASE_URL 中使用普通角色，"
            "并把所有者的地址写入 LINLI_OWNER_DATABASE_URL。",
            f"The database role {role} is too mighty ({said}): row-level security does not bind it. Put an "
            "ordinary role into "
            "LINLI_DATABASE_URL and the owner's address into LINLI_OWNER_DATABASE_URL.",
            code="role_too_mighty",
        )
