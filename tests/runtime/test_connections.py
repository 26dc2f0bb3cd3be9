from dashboard.runtime.connections import Connections
from gmvboard.proxies import networks


def test_an_address_has_its_cap_and_all_together_theirs() -> None:
    connections = Connections(3, 2, [])
    entered = [connections.enter(peer) for peer in ["a", "a", "a", "b", "c"]]
    assert entered == [True, True, False, True, False]
    connections.leave("a")
    assert connections.enter("c")
    assert connections.total == 3


def test_a_proxy_of_ours_speaks_for_many() -> None:
    connections = Connections(3, 1, networks(["192.0.2.0/24"]))
    assert [connections.enter("192.0.2.9") for _ in range(4)] == [True, True, True, False]
