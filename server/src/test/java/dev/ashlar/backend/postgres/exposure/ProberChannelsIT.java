package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.rule.Judge;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Policies on channels, which ask for the one that a caller wants to join.
class ProberChannelsIT {
    private static final String ROOMS =
            """
            create table rooms (id bigint generated always as identity primary key, topic text not null unique);
            create table room_members (room_id bigint not null references rooms on delete cascade,
              user_id uuid not null references auth.users, primary key (room_id, user_id));
            create policy seen on rooms for select to authenticated using (true);
            create policy own on room_members for select to authenticated using (user_id = (select auth.uid()));
            """;

    private static String policy(String condition) {
        return ROOMS
                + "create policy joining on realtime.messages for select to authenticated using ("
                + condition
                + "); create policy sending on realtime.messages for insert to authenticated with check ("
                + condition
                + ");";
    }

    @Test
    void an_own_channel_is_named_after_its_account() throws SQLException {
        Probed probed =
                Probed.of(
                        policy(
                                "(select realtime.topic()) = 'user:' || (select auth.uid())::text"
                                        + " and extension in ('broadcast', 'presence')"));
        closedToOthers(probed);
        assertThat(outcome(probed, "anon", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
    }

    @Test
    void channels_of_members_are_named_after_their_rooms() throws SQLException {
        closedToOthers(
                Probed.of(
                        policy(
                                """
                                exists (select from room_members m join rooms r on r.id = m.room_id
                                  where m.user_id = (select auth.uid()) and r.topic = (select realtime.topic())
                                    and realtime.messages.extension in ('broadcast'))
                                """)));
        closedToOthers(
                Probed.of(
                        policy(
                                """
                                split_part(realtime.topic(), ':', 1) = 'room' and exists (select from room_members m
                                  where m.user_id = auth.uid() and m.room_id::text = split_part(realtime.topic(), ':', 2))
                                """)));
    }

    @Test
    void a_forgotten_membership_lets_everybody_in() throws SQLException {
        Probed probed =
                Probed.of(
                        policy(
                                """
                                (select auth.uid()) is not null and exists
                                  (select from rooms r where 'room-' || r.id::text = realtime.topic())
                                """));
        assertThat(outcome(probed, "authenticated", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(probed, "authenticated", Act.INSERT_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(Judge.report(probed.facts(), probed.observations()).findings())
                .filteredOn(finding -> finding.object().equals(ChannelTopics.TABLE))
                .extracting(Finding::code)
                .contains(FindingCode.OTHERS_ROWS_READABLE, FindingCode.INSERT_AS_OTHER);
    }

    @Test
    void a_kind_of_channel_is_asked_for_by_its_first_part() throws SQLException {
        Probed probed =
                Probed.of(
                        policy(
                                "(select auth.uid()) is not null and split_part(realtime.topic(), ':', 1) = 'room'"));
        assertThat(outcome(probed, "authenticated", Act.READ_OTHERS)).isEqualTo(Outcome.ALLOWED);
        assertThat(unprobed(probed)).isEmpty();
    }

    @Test
    void a_shared_channel_is_told_from_an_own_one() throws SQLException {
        Probed probed =
                Probed.of(
                        policy(
                                "realtime.topic() = 'lobby' or realtime.topic() = 'user:' || auth.uid()"));
        assertThat(outcome(probed, "authenticated", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(probed, "authenticated", Act.READ_OTHERS)).isEqualTo(Outcome.SOME);
    }

    @Test
    void a_channel_that_cannot_be_guessed_is_told() throws SQLException {
        Probed probed =
                Probed.of(
                        policy(
                                "realtime.topic() ~ '^room-[0-9]+$' and md5(auth.uid()::text) <> realtime.topic()"));
        assertThat(outcome(probed, "authenticated", Act.READ_OWN)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(probed, "authenticated", Act.READ_OTHERS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(probed, "authenticated", Act.INSERT_OTHERS)).isEqualTo(Outcome.UNKNOWN);
        assertThat(unprobed(probed))
                .isNotEmpty()
                .allMatch(reason -> reason.contains("realtime.topic()"));
    }

    private static void closedToOthers(Probed probed) {
        assertThat(outcome(probed, "authenticated", Act.READ_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(probed, "authenticated", Act.READ_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(outcome(probed, "authenticated", Act.INSERT_OWN)).isEqualTo(Outcome.ALLOWED);
        assertThat(outcome(probed, "authenticated", Act.INSERT_OTHERS)).isEqualTo(Outcome.DENIED);
        assertThat(unprobed(probed)).isEmpty();
    }

    private static Outcome outcome(Probed probed, String role, Act act) {
        Relation channels = probed.facts().find("realtime", "messages").orElseThrow();
        return probed.observations().find(channels, role, act).orElseThrow().outcome();
    }

    private static List<String> unprobed(Probed probed) {
        return probed.observations().unprobed().stream()
                .filter(each -> each.object().equals(ChannelTopics.TABLE))
                .map(Unprobed::reason)
                .toList();
    }
}
