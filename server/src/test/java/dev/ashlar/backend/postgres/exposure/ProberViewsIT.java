package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.rule.Judge;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is seen through views, and in the tables of storage.
class ProberViewsIT {
    private static Probed probed;

    @BeforeAll
    static void probe() throws SQLException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.execute(
                """
                create table notes (id bigint generated always as identity primary key, user_id uuid not null,
                  published boolean not null default false, body text);
                create policy own on notes to authenticated using (user_id = auth.uid());
                create view bypassing as select id, user_id, body from notes;
                create view invoking with (security_invoker = true) as select id, user_id, body from notes;
                create view renamed as select n.id as note_id, n.body as "Text" from notes n where published;
                create view filtered as select * from notes where user_id = auth.uid();
                create view counted as select count(*) as many from notes;
                create view joined with (security_invoker = true) as
                  select n.id, n.body, u.email from notes n left join auth.users u on u.id = n.user_id;
                create view over_view as select id, body from bypassing;
                create materialized view frozen as select * from notes;
                create view handing as select id as note, user_id as holder, body from notes;
                grant select, update on handing to authenticated;
                create view stamped as select id, user_id, body from notes;
                grant select, update (body) on stamped to authenticated;
                create view kept as select id, user_id, body from notes;
                grant select, update on kept to authenticated;
                create function change_body() returns trigger language plpgsql security definer as
                  $$ begin update public.notes set body = new.body where id = old.id; return new; end $$;
                create trigger change_body instead of update on kept for each row execute function change_body();
                create view checked as select * from notes where user_id = auth.uid() with check option;
                grant select, update on checked to authenticated;
                grant select, insert, update, delete on bypassing, invoking, renamed, filtered, counted, joined, over_view to anon, authenticated;
                grant select on frozen to authenticated;
                insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true), ('papers', 'papers', false);
                """);
        database.executeAs(
                "ashlar_admin",
                """
                create policy own on storage.objects for select to authenticated
                  using (bucket_id = 'papers' and (storage.foldername(name))[1] = (select auth.uid())::text);
                create policy upload on storage.objects for insert to authenticated
                  with check (bucket_id = 'avatars');
                """);
        probed = Probed.of(database, database.jdbc());
    }

    @Test
    void a_view_with_its_owners_rights_shows_all() {
        assertThat(probed.anonymous("bypassing", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("bypassing", Act.UPDATE_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("bypassing", Act.DELETE_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("bypassing", Act.INSERT_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.anonymous("over_view", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void a_view_with_its_callers_rights_shows_what_they_may_see() {
        assertThat(probed.user("invoking", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("invoking", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.anonymous("invoking", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("invoking", Act.UPDATE_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("invoking", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("invoking", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void a_views_own_condition_counts() {
        assertThat(probed.user("renamed", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("filtered", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("filtered", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void rows_change_hands_through_views_too() {
        for (String view : java.util.List.of("bypassing", "handing")) {
            assertThat(probed.user(view, Act.GIVE_AWAY)).as(view).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(view, Act.TAKE_OVER)).as(view).isEqualTo(Outcome.ALLOWED);
        }
        assertThat(probed.user("filtered", Act.GIVE_AWAY)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("filtered", Act.TAKE_OVER)).isEqualTo(Outcome.DENIED);
        for (String view : java.util.List.of("invoking", "stamped", "kept", "checked")) {
            assertThat(probed.user(view, Act.GIVE_AWAY)).as(view).isEqualTo(Outcome.DENIED);
            assertThat(probed.user(view, Act.TAKE_OVER)).as(view).isEqualTo(Outcome.DENIED);
        }
        assertThat(probed.user("stamped", Act.UPDATE_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.find("stamped", "authenticated", Act.TAKE_OVER).reason())
                .isEqualTo("no right to change user_id");
        assertThat(probed.find("kept", "authenticated", Act.TAKE_OVER).reason())
                .isEqualTo("a trigger sets the owner");
        assertThat(probed.find("checked", "authenticated", Act.GIVE_AWAY).reason())
                .isEqualTo("the view's check refuses the row");
    }

    @Test
    void a_row_that_a_view_lets_go_is_a_finding() {
        assertThat(Judge.report(probed.facts(), probed.observations()).findings())
                .filteredOn(finding -> finding.code() == FindingCode.ROW_GIVEN_AWAY)
                .extracting(Finding::object)
                .contains("public.filtered", "public.handing")
                .doesNotContain("public.invoking", "public.kept", "public.checked");
    }

    @Test
    void a_view_that_callers_have_no_right_to_look_behind_is_shut() {
        assertThat(probed.user("joined", Act.READ_OWN)).isEqualTo(Outcome.DENIED);
        assertThat(probed.find("joined", "authenticated", Act.READ_OWN).reason())
                .contains("permission denied");
    }

    @Test
    void a_view_whose_rows_cannot_be_told_is_not_guessed_at() {
        assertThat(probed.user("counted", Act.READ_OWNERLESS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(probed.unprobed("counted")).contains("no column");
    }

    @Test
    void a_materialized_view_is_judged_by_grant() {
        assertThat(probed.find("frozen", "authenticated", Act.READ_OWNERLESS))
                .extracting(Observation::outcome, Observation::reason)
                .containsExactly(Outcome.ALLOWED, "by grant");
        assertThat(probed.anonymous("frozen", Act.READ_OWNERLESS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void files_are_tried_bucket_by_bucket() {
        assertThat(files(Act.READ_OWN)).contains("DENIED bucket avatars", "ALLOWED bucket papers");
        assertThat(files(Act.READ_OTHERS))
                .contains("DENIED bucket avatars", "DENIED bucket papers");
        assertThat(files(Act.INSERT_OTHERS))
                .contains("ALLOWED bucket avatars", "DENIED bucket papers");
    }

    private static java.util.List<String> files(Act act) {
        long objects = probed.facts().find("storage", "objects").orElseThrow().oid();
        return probed.observations().all().stream()
                .filter(each -> each.relation() == objects && each.act() == act)
                .filter(each -> each.role().equals("authenticated"))
                .map(each -> each.outcome() + " " + each.reason())
                .toList();
    }
}
