package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.provider.Consent;
import dev.ashlar.auth.provider.ProviderStores;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.UUID;

/// What a person has allowed to clients: seen, and taken back.
public final class OAuthGrants {
    private final SqlDatabase database;
    private final ProviderStores stores;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final BearerCheck bearers;
    private final AuthContext context;

    OAuthGrants(
            SqlDatabase database,
            ProviderStores stores,
            AccountStore accounts,
            SessionStore sessions,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.stores = stores;
        this.accounts = accounts;
        this.sessions = sessions;
        this.bearers = bearers;
        this.context = context;
    }

    public List<Consent> list(Caller caller) {
        ProviderUseCases.requireEnabled(context);
        return database.transaction(
                tx -> stores.consents().of(tx, bearers.requireSignedIn(tx, caller).account().id()));
    }

    /// Ends the client's sessions, and what it has under way with this person.
    public void revoke(Caller caller, UUID client, Visitor visitor) {
        ProviderUseCases.requireEnabled(context);
        database.transaction(tx -> {
            Account account = bearers.requireSignedIn(tx, caller).account();
            // A code that is exchanged at this moment takes the same lock.
            accounts.findToChange(tx, account.id());
            if (!stores.consents().delete(tx, account.id(), client)) {
                throw new ProblemException(new Refused(ErrorCode.OAUTH_GRANT_NOT_FOUND));
            }
            stores.authorizations().deleteOf(tx, account.id(), client);
            stores.codes().deleteOf(tx, account.id(), client);
            sessions.endDelegated(tx, account.id(), client);
            context.audit()
                    .recordAbout(
                            tx,
                            Action.OAUTH_GRANT_REVOKED,
                            account,
                            client.toString(),
                            visitor,
                            context.now());
            return client;
        });
    }
}
