package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.World.Holder;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.Verb;
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
/// Real rows are neither read nor changed. Triggers run as they would for the caller, but for those
/// that reach outside of the database.
public final class Prober {
    static final String ACT = "probe_act";
    private static final String ALL = "probe";
    private static final String CALLER = "probe_caller";
    private static final String NO_ROLE =
            "there is no such role in this database, so nobody can call as it";

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
                } else {
                    unprobed.add(new Unprobed("", role, "", NO_ROLE));
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
        Gate gate = new Gate(facts);
        Maker maker = Maker.begin(attempts, facts, gate, accounts);
        WorldPlanner planner = new WorldPlanner(facts, accounts);
        RowMaker rowMaker = new RowMaker(attempts, planner, maker);
        Rows rows = rowMaker.make();
        maker.end();
        rowMaker.point();
        return new Probing(attempts, facts, gate, planner, rowMaker, rows, maker);
    }

    private void probe(Probing probing, String role) throws SQLException {
        attempts.mark(CALLER);
        Optional<Holder> holder = probing.signedIn(role) ? Optional.of(Holder.A) : Optional.empty();
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
            case VIEW -> new ViewProbe(probing, relation, role, sheet).run();
            case MATERIALIZED_VIEW, FOREIGN_TABLE -> byGrant(probing.gate(), relation, role, sheet);
        }
    }

    /// A materialized view holds no synthetic rows, and what is behind a foreign table belongs to
    /// somebody else.
    private static void byGrant(Gate gate, Relation relation, String role, Sheet sheet) {
        Map<Act, Boolean> acts = new LinkedHashMap<>();
        acts.put(Act.READ_OWNERLESS, true);
        acts.put(Act.INSERT_OWNERLESS, relation.updatable().contains(Verb.INSERT));
        acts.put(Act.UPDATE_OWNERLESS, relation.updatable().contains(Verb.UPDATE));
        acts.put(Act.DELETE_OWNERLESS, relation.updatable().contains(Verb.DELETE));
        acts.forEach((act, possible) -> {
            Verdict granted =
                    gate.closed(relation, role, act.verb())
                            .orElse(new Verdict(Outcome.ALLOWED, "by grant"));
            sheet.put(act, possible ? granted : Verdict.denied("it cannot be changed"));
        });
    }
}
