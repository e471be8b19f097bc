package dev.ashlar.backend.postgres;

import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.Embed;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words the database's refusal of a column that is neither grouped by nor aggregated as callers
/// know its table: by its name, or when it is embedded by name and depth (`book_1`), not by the
/// statement's alias.
final class GroupingRefusals {
    private static final String GROUPING_ERROR = "42803";
    private static final Pattern ALIAS = Pattern.compile("\"t\\d+\\.");

    private GroupingRefusals() {}

    static <T> Future<T> reworded(ReadNode node, Future<T> running) {
        String table = findGrouped(node, 0);
        return table == null
                ? running
                : running.recover(error -> Future.failedFuture(reworded(table, error)));
    }

    private static Throwable reworded(String table, Throwable error) {
        if (!(error instanceof ProblemException thrown)
                || !(thrown.problem() instanceof DataProblem.Rejected rejected)
                || !rejected.sqlState().equals(GROUPING_ERROR)) {
            return error;
        }
        String message =
                ALIAS.matcher(rejected.message())
                        .replaceAll(Matcher.quoteReplacement("\"" + table + "."));
        return new ProblemException(
                new DataProblem.Rejected(
                        rejected.sqlState(),
                        message,
                        rejected.details(),
                        rejected.hint(),
                        rejected.anonymous()),
                thrown);
    }

    /// What the outermost table whose rows are grouped goes by; null when none is.
    private static @Nullable String findGrouped(ReadNode node, int depth) {
        if (node.isGrouped()) {
            String name = node.table().name().name();
            return depth == 0 ? name : name + "_" + depth;
        }
        for (Embed embed : node.embeds()) {
            String found =
                    embed.placement() == Placement.NESTED
                            ? findGrouped(embed.node(), depth + 1)
                            : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
