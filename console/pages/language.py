"""Choosing the language, for as long as the browser remembers it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from api.refusals import NoSuchPlace
from console import cookies
from console.frame import go_to
from console.roots import ROOT, ours
from models.values.words import Language

blp = Blueprint("language", __name__)


@blp.get("/language/<name>")
def choose(name: str) -> Response:
    if name not in list(Language):
        raise NoSuchPlace
    response = go_to(ours(request.args.get("back")) or ROOT)
    cookies.remember_language(response, name)
    return response
