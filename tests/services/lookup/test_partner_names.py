from services.lookup import partner_names
from tests.ties import add_partner


def test_all_partners_by_name_those_that_have_left_too(ports, clock):
    add_partner(ports, "kurir Cepat", disabled_at=clock.now())
    ojek = add_partner(ports, "Ojek Kita")
    add_partner(ports, "Armada")
    listed = partner_names.listed(ports)
    assert [each.name for each in listed] == ["Armada", "kurir Cepat", "Ojek Kita"]
    assert listed[-1].id == ojek.id
