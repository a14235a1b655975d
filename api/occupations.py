"""The occupations that a worker can choose from."""

from typing import Any

from flask.views import MethodView

from api.smorest import Blueprint, ports
from models.occupations import OccupationEntry
from models.values.page import Page
from schemas.occupation import OccupationPageSchema, OccupationQuerySchema
from services import occupations

blp = Blueprint("occupations", __name__, url_prefix="/v1/occupations", description="What people do")


@blp.route("")
class Occupations(MethodView):
    @blp.conditional(public=True)
    @blp.arguments(OccupationQuerySchema, location="query")
    @blp.response(200, OccupationPageSchema)
    def get(self, query: dict[str, Any]) -> Page[OccupationEntry]:
        """Find an occupation

        By its name in Indonesian or English and by what people call it, best first. Where
        nothing has all the words, what has the most of them.
        """
        return occupations.search(ports(), query["q"], query["page"])
