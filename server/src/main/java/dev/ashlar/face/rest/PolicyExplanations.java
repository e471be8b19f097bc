package dev.ashlar.face.rest;

import dev.ashlar.http.HttpRequest;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Question;
import io.vertx.core.Future;
import java.util.function.Supplier;

/// Answers questions about policies away from the event loops.
@FunctionalInterface
public interface PolicyExplanations {

    /// The question is made where it is answered: reading rows takes time too.
    Future<Explanation> explain(HttpRequest request, Supplier<Question> question);
}
