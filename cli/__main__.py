"""``python -m cli`` is ``timtin``."""

from cli.main import main

main()
