package dev.ashlar.app;

import dev.ashlar.backend.postgres.exposure.ExplainReach;
import dev.ashlar.backend.postgres.exposure.PolicyExplainer;
import dev.ashlar.face.rest.ExplainAccess;
import dev.ashlar.face.rest.PolicyExplanations;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.identity.Role;
import dev.ashlar.observe.Log;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Question;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Explains policies to requests, a few at once: each takes a connection of its own.
final class Explanations implements PolicyExplanations {
    private static final Log LOG = Log.of(Explanations.class);
    private static final int AT_ONCE = 2;

    private final PolicyExplainer explainer;
    private final BlockingCalls blocking;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    private Explanations(PolicyExplainer explainer, BlockingCalls blocking) {
        this.explainer = explainer;
        this.blocking = blocking;
    }

    /// Throws a [StartFailure] where everybody could ask in production.
    static Explanations of(Config config, Database database, BlockingCalls blocking) {
        if (config.rest().explainPolicy() == ExplainAccess.DEVELOPMENT_ALL) {
            if (config.run().mode() == RunConfig.Mode.PRODUCTION) {
                throw new StartFailure(
                        "rest.explain-policy is development-all in production: it would show every"
                                + " caller values of rows that they may not see.",
                        "Set it to service, or run.mode to development.");
            }
            LOG.warn("Every caller may ask for rows that they cannot see (rest.explain-policy)");
        }
        return new Explanations(
                new PolicyExplainer(
                        database.owner(),
                        ExplainReach.of(
                                config.database().searchPath(), Optional.of(Role.SERVICE.name()))),
                blocking);
    }

    @Override
    public Future<Explanation> explain(HttpRequest request, Supplier<Question> question) {
        return blocking.call(request, _ -> explained(question));
    }

    private Explanation explained(Supplier<Question> question) {
        if (!permits.tryAcquire()) {
            throw new ProblemException(new LimitProblem.Overloaded(Duration.ofSeconds(1)));
        }
        try {
            return explainer.explain(question.get());
        } finally {
            permits.release();
        }
    }
}
