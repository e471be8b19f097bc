package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Outcome;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What protects rows besides simple policies: triggers, memberships, profiles, claims of old.
class ProberRulesIT {
    private static Probed probed;

    @BeforeAll
    static void probe() throws SQLException {
        probed =
                Probed.of(
                        """
                        create function set_owner() returns trigger language plpgsql as
                          $$ begin new.user_id := auth.uid(); return new; end $$;
                        create table owned_by_trigger (id int primary key, user_id uuid not null, body text);
                        create policy all_in on owned_by_trigger to authenticated using (true);
                        create trigger set_owner before insert or update on owned_by_trigger
                          for each row execute function set_owner();
                        create function refuse() returns trigger language plpgsql as
                          $$ begin raise exception 'not on my watch'; end $$;
                        create table refused (id int primary key, user_id uuid not null, body text);
                        create policy all_in on refused to authenticated using (true);
                        create trigger refuse before update or delete on refused
                          for each row execute function refuse();
                        create function shout() returns trigger language plpgsql as
                          $$ begin perform http_post('https://example.com', new.body); return new; end $$;
                        create table loud (id int primary key, user_id uuid not null, body text);
                        create policy all_in on loud to authenticated using (true);
                        create trigger shout after insert on loud for each row execute function shout();

                        create table teams (id bigint generated always as identity primary key, name text);
                        create table members (team_id bigint references teams on delete cascade,
                          user_id uuid references auth.users, role text not null check (role in ('admin', 'member')),
                          primary key (team_id, user_id));
                        create table projects (id bigint generated always as identity primary key,
                          team_id bigint not null references teams, name text);
                        create policy seen on members for select to authenticated using (user_id = auth.uid());
                        create policy seen on teams for select to authenticated using
                          (exists (select from members m where m.team_id = teams.id and m.user_id = auth.uid()));
                        create policy seen on projects for select to authenticated using
                          (exists (select from members m where m.team_id = projects.team_id and m.user_id = auth.uid()));
                        create policy changed on projects for update to authenticated using
                          (exists (select from members m where m.team_id = projects.team_id and m.user_id = auth.uid()
                            and m.role = 'admin'));

                        create table profiles (id uuid primary key references auth.users, role text not null default 'user',
                          is_public boolean not null default false, is_admin boolean not null default false, email text);
                        create policy seen on profiles for select using (is_public or id = (select auth.uid()));
                        create policy admins on profiles for update to authenticated using (id = (select auth.uid()));
                        create table posts (id uuid primary key default gen_random_uuid(),
                          author_id uuid not null references profiles, status text not null default 'draft', body text);
                        create policy seen on posts for select using (status = 'published');
                        create policy own on posts to authenticated using (author_id = (select auth.uid()));
                        create policy admins on posts to authenticated using
                          (exists (select from profiles p where p.id = auth.uid() and p.role = 'admin'));
                        create table comments (id bigint primary key, post_id uuid not null references posts on delete cascade,
                          body text);
                        create policy seen on comments for select using
                          (exists (select from posts where posts.id = comments.post_id));

                        create table folded (user_id uuid primary key references auth.users,
                          name text not null check (char_length(name) between 2 and 40 and name = btrim(name)
                            and name !~ '[[:cntrl:]]'));
                        create unique index folded_name on folded (lower(name));
                        create policy own on folded to authenticated using (user_id = (select auth.uid()));
                        create table partly (id int primary key, user_id uuid not null, "Code" int not null default 7);
                        create unique index partly_code on partly ((- "Code")) where "Code" > 0;
                        create policy own on partly to authenticated using (user_id = (select auth.uid()));

                        create table by_mail (id int primary key, email text not null unique, body text);
                        create policy own on by_mail to authenticated using (email = (auth.jwt() ->> 'email'));
                        create table by_claim (id int primary key, owner_ref text not null, body text);
                        create policy own on by_claim to authenticated
                          using (owner_ref = (current_setting('request.jwt.claims', true)::json ->> 'sub'));
                        create table by_old_claim (id int primary key, holder uuid not null, body text);
                        create policy own on by_old_claim to authenticated
                          using (holder = current_setting('request.jwt.claim.sub', true)::uuid);
                        create table several (id int primary key, readers uuid[] not null, body text);
                        create policy own on several to authenticated using (auth.uid() = any (readers));
                        create function me() returns uuid language sql stable as 'select auth.uid()';
                        create table by_function (id int primary key, keeper uuid not null, body text);
                        create policy own on by_function to authenticated using (keeper = me());
                        create table expiring (id int primary key, body text, expires_at timestamptz not null,
                          deleted_at timestamptz);
                        create policy live on expiring for select using (deleted_at is null and expires_at > now());
                        create table dividing (id int primary key, body text, n int not null default 0);
                        create policy odd on dividing using (1 / n > 0);
                        create table peeking (id int primary key, user_id uuid not null, body text);
                        create policy peek on peeking to authenticated
                          using (exists (select from auth.users u where u.id = peeking.user_id));
                        create table drawn (id bigint generated always as identity primary key,
                          user_id uuid not null, body text);
                        create policy own on drawn to authenticated using (user_id = auth.uid());
                        revoke insert on drawn from authenticated;
                        grant insert (user_id, body) on drawn to authenticated;
                        create table lacking (id int primary key, user_id uuid not null, body text not null);
                        create policy own on lacking to authenticated using (user_id = auth.uid());
                        revoke insert on lacking from authenticated;
                        grant insert (id, user_id) on lacking to authenticated;
                        create table hidden_key (id int primary key, user_id uuid not null, body text);
                        create policy own on hidden_key to authenticated using (user_id = auth.uid());
                        revoke select on hidden_key from authenticated;
                        grant select (body) on hidden_key to authenticated;
                        """);
    }

