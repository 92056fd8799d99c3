"""What is known: the store, who may read what, import, inference, search and SPARQL.

This is the room's whole face: other rooms take what they need from here and reach into no
module behind it. Names are loaded when first used, so that a command pays for what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from graph import decisions, sparql
    from graph.addresses import DEFAULT_BASE, Addresses
    from graph.audience import ANONYMOUS, PLATFORM, PUBLIC, Viewer, readable
    from graph.belonging import networks_of
    from graph.checking import (
        Clash,
        Finding,
        LogicReport,
        ShapeReport,
        check_concepts,
        check_logic,
        check_shapes,
        check_thesaurus,
    )
    from graph.errors import KnowledgeError
    from graph.exporting import EXPORT_FORMATS, export
    from graph.folding import Vocabulary, fold, forms, terms
    from graph.generating import SCALES, GeneratedEdges, Scale, Written, generate, generated_edges
    from graph.importing import (
        ROW_COUNTS,
        ImportResult,
        ListInfo,
        Plan,
        Problem,
        RowChange,
        Table,
        Wrong,
        commit_plan,
        go_cluster_folder,
        import_file,
        import_table,
        load_go_cluster,
        load_invented,
        make_plan,
        parse_value,
        read_table,
        slug_of,
        too_many_gone,
        unload_invented,
    )
    from graph.knowledge import About, Batch, Change, Checkpoint, Knowledge, Source, View
    from graph.model import Origin, Statement, Term, Thing
    from graph.search import Hit, SearchAnswer, SearchService
    from graph.source_names import EDITS, called, owner_of, source_name
    from graph.sparql import QueryAnswer, QueryError, QueryLimits, Readers

_HOME: Final[dict[str, str]] = {
    "Addresses": "graph.addresses",
    "DEFAULT_BASE": "graph.addresses",
    "ANONYMOUS": "graph.audience",
    "PLATFORM": "graph.audience",
    "PUBLIC": "graph.audience",
    "Viewer": "graph.audience",
    "decisions": "graph",
    "readable": "graph.audience",
    "networks_of": "graph.belonging",
    "Clash": "graph.checking",
    "Finding": "graph.checking",
    "LogicReport": "graph.checking",
    "ShapeReport": "graph.checking",
    "check_concepts": "graph.checking",
    "check_logic": "graph.checking",
    "check_shapes": "graph.checking",
    "check_thesaurus": "graph.checking",
    "KnowledgeError": "graph.errors",
    "EXPORT_FORMATS": "graph.exporting",
    "export": "graph.exporting",
    "GeneratedEdges": "graph.generating",
    "SCALES": "graph.generating",
    "Scale": "graph.generating",
    "Written": "graph.generating",
    "generate": "graph.generating",
    "generated_edges": "graph.generating",
    "Vocabulary": "graph.folding",
    "fold": "graph.folding",
    "forms": "graph.folding",
    "terms": "graph.folding",
    "ImportResult": "graph.importing",
    "ListInfo": "graph.importing",
    "Plan": "graph.importing",
    "Problem": "graph.importing",
    "ROW_COUNTS": "graph.importing",
    "RowChange": "graph.importing",
    "Table": "graph.importing",
    "Wrong": "graph.importing",
    "commit_plan": "graph.importing",
    "go_cluster_folder": "graph.importing",
    "import_file": "graph.importing",
    "import_table": "graph.importing",
    "load_go_cluster": "graph.importing",
    "load_invented": "graph.importing",
    "make_plan": "graph.importing",
    "parse_value": "graph.importing",
    "read_table": "graph.importing",
    "slug_of": "graph.importing",
    "too_many_gone": "graph.importing",
    "unload_invented": "graph.importing",
    "About": "graph.knowledge",
    "Batch": "graph.knowledge",
    "Change": "graph.knowledge",
    "Checkpoint": "graph.knowledge",
    "Knowledge": "graph.knowledge",
    "Source": "graph.knowledge",
    "View": "graph.knowledge",
    "Origin": "graph.model",
    "Statement": "graph.model",
    "Term": "graph.model",
    "Thing": "graph.model",
    "Hit": "graph.search",
    "SearchAnswer": "graph.search",
    "SearchService": "graph.search",
    "EDITS": "graph.source_names",
    "called": "graph.source_names",
    "owner_of": "graph.source_names",
    "source_name": "graph.source_names",
    "QueryAnswer": "graph.sparql",
    "QueryError": "graph.sparql",
    "QueryLimits": "graph.sparql",
    "Readers": "graph.sparql",
    "sparql": "graph",
}
"""Where each name of the room's face is at home; what is at home in ``graph`` is a module."""

__all__ = [
    "ANONYMOUS",
    "DEFAULT_BASE",
    "EDITS",
    "EXPORT_FORMATS",
    "PLATFORM",
    "PUBLIC",
    "ROW_COUNTS",
    "SCALES",
    "About",
    "Addresses",
    "Batch",
    "Change",
    "Checkpoint",
    "Clash",
    "Finding",
    "GeneratedEdges",
    "Hit",
    "ImportResult",
    "Knowledge",
    "KnowledgeError",
    "ListInfo",
    "LogicReport",
    "Origin",
    "Plan",
    "Problem",
    "QueryAnswer",
    "QueryError",
    "QueryLimits",
    "Readers",
    "RowChange",
    "Scale",
    "SearchAnswer",
    "SearchService",
    "ShapeReport",
    "Source",
    "Statement",
    "Table",
    "Term",
    "Thing",
    "View",
    "Viewer",
    "Vocabulary",
    "Written",
    "Wrong",
    "called",
    "check_concepts",
    "check_logic",
    "check_shapes",
    "check_thesaurus",
    "commit_plan",
    "decisions",
    "export",
    "fold",
    "forms",
    "generate",
    "generated_edges",
    "go_cluster_folder",
    "import_file",
    "import_table",
    "load_go_cluster",
    "load_invented",
    "make_plan",
    "networks_of",
    "owner_of",
    "parse_value",
    "read_table",
    "readable",
    "slug_of",
    "source_name",
    "sparql",
    "terms",
    "too_many_gone",
    "unload_invented",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    if home == "graph":
        value = import_module(f"graph.{name}")
    else:
        value = getattr(import_module(home), name)
    globals()[name] = value
    return value
