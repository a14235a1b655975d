"""Many workers' cover at once, for a partner."""

from typing import Any

from flask.views import MethodView

from api.auth import partner
from api.smorest import Blueprint, ports
from models.values.scope import Scope
from schemas.partner_link import CoverageAnswersSchema, CoverageQueriesSchema
from services.callers import PartnerCaller
from services.links import shown
from services.links.shown import SeenLink

# A thousand names of 64 characters, each of them written as \uXXXX.
LARGEST_QUERY = 512 * 1024

blp = Blueprint(
    "coverage-queries",
    __name__,
    url_prefix="/v1/partner/coverage-queries",
    description="Many workers' cover at once",
)


@blp.route("")
class CoverageQueries(MethodView):
    @partner(Scope.READ)
    @blp.arguments(CoverageQueriesSchema, limit=LARGEST_QUERY)
    @blp.response(200, CoverageAnswersSchema)
    def post(self, body: dict[str, list[str]], caller: PartnerCaller) -> dict[str, Any]:
        """Ask about many workers at once

        By your own names, up to 1,000. There is one answer for each, in the order asked, also where
        a name is repeated or unknown. Where a link has ended and another stands under the same name,
        the answer is about the one that stands. Nothing is changed by asking.
        """
        found: list[SeenLink] = list(shown.query(ports(), caller, body["external_ids"]))
        return {"items": found}
