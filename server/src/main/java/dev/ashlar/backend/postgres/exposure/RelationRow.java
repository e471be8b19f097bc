package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.backend.postgres.exposure.FactQueries.find;
import static dev.ashlar.backend.postgres.exposure.FactQueries.letter;
import static dev.ashlar.backend.postgres.exposure.FactQueries.text;

import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Verb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// A row of `relations.sql`.
record RelationRow(
        long oid,
        String schema,
        String name,
        RelationKind kind,
        String owner,
        boolean ownerSeesEverything,
        boolean rowSecurity,
        boolean forced,
        boolean securityInvoker,
        Optional<Long> parent,
        boolean exposed,
        Optional<String> comment,
        Optional<String> definition,
        Set<Verb> updatable,
        Set<Long> reads) {
    /// Bits of `pg_relation_is_updatable`: 1 << CmdType (PostgreSQL, nodes.h).
    private static final int UPDATE = 1 << 2;

    private static final int INSERT = 1 << 3;
    private static final int DELETE = 1 << 4;

    static RelationRow read(ResultSet row) throws SQLException {
        long parent = row.getLong("parent");
        Optional<Long> partitioned = row.wasNull() ? Optional.empty() : Optional.of(parent);
        return new RelationRow(
                row.getLong("oid"),
                text(row, "nspname"),
                text(row, "relname"),
                switch (letter(row, "relkind")) {
                    case 'p' -> RelationKind.PARTITIONED_TABLE;
                    case 'v' -> RelationKind.VIEW;
                    case 'm' -> RelationKind.MATERIALIZED_VIEW;
                    case 'f' -> RelationKind.FOREIGN_TABLE;
                    default -> RelationKind.TABLE;
                },
                text(row, "owner"),
                row.getBoolean("owner_sees_everything"),
                row.getBoolean("relrowsecurity"),
                row.getBoolean("relforcerowsecurity"),
                row.getBoolean("security_invoker"),
                partitioned,
                row.getBoolean("exposed"),
                find(row, "comment"),
                find(row, "definition"),
                verbs(row.getInt("updatable")),
                new LinkedHashSet<>(FactQueries.oids(row, "reads")));
    }

    private static Set<Verb> verbs(int bits) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        if ((bits & UPDATE) != 0) {
            verbs.add(Verb.UPDATE);
        }
        if ((bits & INSERT) != 0) {
            verbs.add(Verb.INSERT);
        }
        if ((bits & DELETE) != 0) {
            verbs.add(Verb.DELETE);
        }
        return verbs;
    }
}
