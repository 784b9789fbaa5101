"""Shapes of provinces and communes as SVG paths, all on one grid: package data, the command that builds it, and its reader.

Built by ``python -m search_app.maps.build`` from the shared geometry (see ``data/README.md``); read lazily by `shapes`.
"""

from .shapes import Box, Era, Island, MapDataError, Shape, coarse_land, communes, country, every_islet, islands, provinces

__all__ = ["Box", "Era", "Island", "MapDataError", "Shape", "coarse_land", "communes", "country", "every_islet", "islands", "provinces"]
