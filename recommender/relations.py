"""What a step along each property is worth to the walk, and why.

The values are reasoned, not fitted: they say how much two things have to do with each other
where one statement joins them. How common the property or the neighbour is does not belong
here; the walk's damping of hubs takes care of that.
"""

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from ontology import CR, SKOS

STRONG: Final = 1.0
MEDIUM: Final = 0.6
LOOSE: Final = 0.4
FAINT: Final = 0.2

SIMILAR: Final = CR + "similarTo"
"""No statement: what :mod:`recommender.texts` finds in the words of two descriptions."""


@dataclass(frozen=True)
class Relation:
    """A property that the walk follows, both ways.

    Attributes:
        iri: the property.
        weight: what one statement is worth.
        why: the reason for the weight.
        inverse: the property that says the same the other way round, if there is one.
        symmetric: whether both directions say the same.
    """

    iri: str
    weight: float
    why: str
    inverse: str = ""
    symmetric: bool = False

    @cached_property
    def name(self) -> str:
        """The local name: ``memberOf``."""
        return self.iri.rpartition("#")[2]


RELATIONS: Final = (
    Relation(CR + "memberOf", STRONG, "membership is a contract", CR + "hasMember"),
    Relation(CR + "unitOf", STRONG, "a section is a part of its cluster", CR + "hasUnit"),
    Relation(CR + "worksFor", STRONG, "a person speaks for the employer", CR + "employs"),
    Relation(CR + "coordinatedBy", STRONG, "leading is the closest tie", CR + "coordinates"),
    Relation(CR + "hasPartner", STRONG, "partners have worked together", CR + "partnerIn"),
    Relation(CR + "hasParticipant", MEDIUM, "took part, role unknown", CR + "takesPartIn"),
    Relation(CR + "involvedIn", LOOSE, "named beside a project, role open", CR + "involves"),
    Relation(CR + "listedBy", STRONG, "who offers or seeks answers for it", CR + "lists"),
    Relation(CR + "operatedBy", STRONG, "a machine stands in one house", CR + "operates"),
    Relation(CR + "belongsToProject", STRONG, "made in and for the project", CR + "hasProjectItem"),
    Relation(CR + "organisedBy", STRONG, "whoever organises is there", CR + "organises"),
    Relation(CR + "providedBy", STRONG, "whoever teaches knows it", CR + "provides"),
    Relation(CR + "hasAuthor", STRONG, "authorship is personal", CR + "wrote"),
    Relation(CR + "fundedBy", LOOSE, "money comes from few for many", CR + "funds"),
    Relation(CR + "hasCompetence", MEDIUM, "what one can do, of one's own account"),
    Relation(CR + "enables", MEDIUM, "what a machine is good for", CR + "enabledBy"),
    Relation(CR + "activeIn", MEDIUM, "a field says where, not what"),
    Relation(CR + "about", MEDIUM, "a subject among several", CR + "topicOf"),
    Relation(CR + "inSector", LOOSE, "sectors are wide"),
    Relation(CR + "interestedIn", LOOSE, "a wish, not yet a deed"),
    Relation(SKOS + "broader", MEDIUM, "one subject within another", SKOS + "narrower"),
    Relation(SKOS + "broadMatch", MEDIUM, "within another scheme's", SKOS + "narrowMatch"),
    Relation(SKOS + "related", LOOSE, "close, but distinct", symmetric=True),
    Relation(CR + "locatedIn", LOOSE, "neighbours meet; whole countries are damped as hubs"),
    Relation(CR + "partOf", LOOSE, "a town in its region"),
    Relation(SIMILAR, FAINT, "words in common prove nothing"),
)
"""Every property that is walked. Figures (``cr:figureOf``) tell of one thing and join nothing."""

NUMBER_OF: Final = MappingProxyType({relation.iri: at for at, relation in enumerate(RELATIONS)})
"""Position of each property in :data:`RELATIONS`."""

INVERSE_OF: Final = MappingProxyType(
    {relation.inverse: at for at, relation in enumerate(RELATIONS) if relation.inverse}
)
"""Position in :data:`RELATIONS` of what each inverse property says the other way round."""
