from collections.abc import AsyncIterator

import pytest

from tests.accept.desk import Desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A door with a keyring and a ledger in memory."""
    desk = Desk()
    yield desk
    await desk.close()
