"""The areas of Indonesia, for choosing where one lives."""

from typing import Any

from flask.views import MethodView

from api.reading import Faulty, PlacedFault
from api.smorest import Blueprint, ports
from models.listed_region import ListedRegion
from models.values.page import Page
from models.values.person_faults import NOT_A_REGION_CODE
from schemas.region import (
    ChildrenQuerySchema,
    RegionPageSchema,
    RegionSchema,
    RegionSearchSchema,
)
from schemas.region_code import has_lost_its_dots
from services import regions
from services.regions import RegionNotFound

blp = Blueprint(
    "regions",
    __name__,
    url_prefix="/v1/regions",
    description="Provinces, regencies, districts and villages",
)


@blp.route("")
class Regions(MethodView):
    @blp.conditional(public=True)
    @blp.arguments(ChildrenQuerySchema, location="query")
    @blp.response(200, RegionPageSchema)
    @blp.problems(RegionNotFound)
    def get(self, query: dict[str, Any]) -> Page[ListedRegion]:
        """List the parts of an area

        By name. Without a parent the 38 provinces; then the regencies of a province, the
        districts of a regency, the villages of a district.
        """
        return regions.children(ports(), query["parent"], query["page"])


@blp.route("/search")
class RegionSearch(MethodView):
    @blp.conditional(public=True)
    @blp.arguments(RegionSearchSchema, location="query")
    @blp.response(200, RegionPageSchema)
    def get(self, query: dict[str, Any]) -> Page[ListedRegion]:
        """Find an area while its name is being typed

        Best first: the very name, names that begin so, names with all the words, and names
        with some of them in areas with the others. Larger areas before smaller ones. Case,
        accents, signs and the order of words do not matter, nor whether a name is written
        as one word or as two. One to three letters find the names that begin with them or
        have them as a word.
        """
        return regions.search(ports(), query["q"], query["page"])


@blp.route("/<code>")
class Region(MethodView):
    @blp.conditional(public=True)
    @blp.response(200, RegionSchema)
    @blp.problems(RegionNotFound)
    def get(self, code: str) -> ListedRegion:
        """Show an area and those around it"""
        if has_lost_its_dots(code):
            raise Faulty([PlacedFault("parameter", "code", NOT_A_REGION_CODE)])
        return regions.find(ports(), code)
