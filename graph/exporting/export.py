"""The formats of exports, and one function that writes them."""

from dataclasses import dataclass
from typing import IO, Final

from pyoxigraph import RdfFormat

from graph.exporting.rdf import write_rdf
from graph.knowledge import View


@dataclass(frozen=True)
class ExportFormat:
    """One way to write everything.

    Attributes:
        name: its name on the command line.
        ending: the usual ending of its files.
        rdf: the RDF format, or None for a network of nodes and edges.
    """

    name: str
    ending: str
    rdf: RdfFormat | None = None


EXPORT_FORMATS: Final = {
    one.name: one
    for one in (
        ExportFormat("trig", "trig", RdfFormat.TRIG),
        ExportFormat("nquads", "nq", RdfFormat.N_QUADS),
        ExportFormat("turtle", "ttl", RdfFormat.TURTLE),
        ExportFormat("jsonld", "jsonld", RdfFormat.JSON_LD),
        ExportFormat("ntriples", "nt", RdfFormat.N_TRIPLES),
        ExportFormat("rdfxml", "rdf", RdfFormat.RDF_XML),
        ExportFormat("graphml", "graphml"),
        ExportFormat("gexf", "gexf"),
    )
}
"""Every format by its name."""


def export(
    view: View, format: str, stream: IO[bytes], *, inferred: bool | None = None, lang: str = "en"
) -> None:
    """Write what a view may read.

    RDF is streamed and holds everything, conclusions too, unless they are left out. TriG and
    N-Quads keep apart who may read a statement and whether it was said or concluded; the other
    formats have one graph. Networks (GraphML, GEXF) are built in memory and hold things as nodes
    and what is said between them as edges; most conclusions there would only double an edge.

    Args:
        view: whose knowledge it is.
        format: a name of :data:`EXPORT_FORMATS`.
        stream: where the bytes go.
        inferred: whether conclusions are written; None: in RDF yes, in networks no.
        lang: language of the labels in networks, ``de`` or ``en``.

    Raises:
        KeyError: there is no such format.
        OSError: the stream cannot be written.
    """
    chosen = EXPORT_FORMATS[format]
    if chosen.rdf is not None:
        write_rdf(view, chosen.rdf, stream, inferred=inferred is not False)
        return
    # Loading networkx takes a tenth of a second, which no start of a server or a command need pay.
    from graph.exporting.network import write_gexf, write_graphml  # noqa: PLC0415

    if chosen.name == "graphml":
        write_graphml(view, stream, inferred=bool(inferred), lang=lang)
    else:
        write_gexf(view, stream, inferred=bool(inferred), lang=lang)
