package dev.ashlar.app;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.config.Place;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/// Sign-in opened for a command, without a server: beside one that runs, on its database.
public final class SignInRun implements AutoCloseable {
    private final ClosingOrder closing;
    private final AuthDomain domain;

    private SignInRun(ClosingOrder closing, AuthDomain domain) {
        this.closing = closing;
        this.domain = domain;
    }

    /// Whoever runs commands has the secrets, and so is an admin.
    public static Caller admin() {
        return new Caller.Bearer(Role.SERVICE, Claims.NONE);
    }

    /// Starts the embedded database, or connects to the one that runs already, or to the user's.
    public static SignInRun open(Config config, Site site, Consumer<String> progress) {
        ClosingOrder closing = new ClosingOrder();
        boolean done = false;
        try {
            Database database = Database.openForMigrations(config, site.migrations(), progress);
            closing.add("database", database, Database::stop);
            Vertx vertx =
                    closing.add("event loops", Vertx.vertx(), open -> App.await(open.close()));
            PostgresDatabase accounts =
                    closing.add(
                            "account connections",
                            PostgresDatabase.open(vertx, database.auth(), config.database()),
                            open -> App.await(open.close()));
            AuthDomain domain = closing.add("sign-in", domain(config, accounts), AuthDomain::close);
            done = true;
            return new SignInRun(closing, domain);
        } finally {
            if (!done) {
                closing.close();
            }
        }
    }

    private static AuthDomain domain(Config config, PostgresDatabase accounts) {
        try {
            return AuthDomain.create(
                    config.auth(),
                    new Place("http://localhost/auth/v1", Place.Reach.NETWORK),
                    SigningKeys.of(config).jwtSecret(),
                    accounts,
                    InstantSource.system());
        } catch (ProblemException e) {
            throw new StartFailure(
                    "The tables of sign-in cannot be used.",
                    "Bring the database up to date with: ashlar migrate up",
                    e);
        }
    }

    /// What the work answers; a refusal becomes a failure in words for people.
    public <T> T ask(Function<AuthDomain, T> work) {
        try {
            return work.apply(domain);
        } catch (ProblemException e) {
            throw new StartFailure(words(e.problem()), "Nothing was changed.", e);
        }
    }

    private static String words(Problem problem) {
        return switch (problem) {
            case ValidationFailed(String message) -> message;
            case DataProblem.Rejected(_, String message, _, _, _) ->
                    "The database refused: " + message;
            case Problem other -> other.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    @Override
    public void close() {
        closing.close();
    }
}
