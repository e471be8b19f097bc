package dev.ashlar.auth;

import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.social.CustomDefinition;
import dev.ashlar.auth.social.CustomProvider;
import dev.ashlar.auth.social.CustomProvider.ProviderType;
import dev.ashlar.auth.social.CustomProviderStore;
import dev.ashlar.auth.social.Providers;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Providers that admins add while the server runs. Their URLs come over the API: they lead nowhere
/// inside. Their secrets are sealed and never told again.
public final class CustomProviders {
    private static final Pattern IDENTIFIER = Pattern.compile("custom:[a-z0-9][a-z0-9_-]{0,49}");
    private static final int MAX_SECRET_CHARS = 10_000;

    private final SqlDatabase database;
    private final CustomProviderStore store;
    private final Providers providers;
    private final Fetcher fetcher;
    private final AuthContext context;

    CustomProviders(
            SqlDatabase database,
            CustomProviderStore store,
            Providers providers,
            Fetcher fetcher,
            AuthContext context) {
        this.database = database;
        this.store = store;
        this.providers = providers;
        this.fetcher = fetcher;
        this.context = context;
    }

    /// What an admin sends; `definition` has all members, of which the known ones are kept.
    public record Wanted(
            Optional<String> identifier,
            Optional<String> type,
            Optional<String> secret,
            Optional<Boolean> enabled,
            JsonObject definition) {
        @Override
        public String toString() {
            return "Wanted[" + identifier.orElse("") + "]";
        }
    }

    public List<CustomProvider> list(Caller caller, Optional<String> type) {
        BearerCheck.requireAdmin(caller);
        Optional<ProviderType> wanted = type.map(CustomProviders::type);
        return database.transaction(store::all).stream()
                .filter(one -> wanted.isEmpty() || one.type() == wanted.get())
                .toList();
    }

    public CustomProvider require(Caller caller, String identifier) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> store.find(tx, identifier))
                .orElseThrow(() -> refused(ErrorCode.CUSTOM_PROVIDER_NOT_FOUND));
    }

    public CustomProvider create(Caller caller, Wanted wanted, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        String identifier = wanted.identifier().orElse("");
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw invalid(
                    "identifier must be custom: and up to 50 of a-z, 0-9, - and _, such as"
                            + " custom:acme");
        }
        ProviderType type = type(wanted.type().orElse(""));
        String secret = wanted.secret().orElseThrow(() -> invalid("client_secret is required"));
        JsonObject definition = checked(JsonObject.EMPTY, wanted.definition(), type);
        String sealed = seal(identifier, secret);
        return database.transaction(tx -> {
            Instant now = context.now();
            CustomProvider provider =
                    new CustomProvider(
                            UUID.randomUUID(),
                            identifier,
                            type,
                            definition,
                            sealed,
                            wanted.enabled().orElse(true),
                            now,
                            now);
            if (store.find(tx, identifier).isPresent()) {
                throw refused(ErrorCode.CUSTOM_PROVIDER_EXISTS);
            }
            if (store.countLocked(tx) >= context.config().social().maxCustomProviders()) {
                throw refused(ErrorCode.TOO_MANY_CUSTOM_PROVIDERS);
            }
            if (!store.insert(tx, provider)) {
                throw refused(ErrorCode.CUSTOM_PROVIDER_EXISTS);
            }
            context.audit()
                    .recordOperation(tx, Action.CUSTOM_PROVIDER_CREATED, identifier, visitor, now);
            return provider;
        });
    }

    public CustomProvider update(Caller caller, String identifier, Wanted wanted, Visitor visitor) {
        CustomProvider before = require(caller, identifier);
        // Names are looked up before any row is locked.
        checked(before.definition(), wanted.definition(), before.type());
        Optional<String> sealed = wanted.secret().map(secret -> seal(identifier, secret));
        return database.transaction(tx -> {
            Instant now = context.now();
            CustomProvider old =
                    store.findToChange(tx, identifier)
                            .orElseThrow(() -> refused(ErrorCode.CUSTOM_PROVIDER_NOT_FOUND));
            CustomProvider changed =
                    new CustomProvider(
                            old.id(),
                            old.identifier(),
                            old.type(),
                            CustomDefinition.merged(
                                    old.definition(), wanted.definition(), old.type()),
                            sealed.orElse(old.sealedSecret()),
                            wanted.enabled().orElse(old.enabled()),
                            old.createdAt(),
                            now);
            store.update(tx, changed);
            context.audit()
                    .recordOperation(tx, Action.CUSTOM_PROVIDER_CHANGED, identifier, visitor, now);
            return changed;
        });
    }

    /// Identities of people stay with their accounts; nobody can sign in by them any more.
    public void delete(Caller caller, String identifier, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        database.transaction(tx -> {
            if (!store.delete(tx, identifier)) {
                throw refused(ErrorCode.CUSTOM_PROVIDER_NOT_FOUND);
            }
            context.audit()
                    .recordOperation(
                            tx, Action.CUSTOM_PROVIDER_DELETED, identifier, visitor, context.now());
            return identifier;
        });
    }

    private JsonObject checked(JsonObject old, JsonObject sent, ProviderType type) {
        JsonObject definition = CustomDefinition.merged(old, sent, type);
        for (String url : CustomDefinition.urls(definition)) {
            try {
                fetcher.check(url, Source.CALLER);
            } catch (FetchFailed e) {
                throw new ProblemException(new ValidationFailed(url + ": " + e.getMessage()), e);
            }
        }
        return definition;
    }

    private String seal(String identifier, String secret) {
        if (secret.length() > MAX_SECRET_CHARS) {
            throw invalid("client_secret is too long");
        }
        return providers.seal(identifier, secret);
    }

    private static ProviderType type(String word) {
        return switch (word) {
            case "oauth2" -> ProviderType.OAUTH2;
            case "oidc" -> ProviderType.OIDC;
            default -> throw invalid("provider_type must be oauth2 or oidc");
        };
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
