"""What a statement says of one of its two ends, in German and English.

A phrase tells of the thing that is suggested, or of one on the way to it, without naming it:
"Partner im Projekt {x}". Phrases are complete by themselves and can stand behind a comma as an
apposition, so that a path of any relations makes a sentence.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from ontology import Bilingual

SUBJECT: Final = True
"""The phrase tells of the statement's subject."""
OBJECT: Final = False
"""The phrase tells of the statement's object."""

Role = tuple[str, bool]
"""Local name of a property, and which end of the statement is told of."""


def _two(de: str, en: str) -> Bilingual:
    return Bilingual(en=en, de=de)


LIKE: Final = "similarTo"
"""What joins two things whose descriptions have words in common; no statement."""

SIMILAR_WORDS: Final = _two("ähnlich beschrieben: {x}", "similar description: {x}")
SIMILAR_TEXT: Final = _two("ähnlich beschrieben", "similar description")

PHRASES: Final[Mapping[Role, Bilingual]] = MappingProxyType(
    {
        ("memberOf", SUBJECT): _two("Mitglied von {x}", "member of {x}"),
        ("memberOf", OBJECT): _two("hat {x} als Mitglied", "has {x} as a member"),
        ("unitOf", SUBJECT): _two("Teil von {x}", "part of {x}"),
        ("unitOf", OBJECT): _two("umfasst {x}", "includes {x}"),
        ("worksFor", SUBJECT): _two("tätig bei {x}", "works at {x}"),
        ("worksFor", OBJECT): _two("beschäftigt {x}", "employs {x}"),
        ("coordinatedBy", SUBJECT): _two("Projekt unter Leitung von {x}", "project led by {x}"),
        ("coordinatedBy", OBJECT): _two("leitet das Projekt {x}", "leads the project {x}"),
        ("hasPartner", SUBJECT): _two(
            "Projekt mit {x} als Partner", "project with {x} as a partner"
        ),
        ("hasPartner", OBJECT): _two("Partner im Projekt {x}", "partner in the project {x}"),
        ("hasParticipant", SUBJECT): _two("Projekt mit {x}", "project with {x}"),
        ("hasParticipant", OBJECT): _two("beteiligt am Projekt {x}", "takes part in {x}"),
        ("involvedIn", SUBJECT): _two("beteiligt am Projekt {x}", "involved in the project {x}"),
        ("involvedIn", OBJECT): _two("Projekt, an dem {x} beteiligt ist", "project involving {x}"),
        ("listedBy", SUBJECT): _two("eingestellt von {x}", "listed by {x}"),
        ("listedBy", OBJECT): _two("verantwortlich für {x}", "responsible for {x}"),
        ("operatedBy", SUBJECT): _two("Gerät von {x}", "machine of {x}"),
        ("operatedBy", OBJECT): _two("betreibt {x}", "operates {x}"),
        ("belongsToProject", SUBJECT): _two("aus dem Projekt {x}", "from the project {x}"),
        ("belongsToProject", OBJECT): _two("Projekt hinter {x}", "project behind {x}"),
        ("organisedBy", SUBJECT): _two("veranstaltet von {x}", "organised by {x}"),
        ("organisedBy", OBJECT): _two("veranstaltet {x}", "organises {x}"),
        ("providedBy", SUBJECT): _two("angeboten von {x}", "provided by {x}"),
        ("providedBy", OBJECT): _two("bietet {x} an", "provides {x}"),
        ("hasAuthor", SUBJECT): _two("verfasst von {x}", "written by {x}"),
        ("hasAuthor", OBJECT): _two("hat {x} verfasst", "wrote {x}"),
        ("fundedBy", SUBJECT): _two("gefördert von {x}", "funded by {x}"),
        ("fundedBy", OBJECT): _two("fördert {x}", "funds {x}"),
        ("hasCompetence", SUBJECT): _two("Kompetenz: {x}", "competence: {x}"),
        ("hasCompetence", OBJECT): _two("Kompetenz von {x}", "competence of {x}"),
        ("enables", SUBJECT): _two("ermöglicht: {x}", "enables: {x}"),
        ("enables", OBJECT): _two("möglich durch {x}", "made possible by {x}"),
        ("activeIn", SUBJECT): _two("Arbeitsfeld: {x}", "field: {x}"),
        ("activeIn", OBJECT): _two("Arbeitsfeld von {x}", "field of {x}"),
        ("about", SUBJECT): _two("Thema: {x}", "topic: {x}"),
        ("about", OBJECT): _two("Thema von {x}", "topic of {x}"),
        ("inSector", SUBJECT): _two("Branche: {x}", "sector: {x}"),
        ("inSector", OBJECT): _two("Branche von {x}", "sector of {x}"),
        ("interestedIn", SUBJECT): _two("interessiert an: {x}", "interested in: {x}"),
        ("interestedIn", OBJECT): _two("interessant für {x}", "of interest to {x}"),
        ("broader", SUBJECT): _two("Teilgebiet von {x}", "narrower than {x}"),
        ("broader", OBJECT): _two("Oberbegriff von {x}", "broader than {x}"),
        ("broadMatch", SUBJECT): _two("gehört zu {x}", "belongs to {x}"),
        ("broadMatch", OBJECT): _two("Oberbegriff von {x}", "broader than {x}"),
        ("related", SUBJECT): _two("verwandt mit {x}", "related to {x}"),
        ("related", OBJECT): _two("verwandt mit {x}", "related to {x}"),
        ("locatedIn", SUBJECT): _two("in {x}", "in {x}"),
        ("locatedIn", OBJECT): _two("Ort von {x}", "place of {x}"),
        ("partOf", SUBJECT): _two("Teil von {x}", "part of {x}"),
        ("partOf", OBJECT): _two("umfasst {x}", "includes {x}"),
    }
)
"""What each end of each statement is, seen from the other."""

