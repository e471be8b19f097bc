package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Role;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.Planner;
import java.util.List;

/// Lets tests of other packages have plans by what is asked for them.
public final class PlannedRequest {
    private PlannedRequest() {}

    /// Of GET on such a target, `/books?select=title`, of all rows.
    public static Plan.Read read(String target, Catalog catalog) {
        RestParser parser = new RestParser(RestServing.config(List.of("public"), 1_000));
        return (Plan.Read)
                new Planner(catalog, Role.ANON, new PlanRules(null, PlanRules.Aggregates.ALLOWED))
                        .plan(parser.parse(SentRequest.of("GET", target), catalog).intent());
    }
}
