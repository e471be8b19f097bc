package dev.ashlar.auth.provider;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;

/// How often one address may begin something at the provider.
public record ProviderLimits(AuthContext context) {

    public void authorization(Visitor visitor) {
        context.limits().other(visitor, "oauth authorization", context.config().signInsPerMinute());
    }

    public void registration(Visitor visitor) {
        context.limits()
                .other(
                        visitor,
                        "oauth registration",
                        context.config().oauthServer().registrationsPerMinute());
    }
}
