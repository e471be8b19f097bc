package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.SocialAccounts.IdentitySource;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.session.ProviderTokens;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.social.Profile;
import dev.ashlar.auth.social.Provider;
import dev.ashlar.auth.social.ProviderClient;
import dev.ashlar.auth.social.Providers;
import dev.ashlar.auth.social.SocialFailure;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;

/// Signs in with an id token that an app got from the provider by itself, as apps on phones do.
public final class IdTokenSignIn {
    private final SqlDatabase database;
    private final Providers providers;
    private final ProviderClient client;
    private final SocialAccounts accounts;
    private final SocialLinks links;
    private final Parts parts;
    private final AuthContext context;

    /// What sign-in in general is made of.
    record Parts(Sessions sessions, Notices notices) {}

    IdTokenSignIn(
            SqlDatabase database,
            Providers providers,
            ProviderClient client,
            SocialAccounts accounts,
            SocialLinks links,
            Parts parts,
            AuthContext context) {
        this.database = database;
        this.providers = providers;
        this.client = client;
        this.accounts = accounts;
        this.links = links;
        this.parts = parts;
        this.context = context;
    }

    /// `accessToken` is checked against the id token where that speaks of it; `nonce` is the one
    /// that the app has asked with.
    public record Presented(
            String provider,
            String idToken,
            Optional<String> accessToken,
            Optional<String> nonce,
            LinkWish wish) {
        @Override
        public String toString() {
            return "Presented[" + provider + "]";
        }
    }

    /// `linking` is who wants to add the identity to their account. Throws [SocialFailure] when the
    /// token is not to be believed.
    public SignInOutcome with(Presented presented, Optional<Caller> linking, Visitor visitor)
            throws SocialFailure {
        context.limits().code(visitor);
        linking.ifPresent(caller -> {
            links.requireAllowed();
            database.transaction(tx -> links.require(tx, caller));
        });
        Provider provider = database.transaction(tx -> providers.require(tx, presented.provider()));
        Profile profile;
        try {
            profile =
                    client.present(
                            provider,
                            presented.idToken(),
                            presented.accessToken(),
                            presented.nonce(),
                            context.now());
        } catch (FetchFailed e) {
            throw new ProblemException(new Refused(ErrorCode.REQUEST_TIMEOUT), e);
        }
        SignInOutcome outcome =
                database.transaction(tx -> {
                    Instant now = context.now();
                    IdentitySource source = IdentitySource.of(provider);
                    Arrival arrival =
                            linking.isPresent()
                                    ? accounts.link(
                                            tx,
                                            links.require(tx, linking.get()).account(),
                                            source,
                                            profile,
                                            visitor,
                                            now)
                                    : accounts.arrive(
                                            tx, source, profile, presented.wish(), visitor, now);
                    return switch (arrival) {
                        case Arrival.Refused(var problem) -> new SignInOutcome.Refused(problem);
                        case Arrival.Admitted(Account account) ->
                                new SignInOutcome.SignedIn(
                                        parts.sessions()
                                                .start(tx, account, "oauth", visitor, now)
                                                .with(
                                                        presented
                                                                .accessToken()
                                                                .map(token ->
                                                                        new ProviderTokens(
                                                                                token,
                                                                                Optional
                                                                                        .empty()))));
                    };
                });
        parts.notices().flush();
        return outcome;
    }
}
