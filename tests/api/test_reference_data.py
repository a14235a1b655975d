from types import SimpleNamespace

import pytest

from api import consents, occupations, regions
from api.app import create_app
from models.consent_documents import ConsentDocuments
from models.occupations import Occupations
from schemas.paging import encoded
from services.operations.reference_data import DATA
from services.transactions import DatabaseTransactions
from tests.reference import loaded


@pytest.fixture(scope="module")
def engine(migrated, tmp_path_factory):
    with loaded(migrated, tmp_path_factory.mktemp("areas")) as engine:
        yield engine


@pytest.fixture
def client(engine):
    ports = SimpleNamespace(
        transactions=DatabaseTransactions(engine, lambda: None),
        occupations=Occupations.load(DATA / "occupations.csv"),
        consents=ConsentDocuments.load(DATA / "consents"),
    )
    blueprints = [regions.blp, occupations.blp, consents.blp]
    return create_app(None, ports, blueprints=blueprints).test_client()


def test_the_provinces_are_listed(client):
    answer = client.get("/v1/regions").json

    assert answer["next_cursor"] is None
    assert answer["items"][1] == {
        "code": "32",
        "level": "province",
        "kind": "provinsi",
        "name": "Jawa Barat",
        "district": None,
        "regency": None,
        "province": None,
    }


def test_the_parts_of_an_area_are_listed_a_page_at_a_time(client):
    first = client.get("/v1/regions?parent=32.76&limit=10").json
    second = client.get(f"/v1/regions?parent=32.76&limit=10&cursor={first['next_cursor']}").json

    assert [len(first["items"]), len(second["items"])] == [10, 1]
    assert second["items"][0]["regency"] == {"code": "32.76", "name": "Kota Depok"}


@pytest.mark.parametrize("parent", ["3276", "32.", "abc", "32.76.05.1005.1", "%00", "%27", ""])
def test_a_parent_that_is_no_code_is_refused(client, parent):
    answer = client.get(f"/v1/regions?parent={parent}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "parent"


@pytest.mark.parametrize("path", ["/v1/regions?parent=99", "/v1/regions/99", "/v1/regions/search2"])
def test_an_unknown_area_is_not_found(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.json["code"]) == (404, "region-not-found")


def test_villages_of_one_name_can_be_told_apart(client):
    items = client.get("/v1/regions/search?q=sukamaju&limit=200").json["items"]

    villages = [item for item in items if item["name"] in ("Sukamaju", "Suka Maju")]
    places = {(each["district"]["code"], each["kind"]) for each in villages}
    assert len(villages) > 10
    assert len(places) == len(villages)


def test_a_search_goes_on_where_its_page_ended(client):
    both = client.get("/v1/regions/search?q=suka&limit=6").json["items"]
    first = client.get("/v1/regions/search?q=suka&limit=3").json
    cursor = first["next_cursor"]
    second = client.get(f"/v1/regions/search?q=suka&limit=3&cursor={cursor}").json

    assert first["items"] + second["items"] == both


def test_a_found_area_can_be_shown(client):
    (found, *_) = client.get("/v1/regions/search?q=sukamaju+cilodong").json["items"]

    assert client.get(f"/v1/regions/{found['code']}").json == found


@pytest.mark.parametrize(
    "q", ["", "%20", "%00", "%ED%A0%80", "%FF", "x" * 10_000, "x" * 101, "a%0Ab"]
)
def test_a_search_for_nothing_or_too_much_is_refused(client, q):
    answer = client.get(f"/v1/regions/search?q={q}")

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("q", ["%25_%5C", "%27%20%26%20%7C%20!%20%3C-%3E", "%F0%9F%99%82"])
def test_a_search_for_signs_finds_nothing(client, q):
    answer = client.get(f"/v1/regions/search?q={q}")

    assert (answer.status_code, answer.json) == (200, {"items": [], "next_cursor": None})


def test_a_search_needs_a_text(client):
    assert client.get("/v1/regions/search").status_code == 422


@pytest.mark.parametrize(
    "path", ["/v1/regions", "/v1/regions/32", "/v1/occupations", "/v1/consents"]
)
def test_reference_data_may_be_kept_by_anybody(client, path):
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Cache-Control"].startswith("public")
    assert "Accept-Language" in answer.headers["Vary"]
    assert (again.status_code, again.data) == (304, b"")


def test_an_occupation_is_found_in_the_language_of_the_caller(client):
    indonesian = client.get("/v1/occupations?q=ojol").json
    english = client.get("/v1/occupations?q=ojol", headers={"Accept-Language": "en"}).json

    assert indonesian["items"][0]["name"] == "Pengemudi ojek online (motor)"
    assert english["items"] == [
        {
            "code": "TR01",
            "name": "Ride-hailing motorcycle driver",
            "sector": "transport",
            "aliases": ["ojol", "gojek", "grab", "maxim", "driver motor"],
        }
    ]


def test_all_occupations_are_listed_over_two_pages(client):
    first = client.get("/v1/occupations").json
    second = client.get(f"/v1/occupations?cursor={first['next_cursor']}").json

    codes = [item["code"] for item in first["items"] + second["items"]]
    assert (len(first["items"]), len(set(codes))) == (50, 63)
    assert second["next_cursor"] is None


@pytest.mark.parametrize("number", [2**63 - 1, 1 - 2**63, -5])
@pytest.mark.parametrize("path", ["/v1/occupations?", "/v1/regions/search?q=suka&"])
def test_a_made_up_cursor_only_starts_elsewhere(client, path, number):
    place = (number, number, "", "") if "regions" in path else (number,)

    answer = client.get(f"{path}cursor={encoded(place)}")

    assert answer.status_code == 200
    assert bool(answer.json["items"]) is (number < 0)


def test_the_documents_to_accept_are_listed(client):
    items = client.get("/v1/consents", headers={"Accept-Language": "en"}).json["items"]

    assert [(item["document"], item["required"]) for item in items] == [
        ("privacy", True),
        ("terms", True),
        ("reminders", False),
    ]
    assert items[1]["title"] == "Terms of service"
    assert "virtual account" in items[1]["text"]


@pytest.mark.parametrize("code", ["3276", "327605", "3276051005"])
def test_a_code_that_has_lost_its_dots_is_told_so(client, code):
    for answer in (client.get(f"/v1/regions/{code}"), client.get(f"/v1/regions?parent={code}")):
        assert answer.status_code == 422
        assert [each["code"] for each in answer.json["errors"]] == ["not-a-region-code"]
        assert "32.73.02.1002" in answer.json["errors"][0]["detail"]
