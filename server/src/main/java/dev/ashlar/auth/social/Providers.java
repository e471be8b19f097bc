package dev.ashlar.auth.social;

import dev.ashlar.auth.config.ExternalConfig;
import dev.ashlar.auth.config.ProviderName;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.config.Secret;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.Map;
import java.util.Optional;

/// Finds a provider by the name that clients use: those of the settings, and those that admins have
/// added.
public final class Providers {
    private static final String CUSTOM = "custom:";

    private final Map<ProviderName, ExternalConfig> settings;
    private final String callback;
    private final CustomProviderStore store;
    private final SecretBox box;

    /// `callback` is where providers send people back to.
    public Providers(
            Map<ProviderName, ExternalConfig> settings,
            String callback,
            CustomProviderStore store,
            SecretBox box) {
        this.settings = Map.copyOf(settings);
        this.callback = callback;
        this.store = store;
        this.box = box;
    }

    /// Throws [Refused] when there is none of that name, or it is switched off.
    public Provider require(SqlTransaction tx, String name) {
        if (name.startsWith(CUSTOM)) {
            CustomProvider custom =
                    store.find(tx, name)
                            .orElseThrow(() -> refused(ErrorCode.OAUTH_PROVIDER_NOT_SUPPORTED));
            if (!custom.enabled()) {
                throw refused(ErrorCode.PROVIDER_DISABLED);
            }
            return CustomDefinition.provider(custom, open(custom), callback);
        }
        ProviderName known =
                ProviderName.find(name)
                        .orElseThrow(() -> refused(ErrorCode.OAUTH_PROVIDER_NOT_SUPPORTED));
        ExternalConfig config = settings.get(known);
        if (config == null || !config.enabled()) {
            throw refused(ErrorCode.PROVIDER_DISABLED);
        }
        return Presets.of(known, config, callback);
    }

    public String seal(String identifier, String secret) {
        return box.seal(secret, purpose(identifier));
    }

    /// A secret that was sealed under another one of the server's is lost: the provider will say
    /// so.
    private Secret open(CustomProvider custom) {
        Optional<String> secret =
                box.findOpened(custom.sealedSecret(), purpose(custom.identifier()));
        return new Secret(secret.orElse(""));
    }

    private static String purpose(String identifier) {
        return "custom_providers.client_secret " + identifier;
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
