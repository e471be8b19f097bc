package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Outcome;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tables of which a row names several accounts: a policy through any of them counts.
class ProberPartiesIT {
    private static Probed probed;

    @BeforeAll
    static void probe() throws SQLException {
        probed =
                Probed.of(
                        """
                        create table profiles (id uuid primary key references auth.users, name text);
                        create policy seen on profiles for select using (true);

                        create table following (follower_id uuid references auth.users, followed_id uuid references auth.users,
                          primary key (follower_id, followed_id));
                        create policy add on following for insert to authenticated with check (follower_id = auth.uid());
                        create table followed (follower_id uuid references auth.users, followed_id uuid references auth.users,
                          primary key (follower_id, followed_id));
                        create policy add on followed for insert to authenticated with check (followed_id = auth.uid());
                        create table followed_apart (follower_id uuid references profiles, followed_id uuid references profiles,
                          primary key (follower_id, followed_id), check (follower_id <> followed_id));
                        create policy seen on followed_apart for select to authenticated
                          using (auth.uid() = follower_id or auth.uid() = followed_id);
                        create policy add on followed_apart for insert to authenticated with check (followed_id = auth.uid());

                        create table mail (id int primary key, sender_id uuid not null references profiles,
                          recipient_id uuid not null references profiles, body text, check (sender_id is distinct from recipient_id));
                        create policy seen on mail for select to authenticated using (recipient_id = auth.uid());
                        create policy send on mail for insert to authenticated with check (sender_id = auth.uid());
                        create table loose_mail (id int primary key, sender_id uuid not null references auth.users,
                          recipient_id uuid not null references auth.users, body text);
                        create policy party on loose_mail to authenticated using (auth.uid() in (sender_id, recipient_id));
                        create table pairs (one uuid not null references auth.users, two uuid not null references auth.users,
                          primary key (one, two), check (one < two or two < one));
                        create policy party on pairs to authenticated using (auth.uid() in (one, two));
                        create table only_one (id int primary key, user_id uuid references auth.users,
                          guest_id uuid references auth.users, check (num_nonnulls(user_id, guest_id) = 1));
                        create policy own on only_one to authenticated using (auth.uid() in (user_id, guest_id));

                        create table rooms (id int primary key, owner_id uuid not null references auth.users);
                        create policy own on rooms to authenticated using (owner_id = auth.uid());
                        create table said (id int primary key, room_id int not null references rooms on delete cascade,
                          sender uuid not null references auth.users, body text);
                        create policy add on said for insert to authenticated
                          with check (exists (select from rooms r where r.id = room_id and r.owner_id = auth.uid()));
                        create table stamped (id int primary key, room_id int not null references rooms on delete cascade,
                          created_by uuid not null references auth.users, body text);
                        create policy add on stamped for insert to authenticated
                          with check (exists (select from rooms r where r.id = room_id and r.owner_id = auth.uid()));
                        create function stamp() returns trigger language plpgsql as
                          $$ begin new.created_by := auth.uid(); return new; end $$;
                        create trigger stamp before insert on stamped for each row execute function stamp();
                        """);
    }

    @Test
    void the_one_who_acts_must_be_the_caller() {
        assertThat(probed.user("following", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("following", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("followed", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("followed", Act.INSERT_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("loose_mail", Act.INSERT_OTHERS)).isEqualTo(Outcome.SOME);
    }

    @Test
    void a_check_that_holds_accounts_apart_is_met() {
        assertThat(probed.unprobed("followed_apart")).isEmpty();
        assertThat(probed.user("followed_apart", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("followed_apart", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("followed_apart", Act.INSERT_OWN)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("followed_apart", Act.INSERT_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.unprobed("pairs") + probed.unprobed("only_one")).isEmpty();
        assertThat(probed.user("pairs", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("pairs", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("pairs", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("only_one", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(probed.user("only_one", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void verbs_may_go_by_different_accounts() {
        assertThat(probed.unprobed("mail")).isEmpty();
        assertThat(probed.user("mail", Act.READ_OWN)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("mail", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(probed.user("mail", Act.INSERT_OWN)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("mail", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void in_an_own_room_one_may_not_speak_for_others() {
        assertThat(probed.user("said", Act.INSERT_OTHERS)).isEqualTo(Outcome.SOME);
        assertThat(probed.user("stamped", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
    }
}
