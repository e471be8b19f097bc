package dev.ashlar.auth;

import dev.ashlar.auth.config.SamlConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.saml.RequestSigner;
import dev.ashlar.auth.saml.ServiceProvider;
import dev.ashlar.auth.saml.SsoProviderStore;
import dev.ashlar.backend.sql.SqlDatabase;
import java.util.Optional;

/// Everything about single sign-on.
public record SsoUseCases(SsoSignIn signIn, SsoProviders providers) {

    static SsoUseCases create(
            SqlDatabase database, SocialUseCases.Shared shared, AuthContext context) {
        SsoProviderStore store = new SsoProviderStore();
        SsoMetadata metadata =
                new SsoMetadata(database, store, new Fetcher(context.config().outbound()), context);
        SsoSignIn signIn =
                new SsoSignIn(
                        database,
                        store,
                        metadata,
                        new SsoAccounts(shared.accounts(), context),
                        new SsoSignIn.Parts(
                                self(context),
                                shared.sessions(),
                                shared.flows(),
                                shared.redirects()),
                        context);
        return new SsoUseCases(signIn, new SsoProviders(database, store, metadata, context));
    }

    private static ServiceProvider self(AuthContext context) {
        SamlConfig config = context.config().saml();
        Optional<RequestSigner> signer =
                config.signingKey()
                        .flatMap(key ->
                                config.signingCertificate()
                                        .map(certificate -> RequestSigner.of(key, certificate)));
        return new ServiceProvider(
                config.entityId().orElse(context.apiUrl() + "/sso/saml/metadata"),
                context.apiUrl() + "/sso/saml/acs",
                signer);
    }
}
