package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.AuthProblem.AdminRequired;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Whether the bearer of a good token may still act: the token outlives the account and session it
/// was made for.
public final class BearerCheck {
    private static final Set<Role> ADMINS = Set.of(Role.SERVICE, new Role("supabase_admin"));

    private final AccountStore accounts;
    private final SessionStore sessions;
    private final AuthContext context;

    public BearerCheck(AccountStore accounts, SessionStore sessions, AuthContext context) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.context = context;
    }

    /// For whatever only the person may do: a token that was given to an OAuth client is refused.
    public SignedIn requireSignedIn(SqlTransaction tx, Caller caller) {
        SignedIn signedIn = requireBearer(tx, caller);
        if (signedIn.session().flatMap(Session::delegation).isPresent() || isDelegated(caller)) {
            throw new ProblemException(new Refused(ErrorCode.INSUFFICIENT_SCOPE));
        }
        return signedIn;
    }

    /// The person or a client of theirs.
    public SignedIn requireBearer(SqlTransaction tx, Caller caller) {
        UUID id = uuid(caller.claims().findSubject()).orElseThrow(BearerCheck::badClaims);
        Account account =
                accounts.find(tx, id)
                        .map(Credential::account)
                        .filter(found -> !found.isDeleted())
                        .orElseThrow(() -> new ProblemException(new UserOfTokenGone()));
        if (account.isBannedAt(context.now())) {
            throw new ProblemException(new UserBanned());
        }
        Optional<String> claimed = caller.claims().findSessionId();
        Optional<UUID> sessionId = uuid(claimed);
        Optional<Session> running =
                sessionId
                        .flatMap(session -> sessions.find(tx, session))
                        .filter(session -> session.accountId().equals(id))
                        .filter(session -> !session.isOverAt(context.now()));
        if (claimed.isPresent() && running.isEmpty()) {
            throw new ProblemException(new SessionNotFound());
        }
        return new SignedIn(account, running, level(caller, running));
    }

    private static String level(Caller caller, Optional<Session> running) {
        boolean second =
                caller.claims()
                                .values()
                                .findText("aal")
                                .filter(Session.SECOND_LEVEL::equals)
                                .isPresent()
                        && running.stream()
                                .allMatch(session -> session.level().equals(Session.SECOND_LEVEL));
        return second ? Session.SECOND_LEVEL : Session.FIRST_LEVEL;
    }

    public static void requireAdmin(Caller caller) {
        if (!ADMINS.contains(caller.role()) || isDelegated(caller)) {
            throw new ProblemException(new AdminRequired());
        }
    }

    /// Whether the token is one of an admin and made for a person: keys of servers have neither
    /// subject nor session.
    public static boolean isAdminInPerson(Caller caller) {
        return ADMINS.contains(caller.role())
                && (caller.claims().findSubject().isPresent()
                        || caller.claims().findSessionId().isPresent());
    }

    static boolean isAdmin(String role) {
        return ADMINS.contains(new Role(role));
    }

    private static boolean isDelegated(Caller caller) {
        return caller.claims().values().find("client_id").isPresent();
    }

    private static Optional<UUID> uuid(Optional<String> text) {
        try {
            return text.map(UUID::fromString);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static ProblemException badClaims() {
        return new ProblemException(new TokenInvalid(TokenFault.BAD_CLAIMS));
    }
}
