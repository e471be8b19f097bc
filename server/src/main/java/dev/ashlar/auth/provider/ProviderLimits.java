package dev.ashlar.auth.provider;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.limit.TokenBuckets;
import java.time.InstantSource;

/// How often one address may begin something at the provider.
public final class ProviderLimits {
    private final TokenBuckets authorizations;
    private final TokenBuckets registrations;

    public ProviderLimits(AuthConfig config, InstantSource clock) {
        authorizations = new TokenBuckets(config.signInsPerMinute(), clock);
        registrations = new TokenBuckets(config.oauthServer().registrationsPerMinute(), clock);
    }

    public void authorization(Visitor visitor) {
        authorizations.take(visitor.network());
    }

    public void registration(Visitor visitor) {
        registrations.take(visitor.network());
    }
}
