"""Before anything imports Textual: nothing of the person's own environment may change a picture."""

import os

for name in list(os.environ):
    own = name.startswith("TEXTUAL_SNAPSHOT")  # the snapshot plugin's
    if name.startswith(("TEXTUAL_", "SHOPLINK_", "NO_COLOR")) and not own:
        del os.environ[name]
