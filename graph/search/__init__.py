"""Search: which things somebody means by a few letters or words.

One index an audience is built from the reading graphs and carries their generation. It
forgives spelling (``ae`` for ``ä``), endings, compounds written apart and slips of the pen,
and ranks by how a thing matches, then by how much the matched words tell, then by IRI.
"""

from graph.search.recognising import Recognised, Recogniser
from graph.search.service import Hit, SearchAnswer, SearchService

__all__ = ["Hit", "Recognised", "Recogniser", "SearchAnswer", "SearchService"]
