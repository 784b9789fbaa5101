"""Quality gates: floors on judged collections that are only ever raised."""
