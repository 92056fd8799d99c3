"""Import: from lists that people keep to what is known, in steps that can be looked at.

read -> map -> validate -> match -> link -> plan -> commit; undo is the knowledge's own.
"""

from graph.importing.assumed import Assumed
from graph.importing.cells import Wrong, parse_value
from graph.importing.choices import read_choice
from graph.importing.columns import Column, ColumnChoice, Guess, Mapping
from graph.importing.files import (
    ImportResult,
    commit_plan,
    import_file,
    import_table,
    too_many_gone,
)
from graph.importing.go_cluster import go_cluster_folder, load_go_cluster
from graph.importing.invented import load_invented, unload_invented
from graph.importing.mapping import known_columns, map_columns
from graph.importing.naming import slug_of
from graph.importing.planning import make_plan, understand_columns
from graph.importing.plans import ROW_COUNTS, Detail, ListInfo, Plan, RowChange
from graph.importing.problems import Problem
from graph.importing.reading import Row, Table, read_grid, read_table
from graph.importing.records import Record, Validated, validate

__all__ = [
    "ROW_COUNTS",
    "Assumed",
    "Column",
    "ColumnChoice",
    "Detail",
    "Guess",
    "ImportResult",
    "ListInfo",
    "Mapping",
    "Plan",
    "Problem",
    "Record",
    "Row",
    "RowChange",
    "Table",
    "Validated",
    "Wrong",
    "commit_plan",
    "go_cluster_folder",
    "import_file",
    "import_table",
    "known_columns",
    "load_go_cluster",
    "load_invented",
    "make_plan",
    "map_columns",
    "parse_value",
    "read_choice",
    "read_grid",
    "read_table",
    "slug_of",
    "too_many_gone",
    "understand_columns",
    "unload_invented",
    "validate",
]
