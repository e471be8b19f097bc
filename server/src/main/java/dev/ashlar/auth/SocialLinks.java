package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.SocialAccounts.IdentitySource;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.auth.social.Providers;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Who may add a foreign identity to their account: whoever is signed in there with all that the
/// account asks for, when they start and still when they come back.
///
/// Whoever starts can send somebody else to the provider's page, whose identity would then be on
/// the wrong account. With a challenge the identity waits until the code is exchanged: the verifier
/// is with the one who has started, the code in the browser of the one who came back (RFC 9700,
/// 4.7.1).
final class SocialLinks {
    private final SqlDatabase database;
    private final Providers providers;
    private final SocialAccounts identities;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final BearerCheck bearers;
    private final AuthContext context;

    SocialLinks(
            SqlDatabase database,
            Providers providers,
            SocialAccounts identities,
            AccountStore accounts,
            SessionStore sessions,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.providers = providers;
        this.identities = identities;
        this.accounts = accounts;
        this.sessions = sessions;
        this.bearers = bearers;
        this.context = context;
    }

    /// Somebody who is signed in, and where.
    record Linker(UUID account, UUID session) {}

    void requireAllowed() {
        if (!context.config().social().manualLinking()) {
            throw new ProblemException(new Refused(ErrorCode.MANUAL_LINKING_DISABLED));
        }
    }

    Linker requireStart(Caller caller, LinkWish wish) {
        requireAllowed();
        if (wish.challenge().isEmpty() && !context.config().social().implicitLinking()) {
            throw new ProblemException(
                    new ValidationFailed(
                            "Linking an identity needs a code_challenge: use the PKCE flow"));
        }
        return database.transaction(tx -> require(tx, caller));
    }

    Linker require(SqlTransaction tx, Caller caller) {
        SignedIn signedIn = bearers.requireSignedIn(tx, caller).requireAssured();
        Accounts.requireOwn(signedIn.account());
        return new Linker(signedIn.account().id(), signedIn.requireSession());
    }

    /// Throws when the session that it was asked for in is over, or not enough any more.
    Arrival finish(
            SqlTransaction tx, UUID account, PendingLink link, Visitor visitor, Instant now) {
        Session session =
                sessions.find(tx, link.session())
                        .filter(found -> found.accountId().equals(account))
                        .filter(found -> !found.isOverAt(now))
                        .orElseThrow(() -> new ProblemException(new SessionNotFound()));
        accounts.find(tx, account)
                .map(Credential::account)
                .ifPresent(owner ->
                        new SignedIn(owner, Optional.of(session), session.level())
                                .requireAssured());
        IdentitySource source = IdentitySource.of(providers.require(tx, link.provider()));
        return identities.link(tx, account, source, link.profile(), visitor, now);
    }
}
