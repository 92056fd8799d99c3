"""A process of its own for owlready2, whose worlds and warnings stay in it.

Run as ``python hermit_child.py FILE``; FILE is N-Triples. Prints one line of JSON:
``consistent``, and ``unsatisfiable``, the classes that can have no member.
"""

import json
import sys
from pathlib import Path

import owlready2


def main(path: Path) -> None:
    """Classify a file and print what came of it."""
    world = owlready2.World()
    ontology = world.get_ontology(path.resolve().as_uri()).load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        print(json.dumps({"consistent": False, "unsatisfiable": []}))
        return
    empty = sorted(cls.iri for cls in world.inconsistent_classes() if hasattr(cls, "iri"))
    print(json.dumps({"consistent": True, "unsatisfiable": empty}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
