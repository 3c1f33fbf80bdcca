"""Settings to make before Textual is imported: nothing in the environment may change a picture."""

import gc
import os

for name in list(os.environ):
    own = name.startswith("TEXTUAL_SNAPSHOT")  # the snapshot plugin's
    if name.startswith(("TEXTUAL_", "SHOPLINK_", "NO_COLOR")) and not own:
        del os.environ[name]

os.environ.pop("LC_ALL", None)
os.environ["LC_TIME"] = "C"  # 12 hours
gc.set_threshold(500_000, 10, 50)  # hundreds of apps are made: by default a fifth of the time goes into collecting


def pytest_sessionfinish() -> None:
    """Skip pytest's five last collections, each of which takes seconds."""
    gc.freeze()
