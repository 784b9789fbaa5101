"""``python -m cli`` is ``timtin``."""

from cli.start import main

main()
