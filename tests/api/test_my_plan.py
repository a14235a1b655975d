from services import billing
from services.once import Once
from tests.api.signing_in import bearer
from tests.payers import add_worker


def choose(client, ports, worker, **body):
    return client.put("/v1/me/plan", json=body, headers=bearer(ports, worker))


def test_a_choice_is_answered_with_its_first_month_and_price(client, ports):
    response = choose(client, ports, add_worker(ports), plan="basic", monthly_income=1_500_000)
    assert response.status_code == 200
    assert response.json["plan"] == "basic"
    assert response.json["monthly_income"] == 1_500_000
    assert response.json["counts_from"] == "2026-11"
    assert response.json["price"]["months"][0]["month"] == "2026-11"


def test_the_plan_stays_as_it_is_while_an_invoice_is_open(client, ports):
    worker = add_worker(ports)
    assert choose(client, ports, worker, plan="basic").status_code == 200
    bill = billing.issue(ports, worker, 1, Once())
    response = choose(client, ports, worker, plan="complete")
    assert (response.status_code, response.json["code"]) == (409, "invoice-open")
    assert response.json["invoice_id"] == str(bill.id)


def test_a_choice_needs_a_plan_and_a_session(client, ports):
    assert client.put("/v1/me/plan", json={"plan": "basic"}).status_code == 401
    response = choose(client, ports, add_worker(ports), monthly_income=-1)
    assert response.status_code == 422
    assert {each["pointer"] for each in response.json["errors"]} == {"/plan", "/monthly_income"}
