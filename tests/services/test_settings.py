import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.database_settings import DatabaseSettings
from services.environ import BadSettings
from services.keys import BadKeys, Keys
from services.operations.development_keys import ensure_development_keys
from services.settings import Settings

PASSWORD = "canary-password"
DATABASE = f"postgresql://jaring_app:{PASSWORD}@db.example/jaring"
OWNER = f"postgresql://jaring_owner:{PASSWORD}@db.example/jaring"


def faults(environ) -> str:
    with pytest.raises(BadSettings) as error:
        Settings.read(environ)
    return str(error.value)


def test_development_needs_nothing_but_the_keys_that_make_run_wrote(development):
    settings = Settings.read(development)
    assert settings.development
    assert (settings.port, settings.sandbox_port, settings.metrics_port) == (8080, 8081, 9080)
    assert settings.dukcapil_url == "http://127.0.0.1:8081"
    assert settings.database.embedded
    assert settings.database_url.startswith("postgresql+psycopg://jaring_app@/jaring?host=")
    assert settings.clock_offset == timedelta()
    assert settings.trusted_proxies == 0


def test_production_is_what_an_unset_environment_means(production):
    assert not Settings.read(production).development


def test_a_password_appears_in_no_repr(production):
    shown = repr(Settings.read(production))
    assert PASSWORD not in shown
    assert "PRIVATE" not in shown


def test_every_fault_is_told_at_once_and_no_value_with_it():
    told = faults({"JARING_PORT": "99999", "JARING_DUKCAPIL_URL": f"ftp://{PASSWORD}"})
    assert "JARING_PORT is not a port" in told
    assert "JARING_DATABASE_URL is missing" in told
    assert "JARING_KEYS is missing" in told
    assert "JARING_DUKCAPIL_URL is not an address" in told
    assert "JARING_GATEWAY_URL is missing" in told
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JARING_NOW", "2027-02-10T09:00:00+07:00"),
        ("JARING_CLOCK_OFFSET", "60"),
        ("JARING_FAILPOINT", "payment.committed"),
        ("JARING_DUKCAPIL_URL", "http://127.0.0.1:8081"),
        ("JARING_DUKCAPIL_URL", "https://localhost"),
        ("JARING_DUKCAPIL_URL", "https://127.1"),
        ("JARING_DUKCAPIL_URL", "https://2130706433/"),
        ("JARING_GATEWAY_URL", "https://[::ffff:127.0.0.1]"),
        ("JARING_GATEWAY_URL", "https://[::1]:8081"),
        ("JARING_GATEWAY_URL", "http://gateway.example"),
        ("JARING_DATABASE_OWNER_URL", DATABASE),
        ("JARING_DATABASE_URL", "sqlite:///jaring.db"),
        ("JARING_TRUSTED_PROXIES", "-1"),
        ("JARING_TRUSTED_PROXIES", "all"),
        ("JARING_DUKCAPIL_DAILY_QUOTA", "-1"),
        ("JARING_DUKCAPIL_DAILY_QUOTA", "200 ribu"),
        ("JARING_ENV", "prod"),
    ],
)
def test_production_refuses(production, name, value):
    assert name in faults({**production, name: value})


def test_production_refuses_development_keys(production, development):
    told = faults({**production, "JARING_KEYS": development["JARING_KEYS"]})
    assert "development keys" in told


def test_the_clock_moves_by_the_distance_to_jaring_now(development):
    settings = Settings.read({**development, "JARING_NOW": "2030-01-01T00:00:00+07:00"})
    moved = datetime.now(UTC) + settings.clock_offset
    assert abs(moved - datetime(2029, 12, 31, 17, tzinfo=UTC)) < timedelta(minutes=1)


def test_an_offset_handed_on_wins_so_that_all_processes_agree(development):
    moved = {"JARING_NOW": "2030-01-01T00:00:00+07:00", "JARING_CLOCK_OFFSET": "12.5"}
    assert Settings.read({**development, **moved}).clock_offset == timedelta(seconds=12.5)


