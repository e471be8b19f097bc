package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static dev.ashlar.policy.exposure.FactsForTests.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.FactsForTests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorldPlannerTest {
    private static final Column ID = required(column("id", "integer", 'N'));
    private static final Column USER = column("user_id", "uuid", 'U');
    private final Accounts accounts = Accounts.fresh();
    private final Rows made = new Rows();

    @Test
    void a_table_comes_after_those_that_it_points_at() {
        FactsForTests tables =
                new FactsForTests()
                        .table("teams", ID)
                        .table("notes", ID, required(column("team_id", "integer", 'N')))
                        .key("team_id", "teams");
        assertThat(names(planner(tables.build()).order())).containsExactly("teams", "notes");
        FactsForTests reversed = new FactsForTests().table("notes", ID).table("teams", ID);
        Facts facts = reversed.key("id", "notes").build();
        assertThat(names(planner(facts).order())).containsExactly("notes", "teams");
    }

    @Test
    void a_cycle_ends() {
        Facts facts =
                new FactsForTests()
                        .table("people", ID, column("boss", "integer", 'N'))
                        .key("boss", "people")
                        .build();
        assertThat(names(planner(facts).order())).containsExactly("people");
    }

    @Test
    void rows_of_accounts_are_of_several_and_others_of_nobody() {
        Facts facts =
                new FactsForTests()
                        .table("notes", ID, USER)
                        .ownedBy("user_id")
                        .policy(PolicyCommand.ALL, "(user_id = auth.uid())")
                        .table("countries", ID, column("name"))
                        .build();
        WorldPlanner planner = planner(facts);
        assertThat(planner.worlds(facts.relations().getFirst()))
                .extracting(World::holder)
                .contains(World.Holder.A, World.Holder.B);
        assertThat(planner.worlds(facts.relations().getLast()))
                .extracting(World::holder)
                .containsOnly(World.Holder.NOBODY);
    }

    @Test
    void the_owner_is_the_worlds_account() {
        Facts facts =
                new FactsForTests()
                        .table("notes", ID, USER)
                        .ownedBy("user_id")
                        .policy(PolicyCommand.ALL, "(user_id = auth.uid())")
                        .build();
        WorldPlanner planner = planner(facts);
        Relation notes = facts.relations().getFirst();
        RowPlan own = plan(planner, notes, World.own(0));
        RowPlan others = plan(planner, notes, World.others(0));
        RowPlan nobodys = plan(planner, notes, World.nobodys(0));
        assertThat(own.values()).containsEntry("user_id", accounts.id(World.Holder.A));
        assertThat(others.values()).containsEntry("user_id", accounts.id(World.Holder.B));
        assertThat(nobodys.values()).containsEntry("user_id", Optional.empty());
        assertThat(own.values().get("id")).isNotEqualTo(others.values().get("id"));
    }

    @Test
    void variants_differ_in_what_the_policy_compares() {
        Facts facts =
                new FactsForTests()
                        .table("notes", ID, column("state"))
                        .policy(PolicyCommand.SELECT, "(state = 'open'::text)")
                        .build();
        WorldPlanner planner = planner(facts);
        Relation notes = facts.relations().getFirst();
        assertThat(planner.worlds(notes)).hasSize(2);
        assertThat(plan(planner, notes, World.nobodys(0)).values())
                .containsEntry("state", Optional.of("open"));
        assertThat(plan(planner, notes, World.nobodys(1)).values().get("state"))
                .isNotEqualTo(Optional.of("open"));
    }

    @Test
    void a_key_points_at_the_row_of_the_same_world() {
        Facts facts =
                new FactsForTests()
                        .table("teams", ID, USER)
                        .ownedBy("user_id")
                        .table("notes", ID, required(column("team_id", "integer", 'N')), USER)
                        .key("team_id", "teams")
                        .ownedBy("user_id")
                        .build();
        Relation teams = facts.relations().getFirst();
        made.add(row(teams, World.own(0), "1"));
        made.add(row(teams, World.others(0), "2"));
        WorldPlanner planner = planner(facts);
        Relation notes = facts.relations().getLast();
        assertThat(plan(planner, notes, World.others(0)).values())
                .containsEntry("team_id", Optional.of("2"));
        assertThat(plan(planner, notes, World.own(0)).values())
                .containsEntry("team_id", Optional.of("1"));
    }

    /// The row that was pointed at before it was made gets the key that was promised.
    @Test
    void a_promised_key_is_kept() {
        Facts facts =
                new FactsForTests()
                        .table("teams", ID, column("name"))
                        .table("notes", ID, required(column("team_id", "integer", 'N')))
                        .key("team_id", "teams")
                        .build();
        WorldPlanner planner = planner(facts);
        World world = World.nobodys(0);
        Optional<String> promised =
                plan(planner, facts.relations().getLast(), world).values().get("team_id");
        assertThat(promised).isPresent();
        assertThat(plan(planner, facts.relations().getFirst(), world).values())
                .containsEntry("id", promised);
        assertThat(plan(planner, facts.relations().getFirst(), World.nobodys(1)).values().get("id"))
                .isNotEqualTo(promised);
    }

    @Test
    void a_key_into_its_own_table_that_may_not_be_null_is_its_own() {
        Facts facts =
                new FactsForTests()
                        .table("nodes", ID, required(column("root", "integer", 'N')))
                        .key("root", "nodes")
                        .build();
        Map<String, Optional<String>> values =
                plan(planner(facts), facts.relations().getFirst(), World.nobodys(0)).values();
        assertThat(values.get("root")).isEqualTo(values.get("id"));
    }

    @Test
    void defaults_that_harm_nobody_are_left() {
        Facts facts =
                new FactsForTests()
                        .table(
                                "notes",
                                ID,
                                column(
                                        "made",
                                        "timestamp with time zone",
                                        'D',
                                        Optional.of("now()")),
                                column("number", "integer", 'N', Optional.of("app.next()")))
                        .build();
        assertThat(plan(planner(facts), facts.relations().getFirst(), World.nobodys(0)).values())
                .containsOnlyKeys("id", "number");
    }

    @Test
    void words_of_conditions() {
        assertThat(WorldPlanner.mentions("(\"userId\" > 1)", "userId")).isTrue();
        assertThat(WorldPlanner.mentions("(user_id > 1)", "user")).isFalse();
        assertThat(WorldPlanner.mentions("(a = 'state'::text)", "state")).isFalse();
    }

    private RowPlan plan(WorldPlanner planner, Relation table, World world) {
        return planner.plan(table, world, Map.of(), List.of(), made);
    }

    private WorldPlanner planner(Facts facts) {
        return new WorldPlanner(facts, accounts);
    }

    private static WorldRow row(Relation table, World world, String id) {
        return new WorldRow(table, world, Map.of("id", Optional.of(id)), table.oid(), "", "");
    }

    private static List<String> names(List<Relation> relations) {
        return relations.stream().map(Relation::name).toList();
    }
}
