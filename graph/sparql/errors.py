"""What can go wrong with a query, each with a stable word for programs."""

from graph.errors import KnowledgeError
from ontology import Bilingual


class QueryError(KnowledgeError):
    """A query that is not answered, and why.

    Args:
        code: a stable word: ``empty``, ``syntax``, ``unknown-function``, ``update``,
            ``federated``, ``file``, ``too-long``, ``too-deep``, ``not-acceptable``,
            ``unknown-format``, ``too-slow``, ``too-much-memory``, ``busy``.
        message: what happened, in both languages.
        remedy: what to do about it, in both languages.

    >>> QueryError("empty", Bilingual("There is no query.", "Es gibt keine Anfrage.")).code
    'empty'
    """

    def __init__(self, code: str, message: Bilingual, remedy: Bilingual | None = None) -> None:
        super().__init__(message, remedy)
        self.code = code
