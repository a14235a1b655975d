"""Choosing the place where one lives."""

from __future__ import annotations

from models.listed_region import ListedRegion, select_children, select_listed
from models.region_search import Place, select_matches
from models.values.area_query import AreaQuery
from models.values.page import Page, PageRequest
from models.values.words import Words
from services.errors import NotFound
from services.ports import Ports


class RegionNotFound(NotFound):
    code = "region-not-found"
    title = Words("Wilayah tidak ditemukan", "No such area")
    detail = Words(
        "Pilih lagi wilayahnya dari daftar; kodenya mungkin sudah berubah.",
        "Choose the area from the list again; its code may have changed.",
    )


def children(ports: Ports, parent: str | None, page: PageRequest) -> Page[ListedRegion]:
    """The areas right below one, by name; the provinces, below none.

    :raises RegionNotFound: there is no area with the parent's code.
    """
    if parent is not None:
        find(ports, parent)
    with ports.transactions.reading() as session:
        read = session.scalars(select_children(parent, after=page.after, limit=page.to_read)).all()
    return Page.of(read, page, lambda region: (region.name, region.code))


def find(ports: Ports, code: str) -> ListedRegion:
    """:raises RegionNotFound: there is no area with this code."""
    with ports.transactions.reading() as session:
        region = session.scalar(select_listed(code))
    if region is None:
        raise RegionNotFound
    return region


def search(ports: Ports, text: str, page: PageRequest) -> Page[ListedRegion]:
    """The areas that people may mean by a text, best first. None, if it has no letters."""
    query = AreaQuery.parse(text)
    if query is None:
        return Page(())
    after = Place(*page.after) if page.after else None
    statement = select_matches(query, after=after, limit=page.to_read)
    with ports.transactions.reading() as session:
        ranked = [(region, rank) for region, rank in session.execute(statement)]
    found = Page.of(ranked, page, lambda each: tuple(_place(*each)))
    return Page([region for region, _ in found.items], found.next_after)


def _place(region: ListedRegion, rank: int) -> Place:
    return Place(rank, region.depth, region.squeezed, region.code)
