"""Invented texts: sentences of a small grammar, in German and English at once.

A production is a pair of sentences. ``<symbol>`` stands for another production of that
symbol, chosen once for both languages, so that they say the same; ``{slot}`` for a word given.
"""

import re
from collections.abc import Mapping
from random import Random
from typing import Final

from graph.generating.words import Pair

_SYMBOL: Final = re.compile(r"<(\w+)>")

GRAMMAR: Final[dict[str, tuple[Pair, ...]]] = {
    "company": (
        ("<Does> <Focus>", "<Does> <Focus>"),
        ("<Does> <Focus> <Size>", "<Does> <Focus> <Size>"),
        ("<Does> <Wish>", "<Does> <Wish>"),
        ("<Focus> <Customers>", "<Focus> <Customers>"),
    ),
    "Does": (
        (
            "Familienbetrieb aus {town}, der Lösungen für {topic} entwickelt.",
            "Family business from {town} that develops solutions for {topic}.",
        ),
        (
            "Hersteller von Anlagen für {topic} mit Sitz in {town}.",
            "Maker of equipment for {topic}, based in {town}.",
        ),
        (
            "Ausgründung, die {topic} in die Serie bringt.",
            "Spin-off that takes {topic} into series production.",
        ),
        (
            "Dienstleister rund um {topic}, von der Beratung bis zum Betrieb.",
            "Services around {topic}, from advice to operation.",
        ),
    ),
    "Focus": (
        (
            "Schwerpunkte sind {topic} und {second}.",
            "The focus is on {topic} and {second}.",
        ),
        (
            "Eine besondere Stärke ist die Verbindung von {topic} mit {second}.",
            "A particular strength is combining {topic} with {second}.",
        ),
        (
            "Im eigenen Labor werden Verfahren für {second} erprobt.",
            "Methods for {second} are tried out in a laboratory of its own.",
        ),
    ),
    "Customers": (
        (
            "Kunden kommen vor allem aus der Branche {sector}.",
            "Customers come mainly from {sector}.",
        ),
        (
            "Beliefert werden Betriebe der Branche {sector}, <Where>.",
            "Businesses in {sector} are supplied, <Where>.",
        ),
    ),
    "Where": (
        ("auch im Ausland", "abroad too"),
        ("meist in der Region", "mostly in the region"),
        ("bundesweit", "all over Germany"),
    ),
    "Size": (
        ("Gefertigt wird in kleinen Serien.", "Production runs are small."),
        ("Gearbeitet wird in zwei Schichten.", "Work is done in two shifts."),
        ("Prototypen entstehen in wenigen Tagen.", "Prototypes take a few days."),
    ),
    "Wish": (
        (
            "Gesucht werden Partner, die Erfahrung mit {second} mitbringen.",
            "Looking for partners with experience in {second}.",
        ),
        (
            "Gemeinsame Vorhaben zu {second} sind willkommen.",
            "Joint projects on {second} are welcome.",
        ),
    ),
    "institute": (
        (
            "Forschung zu {topic} und {second}, <Where>. <Offer>",
            "Research on {topic} and {second}, <Where>. <Offer>",
        ),
        (
            "Arbeitsgruppen untersuchen {topic}. <Offer> <Wish>",
            "Working groups study {topic}. <Offer> <Wish>",
        ),
    ),
    "Offer": (
        (
            "Betriebe der Branche {sector} können Labore mitnutzen.",
            "Businesses in {sector} can share the laboratories.",
        ),
        (
            "Auftragsmessungen und Studien gehören zum Angebot.",
            "Measurements on commission and studies are on offer.",
        ),
    ),
    "cluster": (
        (
            "Netzwerk aus {town} für {sector}. <Focus>",
            "Network from {town} for {sector}. <Focus>",
        ),
        (
            "Verbund von Betrieben und Forschung rund um {topic}. <Wish>",
            "Alliance of businesses and research around {topic}. <Wish>",
        ),
    ),
    "person": (
        ("Arbeitet an {topic}.", "Works on {topic}."),
        ("Ansprechperson für {topic} und {second}.", "Contact for {topic} and {second}."),
    ),
    "project": (
        (
            "Das Vorhaben verbindet {topic} mit {second}, damit <Aim>.",
            "The project combines {topic} with {second} so that <Aim>.",
        ),
        (
            "Partner aus der Branche {sector} erproben {topic}, damit <Aim>.",
            "Partners from {sector} try out {topic} so that <Aim>.",
        ),
    ),
    "Aim": (
        ("weniger Ausschuss anfällt", "there is less waste"),
        ("Prüfungen schneller werden", "tests become faster"),
        ("kleine Betriebe Zugang bekommen", "small businesses get access"),
        ("Anlagen weniger Energie brauchen", "machines need less energy"),
    ),
    "event": (
        ("Vorträge und Gespräche zu {topic}.", "Talks and conversations on {topic}."),
        (
            "Mitglieder zeigen, was sie zu {topic} und {second} können.",
            "Members show what they can do in {topic} and {second}.",
        ),
    ),
    "offer": (
        (
            "Freie Zeiten für {topic}; <Where>.",
            "Free slots for {topic}; <Where>.",
        ),
        (
            "Erfahrung mit {topic} wird weitergegeben. <Size>",
            "Experience with {topic} is passed on. <Size>",
        ),
    ),
    "need": (
        ("Gesucht wird Hilfe bei {topic}, <Where>.", "Help with {topic} is wanted, <Where>."),
        (
            "Wer beherrscht {topic} und kennt {second}?",
            "Who masters {topic} and knows {second}?",
        ),
    ),
    "device": (
        (
            "Ausgelegt für {topic}; nach Absprache mitnutzbar.",
            "Made for {topic}; can be shared by arrangement.",
        ),
    ),
}


def compose(symbol: str, slots: Mapping[str, Pair], random: Random) -> Pair:
    """A text in German and English that say the same.

    >>> compose("person", {"topic": ("Optik", "Optics"), "second": ("Glas", "Glass")}, Random(1))
    ('Arbeitet an Optik.', 'Works on optics.')
    """
    german, english = _expand(symbol, random)
    return (
        german.format(**{name: pair[0] for name, pair in slots.items()}),
        english.format(
            **{
                name: pair[1] if name == "town" else _inside(pair[1])
                for name, pair in slots.items()
            }
        ),
    )


def _expand(symbol: str, random: Random) -> Pair:
    german, english = random.choice(GRAMMAR[symbol])
    parts = {name: _expand(name, random) for name in _SYMBOL.findall(german)}
    return (
        _SYMBOL.sub(lambda found: parts[found[1]][0], german),
        _SYMBOL.sub(lambda found: parts[found[1]][1], english),
    )


def _inside(english: str) -> str:
    """A topic's label as it stands inside an English sentence."""
    return english if english.startswith("X-ray") else english[:1].lower() + english[1:]
