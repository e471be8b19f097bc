package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.SocialAccounts.IdentitySource;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.social.Profile;
import dev.ashlar.auth.social.Profile.EmailStatus;
import dev.ashlar.auth.social.Provider.Presence;
import dev.ashlar.auth.web3.Chain;
import dev.ashlar.auth.web3.NotBelieved;
import dev.ashlar.auth.web3.UsedMessageStore;
import dev.ashlar.auth.web3.WalletMessage;
import dev.ashlar.auth.web3.Wallets;
import dev.ashlar.auth.web3.Wallets.Signed;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;

/// Signs in with a message that a wallet has signed. Whose wallet it is is the account: there is no
/// address of mail and no password.
public final class WalletSignIn {
    private static final IdentitySource SOURCE =
            new IdentitySource("web3", Presence.OPTIONAL, Optional.empty());
    private static final String METHOD = "web3";

    private final SqlDatabase database;
    private final SocialAccounts accounts;
    private final Sessions sessions;
    private final UsedMessageStore used = new UsedMessageStore();
    private final Wallets wallets;
    private final AuthContext context;

    WalletSignIn(
            SqlDatabase database,
            SocialAccounts accounts,
            Sessions sessions,
            RedirectAllowList redirects,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.wallets = new Wallets(redirects, context.config().web3().messageLifetime());
        this.context = context;
    }

    /// A message of a chain, and the signature in the form that is usual there.
    public record Presented(String chain, String message, String signature) {}

    public SignInOutcome with(Presented presented, Visitor visitor) {
        context.limits().wallet(visitor);
        Chain chain = requireEnabled(presented.chain());
        Signed signed;
        try {
            signed =
                    wallets.judge(chain, presented.message(), presented.signature(), context.now());
        } catch (NotBelieved e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
        return database.transaction(tx -> {
            if (!used.use(tx, chain, presented.message(), signed.until())) {
                throw refusal("the message was used before");
            }
            return begin(tx, signed, visitor);
        });
    }

    private Chain requireEnabled(String word) {
        Chain chain =
                Chain.find(word)
                        .orElseThrow(() ->
                                new ProblemException(
                                        new Refused(ErrorCode.WEB3_UNSUPPORTED_CHAIN)));
        boolean enabled =
                switch (chain) {
                    case ETHEREUM -> context.config().web3().ethereum().enabled();
                    case SOLANA -> context.config().web3().solana().enabled();
                };
        if (!enabled) {
            throw new ProblemException(new Refused(ErrorCode.WEB3_PROVIDER_DISABLED));
        }
        return chain;
    }

    private SignInOutcome begin(SqlTransaction tx, Signed signed, Visitor visitor) {
        Instant now = context.now();
        Arrival arrival = accounts.arrive(tx, SOURCE, profile(signed), LinkWish.NONE, visitor, now);
        return switch (arrival) {
            case Arrival.Refused(var problem) -> new SignInOutcome.Refused(problem);
            case Arrival.Admitted(var account) ->
                    new SignInOutcome.SignedIn(sessions.start(tx, account, METHOD, visitor, now));
        };
    }

    private static Profile profile(Signed signed) {
        WalletMessage message = signed.message();
        JsonObject claims =
                new JsonObjectBuilder()
                        .put("address", signed.address())
                        .put("chain", message.chain().word())
                        .put("network", message.chainId().orElse(""))
                        .put("domain", message.domain())
                        .put("statement", message.statement().map(WalletSignIn::cut).orElse(""))
                        .build();
        JsonObject details =
                new JsonObjectBuilder()
                        .put("sub", signed.subject())
                        .put("custom_claims", claims)
                        .put("email_verified", false)
                        .put("phone_verified", false)
                        .build();
        return new Profile(signed.subject(), Optional.empty(), EmailStatus.UNVERIFIED, details);
    }

    private static String cut(String text) {
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    private static ProblemException refusal(String description) {
        return new ProblemException(new OAuthRefused(OAuthError.INVALID_GRANT, description));
    }
}
