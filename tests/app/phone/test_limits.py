from waardeweging.app.phone.limits import MINUTE, Limiter


def limiter(most: int) -> tuple[Limiter, list[float]]:
    clock = [0.0]
    return Limiter(most, lambda: clock[0]), clock


def test_after_the_most_tries_one_waits_until_the_first_is_a_minute_old():
    found, clock = limiter(2)
    found.count("a")
    clock[0] = 10.0
    found.count("a")

    assert found.wait("a") == MINUTE - 10
    clock[0] = MINUTE
    assert found.wait("a") == 0


def test_one_client_does_not_make_another_wait():
    found, _ = limiter(1)
    found.count("room", "a")

    assert found.wait("room", "a") > 0
    assert found.wait("room", "b") == found.wait("room a") == 0


def test_no_address_is_kept():
    found, _ = limiter(1)
    found.count("123456", "192.0.2.77", "Mozilla")

    assert b"192.0.2.77" not in repr(vars(found)).encode()
    assert all(len(client) == 16 for client in found._tries)


def test_two_processes_know_a_client_by_different_marks():
    one, other = limiter(1)[0], limiter(1)[0]
    one.count("a")
    other.count("a")

    assert one._tries.keys() != other._tries.keys()


def test_clients_that_stay_away_are_forgotten(monkeypatch):
    monkeypatch.setattr("waardeweging.app.phone.limits._MOST_KEPT", 10)
    found, clock = limiter(1)
    for place in range(10):
        found.count(str(place))
    clock[0] = MINUTE + 1
    found.count("new")

    assert len(found._tries) == 1
    assert found.wait("new") > 0


def test_many_clients_at_once_push_out_who_tried_longest_ago(monkeypatch):
    monkeypatch.setattr("waardeweging.app.phone.limits._MOST_KEPT", 10)
    found, clock = limiter(1)
    for place in range(11):
        clock[0] = float(place)
        found.count(str(place))

    assert len(found._tries) == 5
    assert found.wait("10") > 0
    assert found.wait("0") == 0
