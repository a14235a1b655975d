import pytest
from sqlalchemy import select

from models.partner import Partner, PartnerSecret
from models.values.payer import PayerKind
from services.partners import accounts
from services.partners.accounts import CannotChangeAccount, NameTaken, NewAccount


def opened(ports, name="Ojek Kita", **options):
    return accounts.add(ports, NewAccount(name=name, **options))


def keys(ports):
    [account] = accounts.listed(ports)
    return [key.key_id for key in account.keys]


def test_a_secret_is_long_random_known_for_ours_and_kept_as_a_keyed_digest(ports, session):
    first, second = opened(ports), opened(ports, "Pasar Kita")
    assert first.client_secret.startswith("jrg_")
    assert len(first.client_secret) - len("jrg_") >= 256 / 6
    assert len({first.client_secret, second.client_secret, first.client_id, second.client_id}) == 4
    digests = session.scalars(select(PartnerSecret.digest)).all()
    assert ports.vault.digest("partner-secret", first.client_secret) in digests
    assert first.client_secret not in repr(first)


def test_an_account_is_as_it_was_asked_for(ports, session):
    made = opened(ports, "  Ojek Kita ", payer_kind=PayerKind.APBD, messages_per_day=5)
    partner = session.scalars(select(Partner)).one()
    assert (partner.name, partner.client_id) == ("Ojek Kita", made.client_id)
    assert (partner.payer_kind, partner.messages_per_day) == (PayerKind.APBD, 5)
    assert partner.checks_per_day == 100_000


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "...", "x" * 61, "a\u202ebc"])
def test_a_name_that_drivers_could_not_read_is_refused(ports, name):
    with pytest.raises(CannotChangeAccount, match="drivers read it"):
        opened(ports, name)


def test_two_accounts_do_not_share_a_name(ports):
    opened(ports)
    with pytest.raises(NameTaken, match="Another account has this name"):
        opened(ports)


def test_a_third_secret_is_refused_while_two_are_good(ports):
    client_id = opened(ports).client_id
    accounts.rotate(ports, client_id)
    with pytest.raises(CannotChangeAccount, match="Revoke the older one first"):
        accounts.rotate(ports, client_id)
    accounts.revoke(ports, client_id)
    assert accounts.rotate(ports, client_id).client_id == client_id


def test_the_older_of_two_is_revoked_where_none_is_named(ports, clock):
    client_id = opened(ports).client_id
    [older] = keys(ports)
    clock.advance(days=1)
    accounts.rotate(ports, client_id)
    assert accounts.revoke(ports, client_id).key_id == older
    assert older not in keys(ports)


def test_the_only_one_is_revoked_by_its_id_alone(ports):
    client_id = opened(ports).client_id
    with pytest.raises(CannotChangeAccount, match="name its KEY_ID"):
        accounts.revoke(ports, client_id)
    [only] = keys(ports)
    accounts.revoke(ports, client_id, only)
    assert keys(ports) == []
    with pytest.raises(CannotChangeAccount, match="no good secret with that KEY_ID"):
        accounts.revoke(ports, client_id, only)


def test_a_secret_of_another_account_is_not_revoked(ports):
    opened(ports)
    [other] = keys(ports)
    client_id = opened(ports, "Pasar Kita").client_id
    with pytest.raises(CannotChangeAccount, match="no good secret"):
        accounts.revoke(ports, client_id, other)


def test_a_closed_account_is_listed_and_changes_no_more(ports, clock):
    client_id = opened(ports).client_id
    accounts.close(ports, client_id)
    [account] = accounts.listed(ports)
    assert account.partner.disabled_at == clock.now()
    for change in (accounts.rotate, accounts.revoke, accounts.close):
        with pytest.raises(CannotChangeAccount, match="is closed"):
            change(ports, client_id)


@pytest.mark.parametrize(
    "client_id", ["jrc_0", "", "\x00", "\ud800", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"]
)
def test_an_account_that_there_is_not_is_told_of(ports, client_id):
    with pytest.raises(CannotChangeAccount, match="no account with this client_id"):
        accounts.rotate(ports, client_id)


def test_accounts_are_listed_in_two_statements_however_many_there_are(ports, queries):
    for number in range(5):
        opened(ports, f"Mitra {number}")
    before = len(queries)
    assert len(accounts.listed(ports)) == 5
    assert len([each for each in queries[before:] if "SELECT" in each]) == 2
