"""Both kinds of database, as the tests of the store have them."""

from tests.store.conftest import (  # noqa: F401
    cluster,
    running_cluster,
    sqlite_url,
    store,
    url,
)
