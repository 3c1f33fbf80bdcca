"""Before anything imports Textual: nothing of the person's own environment may change a picture."""

import gc
import os

for name in list(os.environ):
    own = name.startswith("TEXTUAL_SNAPSHOT")  # the snapshot plugin's
    if name.startswith(("TEXTUAL_", "SHOPLINK_", "NO_COLOR")) and not own:
        del os.environ[name]

gc.set_threshold(50_000, 20, 50)  # a run makes hundreds of applications: at the usual threshold a fifth of it is collecting
