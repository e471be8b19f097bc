package dev.ashlar.app;

import dev.ashlar.app.postgrest.PostgrestCors;
import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.app.postgrest.StandingHeaders;
import dev.ashlar.app.postgrest.TraceHeader;
import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenMemory;
import dev.ashlar.auth.token.TokenRules;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresBackend;
import dev.ashlar.backend.postgres.QueryLog;
import dev.ashlar.backend.postgres.TransactionSteps;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.config.Secret;
import dev.ashlar.engine.Engine;
import dev.ashlar.face.rest.RestFace;
import dev.ashlar.face.rest.RestProblems;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Role;
import dev.ashlar.observe.Log;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The settings of the data API at one moment, and what serves by them; replaced whole when they
/// are read anew.
record DataRun(
        PostgrestSettings settings,
        PostgresBackend backend,
        CatalogLoader loader,
        Verifying verifying,
        RestFace face,
        RestProblems problems,
        PostgrestCors cors,
        TraceHeader trace) {
    private static final Log LOG = Log.of(DataRun.class);
    private static final StandingHeaders STANDING = new StandingHeaders(Version.current());

    /// What outlives a run, beside its settings.
    record Lasting(Project project, Vertx vertx, TokenMemory.Figures tokens) {}

    /// Takes the connections over from `before` where their settings are the same, the loader,
    /// which knows what it has read already, and the verifier with the tokens that it remembers.
    static DataRun open(PostgrestSettings settings, Lasting lasting, @Nullable DataRun before) {
        Config config = config(settings.flags(), lasting.project());
        PostgresAddress address = PostgresAddress.parse(settings.databaseUri());
        if (settings.value("jwt-role-claim-key").startsWith(".")) {
            LOG.warn(
                    "WARNING: jwt-role-claim-key {} is in a form that is going away; write it as a"
                            + " JSON Path of RFC 9535, such as $.role",
                    settings.value("jwt-role-claim-key"));
        }
        boolean same = before != null && connecting(settings).equals(connecting(before.settings()));
        Verifying verifying = Verifying.of(settings, config, lasting.tokens(), before);
        RestFaceParts parts = new RestFaceParts(settings, config, verifying.verifier());
        PostgresBackend backend =
                before != null && same
                        ? before.backend()
                        : PostgresBackend.open(
                                lasting.vertx(),
                                address,
                                config.database(),
                                TransactionSteps.of(
                                        config.rest().preRequest(),
                                        settings.appSettings(),
                                        Set.copyOf(settings.list("db-hoisted-tx-settings"))));
        return new DataRun(
                settings,
                backend,
                same && before != null && before.loader().reads(config.rest().schemas())
                        ? before.loader()
                        : new CatalogLoader(
                                address, config.rest().schemas(), config.database().searchPath()),
                verifying,
                parts.face(backend),
                new RestProblems(config.rest().errorVerbosity()),
                new PostgrestCors(settings.list("server-cors-allowed-origins")),
                new TraceHeader(settings.find("server-trace-header")));
    }

    static Config config(Map<String, String> flags, Project project) {
        Project bare =
                new Project(project.home(), project.working(), project.working(), Optional.empty());
        return Config.load(bare, flags, Map.of()).config();
    }

    /// What connections are made and prepared by.
    private static Map<String, String> connecting(PostgrestSettings settings) {
        Map<String, String> all = new TreeMap<>(settings.flags());
        all.keySet()
                .removeIf(key -> !key.startsWith("database.") && !key.equals("rest.pre-request"));
        all.putAll(settings.appSettings());
        all.put("hoisted", settings.value("db-hoisted-tx-settings"));
        return all;
    }

    /// What tokens are verified with, and the fingerprint of the settings that say so, keys
    /// included. While these are the same, what is remembered of tokens is still true.
    record Verifying(String fingerprint, Optional<TokenVerifier> verifier) {
        private static final List<String> KEYS =
                List.of(
                        "jwt-secret",
                        "jwt-secret-is-base64",
                        "jwt-aud",
                        "jwt-role-claim-key",
                        "jwt-cache-max-entries",
                        "db-anon-role");

        static Verifying of(
                PostgrestSettings settings,
                Config config,
                TokenMemory.Figures figures,
                @Nullable DataRun before) {
            String fingerprint = fingerprint(settings);
            return before != null && before.verifying().fingerprint().equals(fingerprint)
                    ? before.verifying()
                    : new Verifying(fingerprint, DataRun.verifier(settings, config, figures));
        }

        /// A hash, because it holds the secret, in the content that a file has now.
        private static String fingerprint(PostgrestSettings settings) {
            StringBuilder all = new StringBuilder();
            for (String key : KEYS) {
                all.append(key.equals("jwt-secret") ? secret(settings) : settings.value(key))
                        .append('\0');
            }
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(all.toString().getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }

        private static String secret(PostgrestSettings settings) {
            return settings.jwtSecret().map(Secret::reveal).orElse("");
        }
    }

    private static Optional<TokenVerifier> verifier(
            PostgrestSettings settings, Config config, TokenMemory.Figures figures) {
        TokenRules rules = config.auth().tokenRules().skewed().withAnonymous(anonymous(settings));
        return settings.jwtSecret()
                .map(secret ->
                        new TokenVerifier(
                                settings.flag("jwt-secret-is-base64")
                                        ? TokenKeys.parseBase64(secret)
                                        : TokenKeys.parse(secret),
                                rules,
                                TokenMemory.ofEntries(
                                        Long.parseLong(settings.value("jwt-cache-max-entries")),
                                        figures),
                                InstantSource.system()));
    }

    /// PostgREST has no role for nobody unless it is told one.
    private static Optional<Role> anonymous(PostgrestSettings settings) {
        return settings.find("db-anon-role").map(Role::new);
    }

    /// The SQL of the requests that have a line in the log.
    private static QueryLog.Wanted logged(PostgrestSettings settings) {
        if (!settings.flag("log-query")) {
            return QueryLog.Wanted.NOBODYS;
        }
        return switch (settings.value("log-level")) {
            case "crit" -> QueryLog.Wanted.NOBODYS;
            case "error" -> QueryLog.Wanted.OF_FAILURES;
            case "warn" -> QueryLog.Wanted.OF_REFUSALS;
            default -> QueryLog.Wanted.EVERYBODYS;
        };
    }

    /// What is judged before any connection is opened.
    private record RestFaceParts(
            PostgrestSettings settings, Config config, Optional<TokenVerifier> verifier) {
        RestFace face(PostgresBackend backend) {
            CallerResolver callers = new CallerResolver(verifier, anonymous(settings));
            return new RestFace(
                    config.rest(),
                    new Engine(QueryLog.of(backend, logged(settings)), config.rest().planRules()),
                    request ->
                            callers.resolve(request.findHeader("Authorization"), Optional.empty()));
        }
    }

    /// Through the filters.
    Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        return STANDING.filter(
                request, outer -> cors.filter(outer, inner -> trace.filter(inner, next)));
    }
}
