"""Occupations, as forms show them."""

from models.values.sector import Sector
from schemas.base import Schema
from schemas.fields import Choice, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField


class OccupationChoiceSchema(Schema):
    code = Text(required=True, dump_only=True, example="TR01")
    name = WordsField(required=True, example="Pengemudi ojek online (motor)")
    sector = Choice(Sector, required=True, about="It decides which relief there is.")
    aliases = Listed(
        Text(dump_only=True, example="ojol"), required=True, about="What people call it."
    )


class OccupationPageSchema(PageSchema):
    items = Listed(Inner(OccupationChoiceSchema), required=True)


class OccupationQuerySchema(PageQuerySchema):
    q = Text(
        min_length=0,
        max_length=100,
        load_default="",
        about="Words in any order, begun words too. Without it: all occupations.",
        example="ojol",
    )
    cursor = CursorField(int)