OF_KIND: Final[Mapping[tuple[str, bool, str], Bilingual]] = MappingProxyType(
    {
        ("listedBy", SUBJECT, "offer"): _two("Angebot von {x}", "offer by {x}"),
        ("listedBy", SUBJECT, "need"): _two("Gesuch von {x}", "need of {x}"),
        ("belongsToProject", SUBJECT, "offer"): _two(
            "Angebot aus dem Projekt {x}", "offer from the project {x}"
        ),
        ("belongsToProject", SUBJECT, "need"): _two(
            "Gesuch aus dem Projekt {x}", "need from the project {x}"
        ),
        ("belongsToProject", SUBJECT, "event"): _two(
            "Veranstaltung im Projekt {x}", "event of the project {x}"
        ),
        ("belongsToProject", SUBJECT, "training"): _two(
            "Weiterbildung aus dem Projekt {x}", "training from the project {x}"
        ),
        ("belongsToProject", SUBJECT, "publication"): _two(
            "Veröffentlichung aus dem Projekt {x}", "publication from the project {x}"
        ),
        ("belongsToProject", SUBJECT, "roadmap"): _two(
            "Teil der Roadmap im Projekt {x}", "on the roadmap of the project {x}"
        ),
    }
)
"""Phrases that are plainer where the kind of the thing told of is known."""

OVER_KIND: Final[Mapping[tuple[str, bool, str], Bilingual]] = MappingProxyType(
    {
        ("listedBy", OBJECT, "offer"): _two("bietet {x} an", "offers {x}"),
        ("listedBy", OBJECT, "need"): _two("sucht {x}", "seeks {x}"),
        ("about", OBJECT, "project"): _two("Thema im Projekt {x}", "topic of the project {x}"),
        ("inSector", OBJECT, "project"): _two(
            "Branche im Projekt {x}", "sector of the project {x}"
        ),
    }
)
"""Phrases that are plainer where the kind of the other thing, {x}, is known."""

