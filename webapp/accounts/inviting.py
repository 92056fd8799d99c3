"""Invitations: what a manager or administrator offers to whoever reads the mail of an address."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from webapp.accounts.clock import now
from webapp.accounts.mail_addresses import as_address, could_be_address
from webapp.accounts.people import (
    People,
    as_name,
    new_account,
    new_id,
    with_address,
)
from webapp.accounts.refusals import no_address
from webapp.accounts.tables import Account, Acting, Invitation, Managing

INVITATION_DAYS: Final = 14


class Inviting(People):
    """Invitations, from the offer to the account that accepts it."""

    def invite(
        self,
        email: str,
        *,
        by: str | None = None,
        cluster: str | None = None,
        organisation: str | None = None,
        manages: bool = False,
        language: str = "en",
    ) -> Invitation:
        """Offer an account; the page sends the mail with a link to the invitation.

        Whether the address has an account already makes no difference to who invites.

        Args:
            email: whom.
            by: id of the account that invites.
            cluster: IRI of the cluster on whose behalf.
            organisation: IRI of the organisation that the invited will act for.
            manages: whether the invited will manage that cluster.
            language: of the mail.

        Raises:
            AccountsError: the address cannot be one.
        """
        if not could_be_address(email):
            raise no_address()
        invitation = Invitation(
            id=new_id(),
            email=as_address(email),
            organisation=organisation,
            cluster=cluster,
            manages=manages,
            language=language,
            invited_by=by,
            created=now(),
            expires=now() + timedelta(days=INVITATION_DAYS),
        )
        with self.session() as session:
            _forget_old(session)
            session.add(invitation)
            if with_address(session, email) is None:
                session.add(new_account(email, "", language, "invited"))
        self.audit(by, "invite", invitation.id)
        return invitation

    def invitation(self, invitation_id: str) -> Invitation | None:
        """An invitation that can still be accepted."""
        with self.reading() as session:
            return _open_invitation(session, invitation_id)

    def invitations(self, cluster: str) -> list[Invitation]:
        """What was offered on behalf of a cluster and not accepted yet, newest first."""
        asked = select(Invitation).where(
            Invitation.cluster == cluster, Invitation.accepted_at.is_(None)
        )
        with self.reading() as session:
            return list(session.scalars(asked.order_by(Invitation.created.desc())))

    def withdraw(self, invitation_id: str) -> None:
        """Take an offer back; of an address that nobody came in with nothing is kept."""
        with self.session() as session:
            session.execute(delete(Invitation).where(Invitation.id == invitation_id))
            _forget_old(session)

    def forget_invitations(self) -> None:
        """Forget what was offered too long ago, and the addresses that it was offered to."""
        with self.session() as session:
            _forget_old(session)

    def accept(self, invitation_id: str, *, name: str = "", password: str = "") -> Account | None:
        """Accept an invitation whose link came by mail, so that the address is confirmed too.

        An account that is in use keeps its name and its password.

        Returns:
            The account, which may sign in now; None where the invitation is used or too old, or
            where whoever made it may not make it any more.

        Raises:
            AccountsError: the password is too weak.
        """
        invitation = self.invitation(invitation_id)
        if invitation is None:
            return None
        known = self.by_email(invitation.email)
        if known is not None and known.status == "closed":
            return None
        in_use = known is not None and known.status == "active"
        hashed = None if in_use else self._hashed(password, invitation.email)
        with self.session() as session:
            offered = _open_invitation(session, invitation_id)
            if offered is None or not _may_still_offer(session, offered):
                return None
            account = with_address(session, offered.email)
            if account is None:
                account = new_account(offered.email, name, offered.language, "invited")
                session.add(account)
            if hashed is not None:
                account.password_hash = hashed
                account.name = as_name(name) or account.name
            account.status = "active"
            account.email_confirmed = account.email_confirmed or now()
            offered.accepted_at = now()
            _give(session, account, offered)
        self.audit(account.id, "accept", invitation_id)
        return account


def _open_invitation(session: Session, invitation_id: str) -> Invitation | None:
    found = session.get(Invitation, invitation_id)
    return found if found and found.accepted_at is None and found.expires > now() else None


def _may_still_offer(session: Session, offered: Invitation) -> bool:
    """Whether who made an invitation may still give what it offers."""
    if offered.invited_by is None:
        return True
    host = session.get(Account, offered.invited_by)
    if host is None or host.status != "active":
        return False
    if host.administrator:
        return True
    if offered.cluster:
        return session.get(Managing, (host.id, offered.cluster)) is not None
    return offered.organisation is None


def _forget_old(session: Session) -> None:
    moment = now()
    session.execute(delete(Invitation).where(Invitation.expires <= moment))
    still_open = exists().where(Invitation.email == Account.email, Invitation.accepted_at.is_(None))
    session.execute(delete(Account).where(Account.status == "invited", ~still_open))


def _give(session: Session, account: Account, offered: Invitation) -> None:
    """What an invitation promised."""
    moment = now()
    if offered.organisation:
        session.merge(
            Acting(
                account_id=account.id,
                organisation=offered.organisation,
                status="confirmed",
                how="manager",
                asked_at=moment,
                confirmed_by=offered.invited_by,
                confirmed_at=moment,
            )
        )
    if offered.cluster and offered.manages:
        session.merge(Managing(account_id=account.id, cluster=offered.cluster, since=moment))
