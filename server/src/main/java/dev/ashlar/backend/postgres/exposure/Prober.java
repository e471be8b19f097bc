package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.World.Holder;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Unprobed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out by trying what callers can really do: with synthetic rows, of which nothing stays.
///
/// Real rows are neither read nor changed. Triggers run as they would for the caller, but for
/// those that reach outside of the database.
public final class Prober {
    static final String ACT = "probe_act";
    private static final String ALL = "probe";
    private static final String CALLER = "probe_caller";

    /// PostgreSQL's number for a statement that is too slow, or a lock that somebody else holds.
    private static final Map<String, String> LIMITS =
            Map.of("statement_timeout", "1s", "lock_timeout", "100ms", "jit", "off");

    private final Attempts attempts;
    private final Facts facts;
    private final Accounts accounts = Accounts.fresh();
    private final List<Observation> observations = new ArrayList<>();
    private final LinkedHashSet<Unprobed> unprobed = new LinkedHashSet<>();

    private Prober(Connection connection, Facts facts) {
        this.attempts = new Attempts(connection);
        this.facts = facts;
    }

    /// In the connection's open transaction, which is as before afterwards. The role that is
    /// connected makes the rows and must be able to switch to the callers' roles; what it cannot do
    /// is told as not probed.
    public static Observations probe(Connection connection, Facts facts) throws SQLException {
        return new Prober(connection, facts).probe();
    }

    private Observations probe() throws SQLException {
        attempts.mark(ALL);
        try {
            Probing probing = prepare();
            for (String role : facts.callers().judged()) {
                if (facts.roles().containsKey(role)) {
                    probe(probing, role);
                }
            }
        } finally {
            attempts.undo(ALL);
        }
        return new Observations(observations, List.copyOf(unprobed));
    }

    private Probing prepare() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>(LIMITS);
        settings.put("search_path", CallerSession.searchPath(facts.schemas()));
        attempts.send(CallerSession.settings(settings));
        String maker = makerRole();
        // Without triggers and checks of foreign keys; only superusers may, and some hosts' roles.
        boolean quiet = set("session_replication_role", "replica");
        set("row_security", "off");
        WorldPlanner planner = new WorldPlanner(facts, accounts);
        RowMaker rowMaker = new RowMaker(attempts, planner);
        Rows rows = rowMaker.make();
        if (quiet) {
            set("session_replication_role", "origin");
        }
        set("row_security", "on");
        rowMaker.point();
        return new Probing(attempts, facts, new Gate(facts), planner, rowMaker, rows, maker);
    }

    private String makerRole() throws SQLException {
        SqlStatement query = new SqlText().sql("select current_setting('role')").build();
        return attempts.keep(query) instanceof Attempt.Done done
                ? String.valueOf(done.rows().getFirst().getFirst())
                : "none";
    }

    private boolean set(String setting, String value) throws SQLException {
        return attempts.keep(CallerSession.settings(Map.of(setting, value)))
                instanceof Attempt.Done;
    }

    private void probe(Probing probing, String role) throws SQLException {
        attempts.mark(CALLER);
        Optional<Holder> holder =
                probing.signedIn(role) ? Optional.of(Holder.A) : Optional.empty();
        Attempt masked =
                attempts.keep(
                        CallerSession.as(
                                role,
                                holder.flatMap(accounts::id),
                                holder.flatMap(accounts::email),
                                facts.schemas()));
        if (masked instanceof Attempt.Failed failed) {
            facts.exposed().forEach(relation -> refused(relation, role, failed));
        } else {
            attempts.mark(ACT);
            for (Relation relation : facts.exposed()) {
                probe(probing, relation, role);
            }
        }
        attempts.undo(CALLER);
    }

    private void refused(Relation relation, String role, Attempt.Failed failed) {
        for (Act act : Act.values()) {
            sheet(relation, role).put(act, Verdict.unknown(failed.message()));
        }
    }

    private Sheet sheet(Relation relation, String role) {
        return new Sheet(relation, role, observations, unprobed);
    }

    private void probe(Probing probing, Relation relation, String role) throws SQLException {
        Sheet sheet = sheet(relation, role);
        switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE -> new TableProbe(probing, relation, role, sheet).run();
            case VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> {}
        }
    }
}
