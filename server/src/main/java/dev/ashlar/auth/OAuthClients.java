package dev.ashlar.auth;

import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.provider.ClientMetadata;
import dev.ashlar.auth.provider.ClientMetadata.Fault;
import dev.ashlar.auth.provider.ClientStore;
import dev.ashlar.auth.provider.OAuthClient;
import dev.ashlar.auth.provider.OAuthClient.Registration;
import dev.ashlar.auth.provider.ProviderLimits;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.LimitProblem.TooManyRequests;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The clients of the OAuth server: kept by trusted servers, or registered by themselves where that
/// is allowed (RFC 7591).
public final class OAuthClients {
    private static final Duration FULL = Duration.ofHours(1);

    private final SqlDatabase database;
    private final ClientStore clients;
    private final ProviderLimits limits;
    private final AuthContext context;

    OAuthClients(
            SqlDatabase database, ClientStore clients, ProviderLimits limits, AuthContext context) {
        this.database = database;
        this.clients = clients;
        this.limits = limits;
        this.context = context;
    }

    /// A client and its secret, which is told this one time; public clients have none.
    public record WithSecret(OAuthClient client, Optional<String> secret) {
        @Override
        public String toString() {
            return "WithSecret[" + client + "]";
        }
    }

    /// Some clients, and how many there are in all.
    public record Page(List<OAuthClient> clients, long total) {}

    public Page list(Caller caller, long offset, int limit) {
        requireAdmin(caller);
        return database.transaction(
                tx -> new Page(clients.page(tx, offset, limit), clients.count(tx)));
    }

    public OAuthClient require(Caller caller, UUID id) {
        requireAdmin(caller);
        return database.transaction(tx -> clients.find(tx, id)).orElseThrow(OAuthClients::unknown);
    }

    public WithSecret create(Caller caller, ClientMetadata metadata, Visitor visitor) {
        requireAdmin(caller);
        requireGood(metadata);
        return database.transaction(tx -> {
            WithSecret created = insert(tx, metadata, Registration.MANUAL);
            record(tx, Action.OAUTH_CLIENT_CREATED, created.client().id(), visitor);
            return created;
        });
    }

    /// By the client itself, whoever that is.
    public WithSecret register(ClientMetadata metadata, Visitor visitor) {
        requireOpen();
        limits.registration(visitor);
        metadata.findFault()
                .ifPresent(fault -> {
                    throw new ProblemException(new OAuthRefused(fault.error(), fault.message()));
                });
        return database.transaction(tx -> {
            boolean full =
                    clients.countDynamic(tx) >= context.config().oauthServer().maxDynamicClients();
            // Else whoever registers many would keep out all others.
            if (full && clients.deleteOldestUnused(tx, context.now().minus(FULL)) == 0) {
                throw new ProblemException(new TooManyRequests(FULL));
            }
            WithSecret created = insert(tx, metadata, Registration.DYNAMIC);
            context.audit()
                    .recordByAnybody(
                            tx,
                            Action.OAUTH_CLIENT_REGISTERED,
                            created.client().id().toString(),
                            visitor,
                            context.now());
            return created;
        });
    }

    public void requireEnabled() {
        ProviderUseCases.requireEnabled(context);
    }

    /// Refuses to register anybody unless the settings allow it.
    public void requireOpen() {
        ProviderUseCases.requireEnabled(context);
        if (!context.config().oauthServer().dynamicRegistration()) {
            throw new ProblemException(new Refused(ErrorCode.OAUTH_REGISTRATION_DISABLED));
        }
    }

    public OAuthClient update(
            Caller caller, UUID id, UnaryOperator<ClientMetadata> change, Visitor visitor) {
        requireAdmin(caller);
        return database.transaction(tx -> {
            OAuthClient before = requireToChange(tx, id);
            ClientMetadata after = change.apply(before.metadata());
            requireGood(after);
            if (after.isPublic() != before.metadata().isPublic()) {
                throw invalid("A client with a secret stays one, and one without too: create anew");
            }
            clients.update(tx, id, after, context.now());
            record(tx, Action.OAUTH_CLIENT_CHANGED, id, visitor);
            return clients.find(tx, id).orElseThrow(OAuthClients::unknown);
        });
    }

    /// Ends the client's sessions too.
    public void delete(Caller caller, UUID id, Visitor visitor) {
        requireAdmin(caller);
        database.transaction(tx -> {
            requireToChange(tx, id);
            clients.delete(tx, id);
            record(tx, Action.OAUTH_CLIENT_DELETED, id, visitor);
            return id;
        });
    }

    public WithSecret replaceSecret(Caller caller, UUID id, Visitor visitor) {
        requireAdmin(caller);
        return database.transaction(tx -> {
            if (requireToChange(tx, id).metadata().isPublic()) {
                throw invalid("Public clients have no secret");
            }
            String secret = OneTimeSecret.next();
            clients.replaceSecret(tx, id, OneTimeSecret.hash(secret), context.now());
            record(tx, Action.OAUTH_CLIENT_SECRET_REPLACED, id, visitor);
            return new WithSecret(
                    clients.find(tx, id).orElseThrow(OAuthClients::unknown), Optional.of(secret));
        });
    }

    private WithSecret insert(
            SqlTransaction tx, ClientMetadata metadata, Registration registration) {
        Instant now = context.now();
        Optional<String> secret =
                metadata.isPublic() ? Optional.empty() : Optional.of(OneTimeSecret.next());
        OAuthClient client =
                new OAuthClient(
                        UUID.randomUUID(),
                        secret.map(OneTimeSecret::hash),
                        registration,
                        metadata,
                        now,
                        now);
        clients.insert(tx, client);
        return new WithSecret(client, secret);
    }

    private OAuthClient requireToChange(SqlTransaction tx, UUID id) {
        return clients.findToChange(tx, id).orElseThrow(OAuthClients::unknown);
    }

    private void requireAdmin(Caller caller) {
        ProviderUseCases.requireEnabled(context);
        BearerCheck.requireAdmin(caller);
    }

    private void record(SqlTransaction tx, Action action, UUID client, Visitor visitor) {
        context.audit().recordOperation(tx, action, client.toString(), visitor, context.now());
    }

    private static void requireGood(ClientMetadata metadata) {
        metadata.findFault()
                .map(Fault::message)
                .ifPresent(message -> {
                    throw invalid(message);
                });
    }

    private static ProblemException unknown() {
        return new ProblemException(new Refused(ErrorCode.OAUTH_CLIENT_NOT_FOUND));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
