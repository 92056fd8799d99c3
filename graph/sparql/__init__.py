"""Foreign SPARQL: guarded, answered in killable processes, in all standard formats."""

from graph.sparql.errors import QueryError
from graph.sparql.formats import ROW_FORMATS, TRIPLE_FORMATS, Format, accepted, formats_of, named
from graph.sparql.guard import FORMS, check
from graph.sparql.readers import QueryAnswer, QueryLimits, Readers
from graph.sparql.tokens import tokens

__all__ = [
    "FORMS",
    "ROW_FORMATS",
    "TRIPLE_FORMATS",
    "Format",
    "QueryAnswer",
    "QueryError",
    "QueryLimits",
    "Readers",
    "accepted",
    "check",
    "formats_of",
    "named",
    "tokens",
]
