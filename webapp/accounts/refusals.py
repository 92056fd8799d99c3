"""What cannot be done with an account, each in one sentence and a remedy."""

from ontology import Bilingual
from webapp.accounts.database import AccountsError
from webapp.accounts.passwords import LEAST_LENGTH, MOST_LENGTH


def no_address() -> AccountsError:
    """A text is no e-mail address."""
    return AccountsError(
        Bilingual("This is no e-mail address.", "Das ist keine E-Mail-Adresse."),
        Bilingual("Check its spelling.", "Prüfen Sie die Schreibung."),
    )


def address_taken() -> AccountsError:
    """An address has an account."""
    return AccountsError(
        Bilingual("This address has an account.", "Zu dieser Adresse gibt es ein Konto."),
        Bilingual("Choose another address.", "Wählen Sie eine andere Adresse."),
    )


def too_weak() -> AccountsError:
    """A password may not be chosen."""
    return AccountsError(
        Bilingual("This password is too easy to guess.", "Dieses Passwort ist zu leicht zu raten."),
        Bilingual(
            f"Choose one with {LEAST_LENGTH} to {MOST_LENGTH} characters that is not your address.",
            f"Wählen Sie eines mit {LEAST_LENGTH} bis {MOST_LENGTH} Zeichen, "
            "das nicht Ihre Adresse ist.",
        ),
    )


def does_not_wait() -> AccountsError:
    """An account was let in already, or never asked."""
    return AccountsError(
        Bilingual("This account does not wait any more.", "Dieses Konto wartet nicht mehr."),
    )


def unread() -> AccountsError:
    """Nobody has shown to read the mail of an address."""
    return AccountsError(
        Bilingual(
            "The owner of the address has not followed the link in our mail yet.",
            "Wem die Adresse gehört, ist dem Link in unserer Mail noch nicht gefolgt.",
        ),
        Bilingual("Ask for that first.", "Bitten Sie zuerst darum."),
    )


def is_closed() -> AccountsError:
    """An account is closed."""
    return AccountsError(Bilingual("This account is closed.", "Dieses Konto ist geschlossen."))
