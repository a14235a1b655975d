from dataclasses import replace

from services.environ import Environment
from services.wiring import build_ports
from tests.installation import DEVELOPMENT


def test_the_cap_per_network_address_holds_in_production_and_not_under_load_tools():
    production = replace(DEVELOPMENT, environment=Environment.PRODUCTION)
    assert build_ports(production).starts_per_source_and_hour == 300
    assert build_ports(DEVELOPMENT).starts_per_source_and_hour is None