@pytest.mark.parametrize("value", ["tomorrow", "2027-02-10T09:00:00", "2027-13-01T00:00:00Z"])
def test_a_time_without_meaning_or_without_offset_is_refused(development, value):
    assert "JARING_NOW is not an instant" in faults({**development, "JARING_NOW": value})


def test_migrations_run_as_the_owner_and_in_production_never_otherwise():
    assert (
        "jaring_owner"
        in DatabaseSettings.for_migrating(
            {"JARING_DATABASE_URL": DATABASE, "JARING_DATABASE_OWNER_URL": OWNER}
        ).migration_url
    )
    with pytest.raises(BadSettings, match="JARING_DATABASE_OWNER_URL is missing"):
        DatabaseSettings.for_migrating({"JARING_DATABASE_URL": DATABASE})


def test_in_development_one_address_may_serve_for_both():
    environ = {"JARING_ENV": "development", "JARING_DATABASE_URL": DATABASE}
    settings = DatabaseSettings.for_migrating(environ)
    assert settings.migration_url == DATABASE.replace("postgresql:", "postgresql+psycopg:")
    assert not settings.embedded


def test_keys_name_every_fault_and_show_none_of_what_they_hold(development):
    with open(development["JARING_KEYS"]) as file:
        document = json.load(file)
    document["data"].append({**document["data"][0], "key": "c2hvcnQ="})
    document["otp"] = "not base64!"
    document["banks"][0]["public_key"] = document["card"][0]["private_key"]
    del document["gateway"]
    with pytest.raises(BadKeys) as error:
        Keys.parse(json.dumps(document))
    assert error.value.faults == (
        "data has the same kid twice",
        "data[1].key is not base64 of 32 bytes",
        "otp is not base64 of at least 32 bytes",
        "gateway.token is missing or empty",
        "banks[0].public_key is not a public RSA key (PEM) of at least 2048 bits",
    )


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_a_file_that_holds_no_object_is_no_key_file(text):
    with pytest.raises(BadKeys, match="not a JSON object"):
        Keys.parse(text)


@pytest.fixture(scope="module")
def keys_dir(tmp_path_factory):
    directory = tmp_path_factory.mktemp("var") / "keys"
    ensure_development_keys(directory)
    return directory


@pytest.fixture
def development(keys_dir):
    return {
        "JARING_ENV": "development",
        "JARING_KEYS": str(keys_dir / "keys.json"),
        "JARING_DATA_DIR": str(keys_dir.parent),
    }


@pytest.fixture
def production(keys_dir):
    document = json.loads((keys_dir / "keys.json").read_text())
    path = keys_dir / "production.json"
    path.write_text(json.dumps({**document, "environment": "production"}))
    return {
        "JARING_DATABASE_URL": DATABASE,
        "JARING_KEYS": str(path),
        "JARING_DUKCAPIL_URL": "https://dukcapil.example",
        "JARING_GATEWAY_URL": "https://gateway.example",
    }


@pytest.mark.parametrize("kid", ["kunci-é", "k" * 65, "a b"])
def test_a_key_has_a_short_and_plain_id_because_all_that_it_seals_carries_it(development, kid):
    document = json.loads(Path(development["JARING_KEYS"]).read_text())
    document["data"][0]["kid"] = kid
    with pytest.raises(BadKeys, match="kid is not"):
        Keys.parse(json.dumps(document))


def test_no_bank_may_be_asked_to_pay_the_bills_of_another(development):
    document = json.loads(Path(development["JARING_KEYS"]).read_text())
    [bank] = document["banks"]
    longer = {"client_key": "other", "partner_service_id": bank["partner_service_id"] + "1"}
    document["banks"].append({**bank, **longer})
    with pytest.raises(BadKeys, match="begins with another's"):
        Keys.parse(json.dumps(document))


def test_files_may_use_a_share_of_a_processor(development):
    assert Settings.read(development).bulk_share == 60
    assert Settings.read({**development, "JARING_BULK_SHARE": "25"}).bulk_share == 25


@pytest.mark.parametrize("share", ["0", "101", "2.5", "half", "-1"])
def test_a_share_is_a_percentage(development, share):
    told = faults({**development, "JARING_BULK_SHARE": share})
    assert "JARING_BULK_SHARE is not a percentage" in told
