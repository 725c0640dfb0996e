"""A new gradebook says which of nbgrader's schemas it has, for ``nbgrader db upgrade``.

nbgrader would start the program `alembic` to be told that, which takes longer than all else that a new
gradebook needs. To a gradebook that has a version it adds the tables that are missing, and asks no more.
"""

from __future__ import annotations

from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool


def note_version(db_url: str) -> None:
    """Write the version into a database that has no tables yet."""
    engine = create_engine(db_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if inspect(connection).get_table_names():
            return
        from alembic.script import ScriptDirectory  # noqa: PLC0415 - costs every command what one needs

        version = ScriptDirectory(ALEMBIC_DIR).get_current_head()
        connection.exec_driver_sql("BEGIN")  # SQLite's driver would not begin before it makes a table
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})
        connection.exec_driver_sql("COMMIT")
