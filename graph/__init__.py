"""What is known: the store, who may read what, import, inference, search and SPARQL.

This is the room's whole face: other rooms take what they need from here and reach into no
module behind it. Names are loaded when first used, so that a command pays for what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph.homes import HOMES

if TYPE_CHECKING:
    from graph import decisions, sparql
    from graph.access import Access, explain_access
    from graph.addresses import DEFAULT_BASE, Addresses
    from graph.audience import ANONYMOUS, PLATFORM, PUBLIC, Viewer, readable
    from graph.belonging import networks_of, networks_of_each
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
    from graph.decisions import Decision
    from graph.editing import (
        Created,
        Doubt,
        OpenWord,
        OtherSaying,
        PropertyChange,
        Said,
        create,
        dissolve,
        doubts,
        edit,
        new_iri,
        open_words,
        others_say,
        remove,
        say_instead,
        withdraw,
    )
    from graph.erasing import (
        Erased,
        ErasedMarks,
        Erasing,
        KnownAbout,
        erase,
        erased_marks,
        finish_erasing,
        known_about,
    )
    from graph.errors import KnowledgeError
    from graph.exporting import EXPORT_FORMATS, export
    from graph.folding import Vocabulary, fold, forms, terms
    from graph.generating import (
        SCALES,
        GeneratedEdges,
        Scale,
        Written,
        generate,
        generate_dirty,
        generated_edges,
    )
    from graph.importing import (
        ROW_COUNTS,
        Assumed,
        ColumnChoice,
        Guess,
        ImportResult,
        ListInfo,
        Mapping,
        Plan,
        Problem,
        RowChange,
        Table,
        Wrong,
        commit_plan,
        go_cluster_folder,
        import_file,
        import_table,
        known_columns,
        load_go_cluster,
        load_invented,
        make_plan,
        parse_value,
        read_choice,
        read_grid,
        read_table,
        slug_of,
        too_many_gone,
        understand_columns,
        unload_invented,
    )
    from graph.importing.likeness.doubts import (
        decide_pair,
        decided_pairs,
        doubtful_pairs,
        joined_things,
        take_back_pair,
    )
    from graph.importing.likeness.lists import find_pairs
    from graph.importing.likeness.measuring import Quality, measure, true_pairs
    from graph.importing.likeness.pairs import Evidence, Pair
    from graph.importing.plan_sheet import plan_workbook
    from graph.importing.rdf_lists import rdf_format
    from graph.importing.template_columns import (
        TEMPLATE_FORMATS,
        TEMPLATE_KINDS,
        TemplateColumn,
        template_columns,
    )
    from graph.importing.templates import template
    from graph.importing.words import (
        ListWord,
        decide_word,
        decided_words,
        list_words,
        new_topic,
        take_back_word,
        whoever_runs_it,
        with_candidates,
    )
    from graph.knowledge import (
        About,
        Batch,
        Change,
        Checkpoint,
        Knowledge,
        KnowledgeCopy,
        Source,
        View,
        copied,
        restore,
    )
    from graph.model import Origin, Statement, Term, Thing
    from graph.progress import Progress, silent
    from graph.search import Hit, Recognised, Recogniser, SearchAnswer, SearchService
    from graph.source_names import EDITS, called, owner_of, source_name
    from graph.sparql import QueryAnswer, QueryError, QueryLimits, Readers
    from graph.upkeep import Completeness, Listed, Upkeep, completeness, upkeep_of

__all__ = [
    "ANONYMOUS",
    "DEFAULT_BASE",
    "EDITS",
    "EXPORT_FORMATS",
    "PLATFORM",
    "PUBLIC",
    "ROW_COUNTS",
    "SCALES",
    "TEMPLATE_FORMATS",
    "TEMPLATE_KINDS",
    "About",
    "Access",
    "Addresses",
    "Assumed",
    "Batch",
    "Change",
    "Checkpoint",
    "Clash",
    "ColumnChoice",
    "Completeness",
    "Created",
    "Decision",
    "Doubt",
    "Erased",
    "ErasedMarks",
    "Erasing",
    "Evidence",
    "Finding",
    "GeneratedEdges",
    "Guess",
    "Hit",
    "ImportResult",
    "Knowledge",
    "KnowledgeCopy",
    "KnowledgeError",
    "KnownAbout",
    "ListInfo",
    "ListWord",
    "Listed",
    "LogicReport",
    "Mapping",
    "OpenWord",
    "Origin",
    "OtherSaying",
    "Pair",
    "Plan",
    "Problem",
    "Progress",
    "PropertyChange",
    "Quality",
    "QueryAnswer",
    "QueryError",
    "QueryLimits",
    "Readers",
    "Recognised",
    "Recogniser",
    "RowChange",
    "Said",
    "Scale",
    "SearchAnswer",
    "SearchService",
    "ShapeReport",
    "Source",
    "Statement",
    "Table",
    "TemplateColumn",
    "Term",
    "Thing",
    "Upkeep",
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
    "completeness",
    "copied",
    "create",
    "decide_pair",
    "decide_word",
    "decided_pairs",
    "decided_words",
    "decisions",
    "dissolve",
    "doubtful_pairs",
    "doubts",
    "edit",
    "erase",
    "erased_marks",
    "explain_access",
    "export",
    "find_pairs",
    "finish_erasing",
    "fold",
    "forms",
    "generate",
    "generate_dirty",
    "generated_edges",
    "go_cluster_folder",
    "import_file",
    "import_table",
    "joined_things",
    "known_about",
    "known_columns",
    "list_words",
    "load_go_cluster",
    "load_invented",
    "make_plan",
    "networks_of",
    "networks_of_each",
    "new_iri",
    "new_topic",
    "open_words",
    "others_say",
    "owner_of",
    "parse_value",
    "plan_workbook",
    "rdf_format",
    "read_choice",
    "read_grid",
    "read_table",
    "readable",
    "remove",
    "restore",
    "say_instead",
    "silent",
    "slug_of",
    "source_name",
    "sparql",
    "take_back_pair",
    "take_back_word",
    "template",
    "template_columns",
    "terms",
    "too_many_gone",
    "true_pairs",
    "understand_columns",
    "unload_invented",
    "upkeep_of",
    "whoever_runs_it",
    "with_candidates",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    home = HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    if home == "graph":
        value = import_module(f"graph.{name}")
    else:
        value = getattr(import_module(home), name)
    globals()[name] = value
    return value
