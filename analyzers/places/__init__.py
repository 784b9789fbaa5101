"""Places of Viet Nam in a text, on a time axis.

`PlaceFinder` tags and resolves an article's places, `Gazetteer` answers what a unit was and became, `load` reads the shared
gazetteer; see `model` for what comes out.
"""

from analyzers.places.errors import DataFileError, PlacesError, UnknownUnitError
from analyzers.places.finder import PlaceFinder
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.model import Mention, Place, PlaceAnalysis, PlaceRole
from analyzers.places.query import QueryPlace
from analyzers.places.sources import Home, Homes, home_from, home_of_host
from analyzers.places.store import load
from analyzers.places.unit import Level, Unit

__all__ = [
    "DataFileError",
    "Gazetteer",
    "Home",
    "Homes",
    "Level",
    "Mention",
    "Place",
    "PlaceAnalysis",
    "PlaceFinder",
    "PlaceRole",
    "PlacesError",
    "QueryPlace",
    "Unit",
    "UnknownUnitError",
    "home_from",
    "home_of_host",
    "load",
]
