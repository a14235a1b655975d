"""Areas, as forms show them."""

from models.listed_region import Level
from schemas.base import Schema
from schemas.fields import Choice, Text
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.region_code import AreaCodeField

LONGEST_QUERY = 100


class AroundSchema(Schema):
    code = Text(required=True, dump_only=True, example="32.73")
    name = Text(required=True, dump_only=True, example="Kota Bandung")


class RegionSchema(Schema):
    code = Text(
        required=True,
        dump_only=True,
        about="Of the Ministry of Home Affairs, with its dots. Text, not a number.",
        example="32.73.02.1002",
    )
    level = Choice(Level, required=True, example="village")
    kind = Text(
        required=True,
        dump_only=True,
        about="provinsi, kabupaten, kota, kecamatan, desa, desa_adat or kelurahan. Show it: two "
        "villages of one district may have the same name.",
        example="kelurahan",
    )
    name = Text(required=True, dump_only=True, example="Lebak Gede")
    district = Inner(
        AroundSchema,
        required=True,
        allow_none=True,
        about="Of a village.",
        example={"code": "32.73.02", "name": "Coblong"},
    )
    regency = Inner(AroundSchema, required=True, allow_none=True)
    province = Inner(
        AroundSchema,
        required=True,
        allow_none=True,
        example={"code": "32", "name": "Jawa Barat"},
    )


class RegionPageSchema(PageSchema):
    items = Listed(Inner(RegionSchema), required=True)


class ChildrenQuerySchema(PageQuerySchema):
    parent = AreaCodeField(
        load_default=None,
        about="The code of the area whose parts are wanted. Without it: the provinces.",
        example="32.73.02",
    )
    cursor = CursorField(str, str)


class RegionSearchSchema(PageQuerySchema):
    q = Text(
        required=True,
        max_length=LONGEST_QUERY,
        about="Words in any order, begun words too: `sukamaju depok`, `kel lebak gede`.",
        example="lebak gede",
    )
    cursor = CursorField(int, int, str, str)
