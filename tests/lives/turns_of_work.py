"""A worker chooses, changes, agrees and takes back."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from models.application import Occupation
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from services import plans
from services.plans import Question
from tests.lives import plain_time as time
from tests.lives.agreeing import agree
from tests.lives.life import INCOMES, MOVING, OCCUPATIONS, OTHER, Life
from tests.lives.plain_life import REQUIRED
from tests.lives.plain_prices import TRANSPORT, Terms
from tests.lives.prices_said import expected, said

PLANS = st.sampled_from(["basic", "complete"])
DOCUMENTS = st.sampled_from(sorted(REQUIRED))


class TurnsOfWork(Life):
    @rule(plan=PLANS, income=st.none() | INCOMES)
    def chooses(self, plan: str, income: int | None) -> None:
        refusal = self.real.choose(plan, income)
        if self.plain.open_bill(self.now):
            agree(refusal, "invoice-open", "a choice")
            return self.happened("choices refused")
        agree(refusal, None, "a choice")
        self.plain.put_away(self.now)
        changed = {"plan": plan} if income is None else {"plan": plan, "income": income}
        self.plain.change(self.now, **changed)
        return self.happened("choices")

    @rule(income=st.none() | INCOMES, occupations=OCCUPATIONS)
    def earns_or_works_otherwise(self, income: int | None, occupations: list[str]) -> None:
        if income is not None:
            self.real.change(monthly_income=Rupiah(income))
            self.plain.change(self.now, income=income)
        else:
            self.real.change(occupations=[Occupation(code=code) for code in occupations])
            self.plain.change(self.now, occupation=occupations[0])

    @rule(document=DOCUMENTS)
    def takes_back_or_agrees(self, document: str) -> None:
        if document in self.plain.consents:
            self.real.withdraw(document)
            self.plain.consents.remove(document)
        else:
            self.real.accept(document)
            self.plain.consents.add(document)

    @rule(
        plan=PLANS,
        income=INCOMES,
        occupation=st.sampled_from([MOVING, OTHER]),
        ahead=st.integers(-14, 14),
    )
    def asks_what_it_costs(self, plan: str, income: int, occupation: str, ahead: int) -> None:
        month = time.month_of(self.now) + ahead
        question = Question(
            plan=Plan(plan),
            monthly_income=Rupiah(income),
            occupation=occupation,
            months=3,
            start=Month.of(time.first_day(month)),
        )
        quoted = plans.quote(self.real.ports, question).months
        terms = Terms(plan, income, TRANSPORT[occupation])
        agree(
            [said(each) for each in quoted],
            [expected(month + n, terms) for n in range(3)],
            "a quote",
        )
