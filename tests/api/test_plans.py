import pytest

from tests.payers import FISHERMAN

QUOTE = {"plan": "basic", "monthly_income": "900000", "occupation": FISHERMAN, "months": "3"}


def faults(response):
    assert response.status_code == 422
    told = [(each.get("parameter"), each["code"]) for each in response.json["errors"]]
    assert len(told) == len(set(told))
    return set(told)


def test_the_plans_are_described_in_the_caller_s_language(client):
    indonesian = client.get("/v1/plans")
    english = client.get("/v1/plans", headers={"Accept-Language": "en"})
    assert [item["plan"] for item in indonesian.json["items"]] == ["basic", "complete"]
    jkk = indonesian.json["items"][0]["programmes"][0]
    assert (jkk["programme"], jkk["name"]) == ("JKK", "Jaminan Kecelakaan Kerja")
    assert english.json["items"][0]["programmes"][0]["name"] == "Work accident"
    assert {"code", "text", "amount"} == set(jkk["benefits"][0])


def test_the_plans_may_be_kept_by_shared_caches(client):
    first = client.get("/v1/plans")
    assert first.headers["Cache-Control"].startswith("public")
    again = client.get("/v1/plans", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_quote_prices_each_month_by_itself(client):
    response = client.get("/v1/plans/quote", query_string=QUOTE)
    assert response.status_code == 200
    quote = response.json
    assert (quote["band"], quote["reference_income"], quote["rates_version"], quote["total"]) == (
        1, 1_000_000, "2025-12", 33_600,
    )  # fmt: skip
    assert [(each["month"], each["amount"]) for each in quote["months"]] == [
        ("2026-11", 8_400),
        ("2026-12", 8_400),
        ("2027-01", 16_800),
    ]
    assert quote["months"][0]["lines"][0] == {
        "programme": "JKK",
        "base": 10_000,
        "relief": 5_000,
        "amount": 5_000,
        "rule": "pp50-2025-other",
        "basis": "PP 44/2015 Lampiran II; PP 50/2025",
    }
    assert quote["months"][2]["lines"][0]["rule"] is None


def test_a_quote_takes_a_start_a_payer_and_a_version(client):
    query = QUOTE | {"from": "2026-12", "payer": "apbd", "rates_version": "2025-12"}
    assert client.get("/v1/plans/quote", query_string=query).json["total"] == 50_400


VERSIONED = QUOTE | {"from": "2026-12", "rates_version": "2025-12"}


def test_a_quote_that_names_month_and_rates_may_be_kept(client):
    response = client.get("/v1/plans/quote", query_string=VERSIONED)
    assert response.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("left_out", ["from", "rates_version"])
def test_a_quote_of_today_is_asked_for_each_time(client, left_out):
    query = {name: value for name, value in VERSIONED.items() if name != left_out}
    first = client.get("/v1/plans/quote", query_string=query)
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/v1/plans/quote", query_string=query, headers=known)
    assert again.status_code == 304
    for response in (first, again):
        assert response.headers["Cache-Control"] == "public, no-cache"


def test_a_quote_without_anything_says_what_is_needed(client):
    response = client.get("/v1/plans/quote")
    assert faults(response) == {
        (name, "required") for name in ("plan", "monthly_income", "occupation", "months")
    }


def test_what_the_books_do_not_know_is_a_faulty_parameter(client):
    query = QUOTE | {"occupation": "XX", "rates_version": "1999-01"}
    assert faults(client.get("/v1/plans/quote", query_string=query)) == {
        ("occupation", "unknown-occupation"),
        ("rates_version", "unknown-rates-version"),
    }


def test_it_is_told_together_with_what_cannot_be_read(client):
    query = QUOTE | {"plan": "gold", "occupation": "XX", "rates_version": "1999-01", "from": "?"}
    assert faults(client.get("/v1/plans/quote", query_string=query)) == {
        ("plan", "not-a-choice"),
        ("from", "not-a-month"),
        ("occupation", "unknown-occupation"),
        ("rates_version", "unknown-rates-version"),
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("months", "4", "not-a-choice"),
        ("months", "0", "not-a-choice"),
        ("months", "13", "not-a-choice"),
        ("months", "three", "not-a-whole-number"),
        ("from", "2014-01", "not-priced"),
        ("from", "9999-12", "too-late"),
        ("from", "2026-13", "not-a-month"),
        ("payer", "me", "not-a-choice"),
        ("plan", "gold", "not-a-choice"),
        ("monthly_income", "-1", "too-small"),
        ("monthly_income", "1000000001", "too-large"),
        ("colour", "red", "unknown"),
    ],
)
def test_a_wrong_parameter_is_named(client, name, value, code):
    response = client.get("/v1/plans/quote", query_string=QUOTE | {name: value})
    assert faults(response) == {(name, code)}
