"""The table of relations against the ontology."""

from ontology import CR, schema
from recommender.relations import INVERSE_OF, NUMBER_OF, RELATIONS

NOT_WALKED = {
    CR + "figureOf",  # a figure tells of one thing and joins nothing
    CR + "experiencedIn",  # follows from taking part, which is walked
}


def test_every_property_between_things_is_walked_or_left_out_on_purpose() -> None:
    known = schema()
    between_things = set(known.inverses) | set(known.ranges)
    walked = set(NUMBER_OF) | set(INVERSE_OF)
    told = {one for one in between_things if one.startswith(CR)}
    inverses_of_left_out = {other for one in NOT_WALKED for other in known.inverses.get(one, ())}
    assert told - walked - NOT_WALKED - inverses_of_left_out == set()


def test_inverses_are_the_ontologys() -> None:
    known = schema()
    for one in RELATIONS:
        if one.inverse.startswith(CR):
            assert one.inverse in known.inverses[one.iri]
        assert one.symmetric == (one.iri in known.symmetric)


def test_every_weight_is_positive_and_has_a_reason() -> None:
    assert all(0 < one.weight <= 1 and one.why for one in RELATIONS)