ASIDE: Final[Mapping[tuple[str, bool] | tuple[str, bool, str], Bilingual]] = MappingProxyType(
    {
        ("memberOf", OBJECT): _two("mit {x} als Mitglied", "with {x} as a member"),
        ("unitOf", OBJECT): _two("mit {x}", "with {x}"),
        ("worksFor", OBJECT): _two("Arbeitgeber von {x}", "employer of {x}"),
        ("coordinatedBy", OBJECT): _two("Leitung im Projekt {x}", "leader of the project {x}"),
        ("hasParticipant", OBJECT): _two("beteiligt am Projekt {x}", "participant in {x}"),
        ("operatedBy", OBJECT): _two("mit dem Gerät {x}", "with the machine {x}"),
        ("organisedBy", OBJECT): _two("Veranstalter von {x}", "organiser of {x}"),
        ("providedBy", OBJECT): _two("Anbieter von {x}", "provider of {x}"),
        ("hasAuthor", OBJECT): _two("mit der Veröffentlichung {x}", "author of {x}"),
        ("fundedBy", OBJECT): _two("Förderer von {x}", "funder of {x}"),
        ("listedBy", OBJECT, "offer"): _two("mit dem Angebot {x}", "with the offer {x}"),
        ("listedBy", OBJECT, "need"): _two("mit dem Gesuch {x}", "seeker of {x}"),
        ("worksFor", SUBJECT): _two("tätig bei {x}", "working at {x}"),
        ("partOf", OBJECT): _two("mit {x}", "with {x}"),
    }
)
"""What stands in place of a phrase with a verb where it follows a comma."""

