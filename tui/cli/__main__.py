"""`python -m tui.cli` is `shoplink`."""

from tui.cli import main

main()
