from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import Engine, create_engine, func, select, text

from models.listed_region import ListedRegion
from models.occupation import Occupation
from models.reference_load import ReferenceLoad
from models.region import District, Province, Regency, Village
from services.operations.area_files import Areas
from services.operations.reference_data import DATA, load
from tests.reference import JAKARTA, YOGYAKARTA, write_part

FILLED = ("province", "occupation", "listed_region", "reference_load")
ALL = {Province: 38, Regency: 514, District: 7_285, Village: 83_762}


@pytest.fixture
def engine(fresh_database) -> Iterator[Engine]:
    """On a database in which nothing was ever loaded."""
    owner = create_engine(fresh_database.migration_url)
    with owner.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(FILLED)} CASCADE"))
    owner.dispose()
    engine = create_engine(fresh_database.url)
    yield engine
    engine.dispose()


@pytest.fixture
def files(tmp_path):
    return write_part(tmp_path, JAKARTA)


def count(engine: Engine, model: type) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model))


def replace(path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_the_files_hold_every_area():
    areas = Areas.read(DATA)

    sizes = [areas.provinces, areas.regencies, areas.districts, areas.villages]
    assert [len(each) for each in sizes] == list(ALL.values())


def test_loading_fills_areas_and_occupations(fresh_database, engine, files):
    assert load(fresh_database.migration_url, files)

    assert count(engine, Province) == 1
    assert count(engine, Village) == 267
    assert count(engine, Occupation) == 63
    areas = sum(count(engine, model) for model in ALL)
    assert count(engine, ListedRegion) == areas


def test_what_is_loaded_is_not_loaded_again(fresh_database, engine, files):
    load(fresh_database.migration_url, files)
    with engine.connect() as connection:
        before = connection.scalars(select(ReferenceLoad.loaded_at)).all()

    assert not load(fresh_database.migration_url, files)

    with engine.connect() as connection:
        assert connection.scalars(select(ReferenceLoad.loaded_at)).all() == before


def test_a_corrected_name_is_corrected_everywhere(fresh_database, engine, files):
    load(fresh_database.migration_url, files)
    replace(files / "districts.csv", "Tanah Abang", "Tanah Abang Baru")

    assert load(fresh_database.migration_url, files)

    with engine.connect() as connection:
        named = select(District.name).where(District.code == "31.71.07")
        around = select(ListedRegion.district_name).where(ListedRegion.parent_code == "31.71.07")
        assert connection.scalar(named) == "Tanah Abang Baru"
        assert set(connection.scalars(around)) == {"Tanah Abang Baru"}


def test_a_code_that_is_gone_stays_for_those_who_use_it_but_is_not_offered(
    fresh_database, engine, files
):
    load(fresh_database.migration_url, files)

    load(fresh_database.migration_url, write_part(files, YOGYAKARTA))

    with engine.connect() as connection:
        listed = connection.scalars(select(ListedRegion.code).where(ListedRegion.depth == 1))
        assert list(listed) == [YOGYAKARTA]
        kept = connection.scalars(select(Province.code).order_by(Province.code))
        assert list(kept) == [JAKARTA, YOGYAKARTA]


def test_broken_files_change_nothing(fresh_database, engine, files):
    load(fresh_database.migration_url, files)
    replace(files / "districts.csv", "31.71.07,31.71,", "31.71.07,31.99,")

    with pytest.raises(ForeignKeyViolation):
        load(fresh_database.migration_url, files)

    assert count(engine, Village) == 267
    assert not load(fresh_database.migration_url, write_part(files, JAKARTA))


def test_two_starts_at_once_load_once(fresh_database, engine, files):
    with ThreadPoolExecutor(2) as pool:
        loaded = list(pool.map(load, [fresh_database.migration_url] * 2, [files] * 2))

    assert sorted(loaded) == [False, True]


@pytest.mark.slow
def test_all_of_indonesia_is_loaded(fresh_database, engine):
    load(fresh_database.migration_url)

    assert {model: count(engine, model) for model in ALL} == ALL
    assert count(engine, ListedRegion) == sum(ALL.values())