    @Test
    void rows_differ_where_an_index_by_an_expression_wants_it() {
        for (String table : List.of("folded", "partly")) {
            assertThat(probed.unprobed(table)).isEmpty();
            assertThat(probed.user(table, Act.READ_OWN)).as(table).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(table, Act.INSERT_OWN)).as(table).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(table, Act.READ_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
            assertThat(probed.user(table, Act.INSERT_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
        }
    }

    @Test
    void a_trigger_that_sets_the_owner_protects() {
        assertThat(probed.user("owned_by_trigger", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("owned_by_trigger", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("owned_by_trigger", Act.GIVE_AWAY)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("owned_by_trigger", Act.TAKE_OVER)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void a_trigger_that_raises_protects() {
        assertThat(probed.user("refused", Act.UPDATE_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("refused", Act.DELETE_OWN)).isEqualTo(Outcome.DENIED);
        assertThat(probed.find("refused", "authenticated", Act.DELETE_OWN).reason())
                .contains("not on my watch");
        assertThat(probed.user("refused", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void a_trigger_that_reaches_outside_is_not_run() {
        assertThat(probed.user("loud", Act.INSERT_OTHERS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(probed.unprobed("loud")).contains("insert").contains("trigger shout");
        assertThat(probed.user("loud", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("loud", Act.UPDATE_OTHERS)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void rows_of_a_team_are_its_members_own() {
        assertThat(probed.user("teams", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("teams", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("projects", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("projects", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("projects", Act.UPDATE_OWN)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("projects", Act.UPDATE_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void an_account_that_is_asked_about_is_no_admin() {
        assertThat(probed.user("profiles", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("profiles", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.anonymous("profiles", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("posts", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("posts", Act.UPDATE_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("posts", Act.UPDATE_OWN)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void rows_that_hang_on_a_row_belong_with_it() {
        assertThat(probed.user("comments", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("comments", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void whoever_calls_is_told_in_every_way() {
        for (String table :
                new String[] {"by_mail", "by_claim", "by_old_claim", "several", "by_function"}) {
            assertThat(probed.user(table, Act.READ_OWN)).as(table).isEqualTo(Outcome.ALLOWED);
            assertThat(probed.user(table, Act.READ_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
            assertThat(probed.user(table, Act.DELETE_OTHERS)).as(table).isEqualTo(Outcome.DENIED);
        }
    }

    @Test
    void time_and_absence_are_conditions_too() {
        assertThat(probed.anonymous("expiring", Act.READ_OWNERLESS)).isEqualTo(Outcome.SOME);
    }

    @Test
    void a_policy_that_raises_is_told() {
        assertThat(probed.find("dividing", "anon", Act.READ_OWNERLESS).reason())
                .startsWith("policy fails: ");
        assertThat(probed.find("peeking", "authenticated", Act.READ_OWN).reason())
                .isEqualTo("policy fails: permission denied for table users");
    }

    @Test
    void what_may_not_be_written_is_minded() {
        assertThat(probed.user("drawn", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("drawn", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.find("lacking", "authenticated", Act.INSERT_OWN).reason())
                .isEqualTo("column body is required and may not be written");
    }

    @Test
    void a_row_is_found_by_what_may_be_read() {
        assertThat(probed.user("hidden_key", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("hidden_key", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("hidden_key", Act.DELETE_OWN)).isEqualTo(Outcome.ALLOWED);
    }
}
