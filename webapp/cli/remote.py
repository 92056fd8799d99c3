"""Asking a SPARQL endpoint elsewhere, through SPARQLWrapper."""

from typing import Final
from urllib.error import URLError

from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

_SECONDS: Final = 60
_LONG: Final = 1_500
"""Characters from which on a query is sent by POST: some servers refuse longer addresses."""

_FORMATS: Final = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "turtle": TURTLE,
    "ntriples": N3,
    "rdfxml": RDFXML,
    "jsonld": JSONLD,
}


class RemoteError(Exception):
    """An endpoint gave no answer; the message says why and what to do."""


def ask(endpoint: str, query: str, format_name: str) -> bytes:
    """What an endpoint answers.

    Args:
        endpoint: its address.
        query: SPARQL; what it may say is the endpoint's business.
        format_name: the short name of a format.

    Raises:
        RemoteError: nothing answers there, or it refuses the query or fails.
    """
    client = SPARQLWrapper(endpoint, agent="clusterradar")
    client.setOnlyConneg(True)
    client.setQuery(query)
    client.setReturnFormat(_FORMATS[format_name])
    client.setTimeout(_SECONDS)
    if len(query) > _LONG:
        client.setMethod(POST)
    try:
        with client.query().response as response:
            body: bytes = response.read()
    except EndPointNotFound as error:
        raise RemoteError(
            f"There is no SPARQL endpoint at {endpoint}. Check the address."
        ) from error
    except Unauthorized as error:
        raise RemoteError(
            f"{endpoint} wants a password, which this command cannot give."
        ) from error
    except (QueryBadFormed, EndPointInternalError) as error:
        raise RemoteError(f"{endpoint} refuses the query: {_first_lines(error)}") from error
    except SPARQLWrapperException as error:
        raise RemoteError(f"{endpoint} gave no answer: {_first_lines(error)}") from error
    except (URLError, OSError) as error:
        raise RemoteError(
            f"{endpoint} cannot be reached: {getattr(error, 'reason', error)}. "
            "Check the address and whether the server runs."
        ) from error
    return body


def _first_lines(error: SPARQLWrapperException) -> str:
    said = " ".join(str(error).replace("\\n", " ").split())
    return said[:400]
