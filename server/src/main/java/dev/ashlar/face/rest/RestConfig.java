package dev.ashlar.face.rest;

import dev.ashlar.config.Setting;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.PlanRules.Aggregates;
import java.util.List;
import java.util.Optional;

/// The section `rest`: the data API.
public record RestConfig(
        @Setting(
                        def = "public",
                        doc = "Schemas that the data API serves; the first is the default.")
                List<String> schemas,
        @Setting(
                        def = "1000",
                        doc =
                                "Most rows that one answer, and each level embedded in it, may hold;"
                                        + " 0 sets no bound.")
                long maxRows,
        @Setting(
                        def = "true",
                        doc =
                                "Allow count, sum, avg, min and max; the statement timeout bounds them.")
                boolean aggregates,
        @Setting(
                        doc =
                                "Function, as schema.name, that runs before the statement of every"
                                        + " request.")
                Optional<String> preRequest,
        @Setting(
                        def = "commit",
                        doc =
                                "How transactions end: commit, rollback, or with -allow-override what"
                                        + " `Prefer: tx` says.")
                TxEnd txEnd,
        @Setting(
                        def = "false",
                        doc = "Answer `application/vnd.pgrst.plan`: how a request would be run.")
                boolean plan,
        @Setting(def = "false", doc = "Send `Server-Timing`.") boolean serverTiming,
        @Setting(
                        def = "true",
                        doc =
                                "Offer what PostgREST does not have: batches, addresses of single rows,"
                                        + " entity tags, cursors.")
                boolean extensions,
        @Setting(
                        def = "service",
                        doc =
                                "Who may send `Prefer: explain=policy`, which shows rows that policies"
                                        + " hide: off, service, or development-all for every caller.")
                ExplainAccess explainPolicy,
        @Setting(
                        def = "verbose",
                        doc =
                                "What errors of the data API tell: verbose, or minimal without"
                                        + " details and hint.")
                Verbosity errorVerbosity,
        @Setting(
                        def = "legacy",
                        doc =
                                "What an embed that has an alias is called in filters, orders and limits:"
                                        + " alias, or legacy for its table's name too, with a warning.")
                TargetNames targetNames,
        OpenApiConfig openapi) {

    /// How much an error tells.
    public enum Verbosity {
        VERBOSE,
        MINIMAL
    }

    /// What embeds with an alias can be called by (PostgREST, `url-use-legacy-target-names`).
    public enum TargetNames {
        ALIAS,
        LEGACY
    }

    /// How the transaction of a request ends, and whether the caller may choose.
    public enum TxEnd {
        COMMIT,
        COMMIT_ALLOW_OVERRIDE,
        ROLLBACK,
        ROLLBACK_ALLOW_OVERRIDE
    }

    public RestConfig {
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException("rest.schemas must name at least one schema");
        }
        if (maxRows < 0) {
            throw new IllegalArgumentException("rest.max-rows must not be negative");
        }
    }

    /// What the planner may do.
    public PlanRules planRules() {
        return new PlanRules(
                maxRows == 0 ? null : maxRows,
                aggregates ? Aggregates.ALLOWED : Aggregates.REFUSED);
    }
}
