"""Who was told that they were enrolled, and is enrolled otherwise since."""

from tests.enrolling import enrolment, row, send


class TestWhoWasWelcomed:
    def welcomed(self, ports, session, outcome):
        enrolment(session, outcome).welcomed_at = ports.clock.now()
        session.flush()

    def test_under_a_wrong_phone_is_told_anew(self, ports, session, ojek):
        [outcome] = send(ports, session, ojek, row())
        self.welcomed(ports, session, outcome)
        send(ports, session, ojek, row(phone="+6281299990000"))
        assert enrolment(session, outcome).welcomed_at is None

    def test_for_another_s_record_is_told_anew(self, ports, session, ojek, kurir):
        [theirs] = send(ports, session, kurir, row(phone="+6281299990000"))
        [outcome] = send(ports, session, ojek, row())
        self.welcomed(ports, session, outcome)
        send(ports, session, ojek, row(phone="+6281299990000"))
        assert enrolment(session, outcome).worker_id == enrolment(session, theirs).worker_id
        assert enrolment(session, outcome).welcomed_at is None

    def test_stays_so_while_the_phone_does(self, ports, session, ojek):
        [outcome] = send(ports, session, ojek, row())
        self.welcomed(ports, session, outcome)
        send(ports, session, ojek, row(full_name="Budi S. Santoso"))
        assert enrolment(session, outcome).welcomed_at == ports.clock.now()
