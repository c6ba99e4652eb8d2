from waardeweging.app import hall_store
from waardeweging.app.phone.hall import Hall
from waardeweging.store import open_store


def test_a_scenario_is_read_once_per_version(evening):
    hall = Hall(lambda: evening.store)

    assert hall.scenario(evening.state) is hall.scenario(evening.state)


def test_guesses_at_rooms_never_fill_the_memory(evening, monkeypatch):
    monkeypatch.setattr("waardeweging.app.phone.hall._MOST_ROOMS", 3)
    hall = Hall(lambda: evening.store)
    for guess in range(10):
        hall.glance(f"{guess:06}")
    assert len(hall._glances) <= 3

    assert hall.workshop(evening.room).id == evening.id


def test_a_room_is_looked_up_again_after_half_a_minute(evening, monkeypatch):
    clock = [0.0]
    hall = Hall(lambda: evening.store, lambda: clock[0])
    hall.workshop(evening.room)
    monkeypatch.setattr(type(evening.store), "by_room_code", lambda *_: None)

    assert hall.workshop(evening.room).id == evening.id
    clock[0] = 31.0
    assert hall.workshop(evening.room) is None


def test_only_a_few_scenarios_are_remembered(evening, monkeypatch, berkum_files):
    monkeypatch.setattr("waardeweging.app.phone.hall._MOST_SCENARIOS", 1)
    hall = Hall(lambda: evening.store)
    first = hall.scenario(evening.state)
    other = evening.store.create("Elders", berkum_files)
    hall.scenario(other)

    assert len(hall._scenarios) == 1
    assert hall.scenario(evening.state) is not first


def test_the_store_of_a_process_is_one_and_is_closed_at_the_end(tmp_path, monkeypatch):
    monkeypatch.setenv("WAARDEWEGING_DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    with hall_store.kept_hall_store(at_once=False):
        assert not (tmp_path / "x.db").exists()
        assert hall_store.hall_store() is hall_store.hall_store()
    with open_store() as again:
        hall_store.use_store(again)
        assert hall_store.hall_store() is again
        hall_store.use_store(None)
