"""Imported by the process that others are forked from (`tests.engine.faults`): what they share is made once, before they start."""

from tests.engine.faults import Shared

Shared.get()
