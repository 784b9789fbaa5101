"""Related articles (*tin liên quan*): from one article to those about the same matter, and which of them report the same event.

`plan` asks any engine for candidates with a plain plan, `likeness` compares their texts, `find` weighs both with places and dates.
"""

from engine.related.find import CANDIDATES, related, telling
from engine.related.model import Related, RelatedDocument

__all__ = ["CANDIDATES", "Related", "RelatedDocument", "related", "telling"]
