package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Outcome;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What policies and grants let callers do with rows of their own, of others and of nobody.
class ProberIT {
    private static Probed probed;

    @BeforeAll
    static void probe() throws SQLException {
        probed =
                Probed.of(
                        """
                        create table mine (id bigint generated always as identity primary key,
                          user_id uuid not null references auth.users, body text not null, done boolean);
                        create policy mine on mine to authenticated
                          using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
                        create table open (id serial primary key, user_id uuid, body text);
                        alter table open disable row level security;
                        create table shut (id int primary key, body text);
                        create table news (id uuid primary key default gen_random_uuid(), author_id uuid not null,
                          published boolean not null default false, body text);
                        create policy read on news for select using (published or author_id = auth.uid());
                        create policy write on news for insert to authenticated with check (author_id = auth.uid());
                        create table unchecked (id int primary key, owner uuid, body text);
                        create policy mine on unchecked for select to authenticated using (owner = auth.uid());
                        create policy change on unchecked for update to authenticated
                          using (owner = auth.uid()) with check (true);
                        create policy add on unchecked for insert to authenticated with check (true);
                        create table shared (id int primary key, body text);
                        create policy read on shared for select using (true);
                        create policy blind on shared for delete to authenticated using (true);
                        create table blind (id int primary key, user_id uuid not null, body text);
                        create policy blind on blind for update to authenticated using (true);
                        create table broken (id int primary key, user_id uuid, body text);
                        create policy broken on broken using (exists (select from broken b where b.user_id = auth.uid()));
                        create table revoked (id int primary key, user_id uuid, body text);
                        create policy mine on revoked using (user_id = auth.uid());
                        revoke update, insert on revoked from authenticated;
                        grant update (body), insert (id, user_id) on revoked to authenticated;
                        """);
    }

    @Test
    void an_owner_does_everything_with_its_rows_and_nothing_with_others() {
        assertThat(probed.user("mine", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("mine", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("mine", Act.UPDATE_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("mine", Act.DELETE_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("mine", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mine", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mine", Act.UPDATE_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mine", Act.DELETE_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mine", Act.GIVE_AWAY)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mine", Act.TAKE_OVER)).isEqualTo(Outcome.DENIED);
        assertThat(probed.anonymous("mine", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.unprobed("mine")).isEmpty();
    }

    @Test
    void without_row_level_security_grants_decide() {
        assertThat(probed.anonymous("open", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.anonymous("open", Act.INSERT_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.anonymous("open", Act.UPDATE_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.anonymous("open", Act.DELETE_OWNERLESS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("open", Act.TAKE_OVER)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void without_a_policy_nothing_is_let_through() {
        assertThat(probed.user("shut", Act.READ_OWNERLESS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("shut", Act.INSERT_OWNERLESS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.find("shut", "anon", Act.READ_OWNERLESS).reason()).isEqualTo("no policy");
    }

    @Test
    void a_condition_on_the_row_shows_as_some() {
        assertThat(probed.user("news", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("news", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.anonymous("news", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("news", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void a_forgotten_check_lets_rows_change_hands() {
        assertThat(probed.user("unchecked", Act.GIVE_AWAY)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("unchecked", Act.TAKE_OVER)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("unchecked", Act.INSERT_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("unchecked", Act.READ_OWNERLESS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void rows_of_a_table_without_owner_are_nobodys() {
        assertThat(probed.anonymous("shared", Act.READ_OWNERLESS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.anonymous("shared", Act.DELETE_OWNERLESS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("shared", Act.DELETE_OWNERLESS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("shared", Act.UPDATE_OWNERLESS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void a_write_that_needs_no_reading_is_found() {
        assertThat(probed.user("blind", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("blind", Act.UPDATE_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("blind", Act.TAKE_OVER)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void a_policy_that_needs_itself_fails() {
        assertThat(probed.user("broken", Act.READ_OWN)).isEqualTo(Outcome.UNKNOWN);
        assertThat(probed.find("broken", "authenticated", Act.READ_OWN).reason())
                .startsWith("policy fails: ")
                .contains("infinite recursion");
        assertThat(probed.unprobed("broken")).contains("select").contains("infinite recursion");
    }

    @Test
    void grants_of_columns_count() {
        assertThat(probed.user("revoked", Act.UPDATE_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("revoked", Act.GIVE_AWAY)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("revoked", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("revoked", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }
}
