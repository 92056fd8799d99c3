"""For whom an account acts, and which clusters it manages."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from webapp.accounts.clock import now
from webapp.accounts.inviting import Inviting
from webapp.accounts.tables import Account, Acting, How, Managing


class Representing(Inviting):
    """Who acts for an organisation, and who manages a cluster. IRIs name both."""

    def act_for(self, account_id: str, organisation: str) -> Acting:
        """An account says that it acts for an organisation; somebody has to confirm it."""
        with self.session() as session:
            known = session.get(Acting, (account_id, organisation))
            if known is not None:
                return known
            asked = Acting(
                account_id=account_id,
                organisation=organisation,
                status="waiting",
                how="",
                asked_at=now(),
            )
            session.add(asked)
        self.audit(account_id, "act for", organisation)
        return asked

    def confirm_acting(
        self, account_id: str, organisation: str, *, how: How, by: str | None = None
    ) -> Acting:
        """Confirm that an account acts for an organisation, whether it asked before or not.

        Args:
            account_id: which account.
            organisation: IRI.
            how: what confirmed it.
            by: id of the manager's account, where one did.
        """
        with self.session() as session:
            acting = session.get(Acting, (account_id, organisation))
            if acting is None:
                acting = Acting(account_id=account_id, organisation=organisation, asked_at=now())
                session.add(acting)
            acting.status, acting.how = "confirmed", how
            acting.confirmed_by, acting.confirmed_at = by, now()
        self.audit(by or account_id, f"acts for ({how})", organisation)
        return acting

    def stop_acting(self, account_id: str, organisation: str, *, by: str | None = None) -> None:
        """An account acts for an organisation no longer, or is refused."""
        with self.session() as session:
            session.execute(
                delete(Acting).where(
                    Acting.account_id == account_id, Acting.organisation == organisation
                )
            )
        self.audit(by or account_id, "stop acting", organisation)

    def acting(self, account_id: str) -> list[Acting]:
        """For whom an account acts or says that it does."""
        asked = select(Acting).where(Acting.account_id == account_id).order_by(Acting.organisation)
        with self.reading() as session:
            return list(session.scalars(asked))

    def acts_for(self, account_id: str) -> tuple[str, ...]:
        """IRIs of the organisations that an account is confirmed to act for."""
        return tuple(
            one.organisation for one in self.acting(account_id) if one.status == "confirmed"
        )

    def actors_of(self, organisations: Sequence[str]) -> list[tuple[Account, Acting]]:
        """Who acts, or says so, for some organisations."""
        asked = (
            select(Account, Acting)
            .join(Acting, Acting.account_id == Account.id)
            .where(Acting.organisation.in_(organisations), Account.status != "closed")
            .order_by(Account.email, Acting.organisation)
        )
        with self.reading() as session:
            return [(account, acting) for account, acting in session.execute(asked)]

    def manage(self, account_id: str, cluster: str, *, by: str | None = None) -> None:
        """Let an account manage a cluster or section."""
        with self.session() as session:
            if session.get(Managing, (account_id, cluster)) is None:
                session.add(Managing(account_id=account_id, cluster=cluster, since=now()))
        self.audit(by, "manage", f"{account_id} {cluster}")

    def stop_managing(self, account_id: str, cluster: str, *, by: str | None = None) -> None:
        """An account manages a cluster no longer."""
        with self.session() as session:
            session.execute(
                delete(Managing).where(
                    Managing.account_id == account_id, Managing.cluster == cluster
                )
            )
        self.audit(by, "stop managing", f"{account_id} {cluster}")

    def manages(self, account_id: str) -> tuple[str, ...]:
        """IRIs of the clusters and sections that an account manages."""
        asked = select(Managing.cluster).where(Managing.account_id == account_id)
        with self.reading() as session:
            return tuple(session.scalars(asked.order_by(Managing.cluster)))

    def managers_of(self, cluster: str) -> list[Account]:
        """The accounts that manage a cluster."""
        asked = select(Account).join(Managing, Managing.account_id == Account.id)
        asked = asked.where(Managing.cluster == cluster, Account.status == "active")
        with self.reading() as session:
            return list(session.scalars(asked.order_by(Account.email)))
