"""What people are told when something cannot be edited."""

from graph.errors import KnowledgeError
from ontology import Bilingual


def no_such_thing() -> KnowledgeError:
    """There is nothing of that address for whoever edits."""
    return KnowledgeError(
        Bilingual("There is nothing here that could be edited.", "Hier ist nichts zu bearbeiten."),
        Bilingual("Look for it in the search.", "In der Suche danach suchen."),
    )


def not_yours(audience: str) -> KnowledgeError:
    """The editor does not belong to the audience."""
    return KnowledgeError(
        Bilingual(
            "You cannot say anything to “{audience}”: you do not belong to it.",
            "Sie können „{audience}“ nichts sagen: Sie gehören nicht dazu.",
        ).with_(audience=audience),
        Bilingual("Choose another audience.", "Einen anderen Leserkreis wählen."),
    )


def too_wide(audience: str, slug: str) -> KnowledgeError:
    """A value would tell an audience of something that it may not know."""
    return KnowledgeError(
        Bilingual(
            "“{slug}” is not known to “{audience}”; this value would tell of it.",
            "„{slug}“ ist für „{audience}“ nicht da; dieser Wert würde es verraten.",
        ).with_(audience=audience, slug=slug),
        Bilingual("Choose a narrower audience.", "Einen engeren Leserkreis wählen."),
    )


def nothing_by_hand() -> KnowledgeError:
    """Nobody said anything by hand that could be taken away."""
    return KnowledgeError(
        Bilingual(
            "Nothing of this was written by hand; it stands in lists.",
            "Nichts davon wurde von Hand geschrieben; es steht in Listen.",
        ),
        Bilingual("Correct the list, or edit the values.", "Die Liste oder die Werte korrigieren."),
    )


def wrong_name() -> KnowledgeError:
    """A new thing needs a name."""
    return KnowledgeError(
        Bilingual("A new thing needs a name.", "Etwas Neues braucht einen Namen."),
        Bilingual("Write one.", "Einen Namen schreiben."),
    )


def would_return() -> KnowledgeError:
    """Somebody who was erased would be back; who that is stays untold."""
    return KnowledgeError(
        Bilingual(
            "This names somebody who was erased and must not come back, so it was not saved.",
            "Das nennt jemanden, der gelöscht wurde und nicht zurückkehren darf; deshalb wurde es "
            "nicht gespeichert.",
        ),
        Bilingual(
            "Leave the name or the e-mail address out. If it is somebody else of the same name, "
            "say for whom that person works.",
            "Den Namen oder die E-Mail-Adresse weglassen. Ist es jemand anderes gleichen Namens, "
            "angeben, für wen diese Person arbeitet.",
        ),
    )
