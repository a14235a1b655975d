"""Documents that workers are asked to agree to."""

from schemas.base import Schema
from schemas.fields import Flag, Text
from schemas.nesting import Inner, Listed
from schemas.speaking import WordsField


class ConsentDocumentSchema(Schema):
    document = Text(required=True, dump_only=True, example="privacy")
    version = Text(required=True, dump_only=True, example="2026-11")
    title = WordsField(required=True, example="Pemrosesan data pribadi")
    text = WordsField(required=True, about="Markdown.", example="Pernyataan ini dibuat ...")
    required = Flag(required=True, about="Registration needs it.", example=True)


class ConsentDocumentsSchema(Schema):
    items = Listed(Inner(ConsentDocumentSchema), required=True)
