"""One success of every operation that is for partners, and of a worker's with their partners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from models.enrolment_batch import BatchChunk
from models.values.ids import new_id
from models.values.month import Month
from tests.batches import cells, framed, received
from tests.driver_files import csv_of
from tests.generated.files import CSV, NDJSON, XLSX
from tests.generated.platforms import NOWHERE, Platform
from tests.generated.stages import People, Stage
from tests.waiting import until

FORM = "application/x-www-form-urlencoded"


@dataclass
class PartnerWalk:
    """:param succeed: makes a call that must, and gives what was answered."""

    succeed: Callable[..., Any]
    people: People
    platform: Platform

    def whole(self) -> None:
        self.signed = self._token()
        self.send_a_file()
        self.call_a_file_off()
        self.take_somebody_on()
        self.pay_for_drivers()
        self.be_told()
        self.be_shared_with()

    def send_a_file(self) -> None:
        for media_type in (CSV, XLSX):
            self._get("/v1/partner/batch-template", headers={"Accept": media_type})
        sent = self.succeed(
            "POST",
            "/v1/partner/batches",
            query={"plan": "basic"},
            headers=self.signed | {"Idempotency-Key": str(new_id())},
            body=csv_of([cells(11), cells(12, sex=""), {"external_id": "D-13"}]),
            media_type=CSV,
        )
        self._get("/v1/partner/batches")
        its = {"path_parameters": {"batch_id": sent["id"]}}
        until(lambda: self._get("/v1/partner/batches/{batch_id}", **its)["status"] == "completed")
        for media_type in (NDJSON, CSV, XLSX):
            headers = {"Accept": media_type}
            self._get("/v1/partner/batches/{batch_id}/results", headers=headers, **its)

    def call_a_file_off(self) -> None:
        its = {"path_parameters": {"batch_id": str(self._waiting_file())}}
        self._post("/v1/partner/batches/{batch_id}/cancel", **its)

    def take_somebody_on(self) -> None:
        driver = cells(14, monthly_income=None) | {"monthly_income": 900_000}
        its = {"query": {"plan": "complete"}, "body": driver}
        taken = self._post("/v1/partner/workers", **its)
        self._get("/v1/partner/workers")
        it = {"path_parameters": {"link_id": taken["worker_id"]}}
        self._get("/v1/partner/workers/{link_id}", **it)
        asked = {"external_ids": [driver["external_id"], "nobody"]}
        self._post("/v1/partner/coverage-queries", body=asked)
        self.succeed("DELETE", "/v1/partner/workers/{link_id}", headers=self.signed, **it)

    def pay_for_drivers(self) -> None:
        month = str(Month.at(self.people.ports.clock.now()))
        path = "/v1/partner/invoices"
        order = {"month": month, "external_ids": ["D-1", "nobody"]}
        bill = self._post(path, body=order)
        assert (bill["lines"], bill["left_out_count"]) == (1, 1)
        self._get(path)
        its = {"path_parameters": {"invoice_id": bill["id"]}}
        for part in ("", "/lines", "/left-out"):
            self._get(path + "/{invoice_id}" + part, **its)
        self._post(path + "/{invoice_id}/cancel", **its)

    def be_told(self) -> None:
        path = "/v1/partner/webhooks"
        made = self._post(path, body={"url": NOWHERE})
        its: dict[str, Any] = {"path_parameters": {"webhook_id": made["id"]}}
        path_of_it = path + "/{webhook_id}"
        self._get(path)
        self._get(path_of_it, **its)
        change = {"events": ["batch.completed"]}
        self.succeed("PATCH", path_of_it, headers=self.signed, body=change, **its)
        self._post(path_of_it + "/secret", **its)
        sent = self._post(path_of_it + "/test", **its)
        self._get(path_of_it + "/deliveries", **its)
        both = {"path_parameters": {"webhook_id": made["id"], "delivery_id": sent["id"]}}
        self._post(path_of_it + "/deliveries/{delivery_id}/redeliver", **both)
        self.succeed("DELETE", path_of_it, headers=self.signed, **its)

    def be_shared_with(self) -> None:
        worker = self.people.at(Stage.PAID)
        it = {"path_parameters": {"link_id": str(worker.link_id)}, "headers": worker.headers()}
        self.succeed("POST", "/v1/me/partners/{link_id}/confirmation", **it)
        self.succeed("GET", "/v1/me/partners", headers=worker.headers())
        self.succeed("DELETE", "/v1/me/partners/{link_id}", **it)

    def _token(self) -> dict[str, str]:
        asked = {"grant_type": "client_credentials", **self.platform.credentials}
        granted = self.succeed("POST", "/v1/oauth/token", body=asked, media_type=FORM)
        return {"Authorization": f"Bearer {granted['access_token']}"}

    def _waiting_file(self) -> UUID:
        """One whose only chunk is not to be tried again within the hour."""
        ports = self.platform.fleet.ports
        later = ports.clock.now() + timedelta(hours=1)
        with ports.transactions.begin() as session:
            batch_id = received(ports, session, self.platform.fleet.partner, framed([cells(15)]))
            session.execute(
                update(BatchChunk).where(BatchChunk.batch_id == batch_id).values(not_before=later)
            )
        return batch_id

    def _get(self, path: str, *, headers: dict[str, str] | None = None, **parts: Any) -> Any:
        return self.succeed("GET", path, headers=self.signed | (headers or {}), **parts)

    def _post(self, path: str, **parts: Any) -> Any:
        return self.succeed("POST", path, headers=self.signed, **parts)
