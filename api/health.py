"""Whether this process lives, and whether it can do its work."""

from functools import cache
from pathlib import Path

from flask.views import MethodView

from api.refusals import ServiceUnavailable
from api.smorest import Blueprint, ports
from models.schema_version import select_schema_version
from schemas.base import Schema
from schemas.fields import Text

VERSIONS = Path(__file__).resolve().parents[1] / "migrations" / "versions"

blp = Blueprint("health", __name__, description="For load balancers and supervisors")


class HealthSchema(Schema):
    status = Text(required=True, dump_only=True, example="ok")


OK = {"status": "ok"}


class MigrationsPending(ServiceUnavailable):
    """The database lacks migrations that this program was written for."""


@blp.route("/healthz")
class Health(MethodView):
    @blp.response(200, HealthSchema)
    def get(self) -> dict[str, str]:
        """Is the process alive?

        Says nothing about the database; see `/readyz`.
        """
        return OK


@blp.route("/readyz")
class Readiness(MethodView):
    @blp.response(200, HealthSchema)
    @blp.problems(ServiceUnavailable)
    def get(self) -> dict[str, str]:
        """Can it do its work?

        The database answers, and has the schema that this version was written for, or a later one.
        """
        with ports().transactions.reading() as session:
            version = session.scalar(select_schema_version())
        # One that is unknown here is newer: the schema moves on before the programs do.
        if version is None or version in earlier_versions():
            raise MigrationsPending
        return OK


@cache
def versions() -> tuple[str, ...]:
    """The migrations that come with this program, in their order: their files begin with them.

    Not from alembic, which for this alone would take 12 MB of every web process.
    """
    return tuple(sorted(each.name[:4] for each in VERSIONS.glob("[0-9]*.py")))


@cache
def earlier_versions() -> frozenset[str]:
    """All but the last one."""
    return frozenset(versions()[:-1])