BOTH: Final[Mapping[Role, Bilingual]] = MappingProxyType(
    {
        ("memberOf", SUBJECT): _two("beide Mitglied von {x}", "both members of {x}"),
        ("memberOf", OBJECT): _two("Mitglied bei beiden: {x}", "member of both: {x}"),
        ("unitOf", SUBJECT): _two("beide Teil von {x}", "both part of {x}"),
        ("unitOf", OBJECT): _two("beiden gemeinsam: {x}", "common to both: {x}"),
        ("worksFor", SUBJECT): _two("beide bei {x}", "both at {x}"),
        ("worksFor", OBJECT): _two("beide beschäftigen {x}", "both employ {x}"),
        ("coordinatedBy", SUBJECT): _two("beide unter Leitung von {x}", "both led by {x}"),
        ("coordinatedBy", OBJECT): _two("gemeinsam im Projekt {x}", "together in {x}"),
        ("hasPartner", SUBJECT): _two("beide mit {x} als Partner", "both with {x} as a partner"),
        ("hasPartner", OBJECT): _two(
            "beide Partner im Projekt {x}", "both partners in the project {x}"
        ),
        ("hasParticipant", SUBJECT): _two("beide mit {x}", "both with {x}"),
        ("hasParticipant", OBJECT): _two("gemeinsam im Projekt {x}", "together in {x}"),
        ("involvedIn", SUBJECT): _two(
            "beide am Projekt {x} beteiligt", "both involved in the project {x}"
        ),
        ("involvedIn", OBJECT): _two("an beiden beteiligt: {x}", "involved in both: {x}"),
        ("listedBy", SUBJECT): _two("beide von {x}", "both by {x}"),
        ("listedBy", OBJECT): _two("beide verantwortlich für {x}", "both responsible for {x}"),
        ("operatedBy", SUBJECT): _two("beide bei {x}", "both at {x}"),
        ("operatedBy", OBJECT): _two("betreiben gemeinsam {x}", "operate {x} together"),
        ("belongsToProject", SUBJECT): _two(
            "beide aus dem Projekt {x}", "both from the project {x}"
        ),
        ("belongsToProject", OBJECT): _two("beiden gemeinsam: {x}", "common to both: {x}"),
        ("organisedBy", SUBJECT): _two("beide veranstaltet von {x}", "both organised by {x}"),
        ("organisedBy", OBJECT): _two("veranstalten gemeinsam {x}", "organise {x} together"),
        ("providedBy", SUBJECT): _two("beide angeboten von {x}", "both provided by {x}"),
        ("providedBy", OBJECT): _two("bieten gemeinsam {x} an", "provide {x} together"),
        ("hasAuthor", SUBJECT): _two("beide verfasst von {x}", "both written by {x}"),
        ("hasAuthor", OBJECT): _two("gemeinsam verfasst: {x}", "wrote {x} together"),
        ("fundedBy", SUBJECT): _two("beide gefördert von {x}", "both funded by {x}"),
        ("fundedBy", OBJECT): _two("fördern beide {x}", "both fund {x}"),
        ("hasCompetence", SUBJECT): _two("beide: {x}", "both: {x}"),
        ("hasCompetence", OBJECT): _two("beide Kompetenz von {x}", "both competences of {x}"),
        ("enables", SUBJECT): _two("beide ermöglichen: {x}", "both enable: {x}"),
        ("enables", OBJECT): _two("beide möglich durch {x}", "both made possible by {x}"),
        ("activeIn", SUBJECT): _two("beide: {x}", "both: {x}"),
        ("activeIn", OBJECT): _two("beide Arbeitsfeld von {x}", "both fields of {x}"),
        ("about", SUBJECT): _two("beide: {x}", "both: {x}"),
        ("about", OBJECT): _two("beide Thema von {x}", "both topics of {x}"),
        ("inSector", SUBJECT): _two("beide: {x}", "both: {x}"),
        ("inSector", OBJECT): _two("beide Branche von {x}", "both sectors of {x}"),
        ("interestedIn", SUBJECT): _two("beide interessiert an: {x}", "both interested in: {x}"),
        ("interestedIn", OBJECT): _two("beide interessant für {x}", "both of interest to {x}"),
        ("broader", SUBJECT): _two("beide Teilgebiet von {x}", "both part of the field {x}"),
        ("broader", OBJECT): _two("beiden untergeordnet: {x}", "{x} belongs to both"),
        ("broadMatch", SUBJECT): _two("beide gehören zu {x}", "both belong to {x}"),
        ("broadMatch", OBJECT): _two("beiden untergeordnet: {x}", "{x} belongs to both"),
        ("related", SUBJECT): _two("beide verwandt mit {x}", "both related to {x}"),
        ("related", OBJECT): _two("beide verwandt mit {x}", "both related to {x}"),
        ("locatedIn", SUBJECT): _two("beide in {x}", "both in {x}"),
        ("locatedIn", OBJECT): _two("gemeinsamer Ort von {x}", "place of {x}"),
        ("partOf", SUBJECT): _two("beide Teil von {x}", "both part of {x}"),
        ("partOf", OBJECT): _two("beiden gemeinsam: {x}", "common to both: {x}"),
    }
)
"""What two things are that stand in the same way to a third."""

SUBJECT_MATTER: Final = frozenset({"hasCompetence", "activeIn", "about", "inSector"})
"""Properties that say what something has to do with, in whatever way."""


@cache
def phrase(role: Role, told: str, other: str, *, aside: bool = False) -> Bilingual:
    """What a thing is, seen from another.

    Args:
        role: the property, and which end is told of.
        told: kind of the thing told of; of listings ``offer`` or ``need``.
        other: kind of the other thing.
        aside: whether it follows a comma, told of what was named just before.

    >>> phrase(("hasPartner", OBJECT), "cluster", "project")["de"]
    'Partner im Projekt {x}'
    >>> phrase(("listedBy", OBJECT), "cluster", "offer")["en"]
    'offers {x}'
    """
    if aside and (found := ASIDE.get((*role, other)) or ASIDE.get(role)):
        return found
    return OF_KIND.get((*role, told)) or OVER_KIND.get((*role, other)) or PHRASES[role]
