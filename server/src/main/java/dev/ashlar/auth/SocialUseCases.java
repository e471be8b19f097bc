package dev.ashlar.auth;

import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.outbound.Documents;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.social.CustomProviderStore;
import dev.ashlar.auth.social.ProviderClient;
import dev.ashlar.auth.social.Providers;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;

/// Everything about foreign providers, and wallets, which are like some.
public record SocialUseCases(
        SocialSignIn signIn,
        IdTokenSignIn idTokens,
        WalletSignIn wallets,
        IdentityLinks links,
        CustomProviders custom,
        PendingLinks pending) {

    /// What the use cases share with those of other kinds of sign-in.
    record Shared(
            AccountStore accounts,
            SessionStore sessionStore,
            Sessions sessions,
            Flows flows,
            AddressReclaim reclaim,
            RedirectAllowList redirects,
            Notices notices,
            SecretBox box) {}

    static SocialUseCases create(SqlDatabase database, Shared shared, AuthContext context) {
        CustomProviderStore store = new CustomProviderStore();
        Providers providers =
                new Providers(
                        context.config().external(),
                        context.apiUrl() + "/callback",
                        store,
                        shared.box());
        Fetcher fetcher = new Fetcher(context.config().outbound());
        ProviderClient client =
                new ProviderClient(fetcher, new Documents(fetcher, context.clock()));
        SocialAccounts accounts =
                new SocialAccounts(shared.accounts(), shared.reclaim(), shared.notices(), context);
        BearerCheck bearers = new BearerCheck(shared.accounts(), shared.sessionStore(), context);
        SocialLinks links =
                new SocialLinks(
                        database,
                        providers,
                        accounts,
                        shared.accounts(),
                        shared.sessionStore(),
                        bearers,
                        context);
        SocialSignIn signIn =
                new SocialSignIn(
                        database,
                        providers,
                        client,
                        accounts,
                        new SocialSignIn.Parts(
                                shared.sessions(),
                                shared.flows(),
                                new FlowTokens(shared.box()),
                                shared.redirects(),
                                links,
                                shared.box(),
                                shared.notices()),
                        context);
        return new SocialUseCases(
                signIn,
                new IdTokenSignIn(
                        database,
                        providers,
                        client,
                        accounts,
                        links,
                        new IdTokenSignIn.Parts(shared.sessions(), shared.notices()),
                        context),
                new WalletSignIn(
                        database, accounts, shared.sessions(), shared.redirects(), context),
                new IdentityLinks(database, shared.accounts(), links, bearers, context),
                new CustomProviders(database, store, providers, fetcher, context),
                links::finish);
    }
}
