package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.plan.Plan;

/// Lets tests of other packages see the statement of a plan.
public final class PlannedSql {
    private PlannedSql() {}

    public static SqlStatement of(Plan plan) {
        return PlanSql.of(plan, Telling.NOTHING);
    }
}
