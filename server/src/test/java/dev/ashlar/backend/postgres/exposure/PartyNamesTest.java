package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who acts and who does not, by the name of a column.
class PartyNamesTest {
    @ParameterizedTest
    @CsvSource({
        "sender_id, DOES",
        "senderId, DOES",
        "created_by, DOES",
        "invited_by, DOES",
        "from_user, DOES",
        "author, DOES",
        "user_id, OWNS",
        "owner, OWNS",
        "recipient_id, SUFFERS",
        "shared_with, SUFFERS",
        "assigned_to, SUFFERS",
        "followed_id, SUFFERS",
        "user_a, OTHER",
        "patient_id, OTHER"
    })
    void a_name_says_what_part_an_account_has(String column, PartyNames part) {
        assertThat(PartyNames.of(column)).isEqualTo(part);
    }

    @Test
    void where_names_do_not_say_it_plainly_nobody_acts_for_another() {
        assertThat(PartyNames.SUFFERS.clearlyBelow(PartyNames.DOES)).isTrue();
        assertThat(PartyNames.OTHER.clearlyBelow(PartyNames.DOES)).isTrue();
        assertThat(PartyNames.SUFFERS.clearlyBelow(PartyNames.OWNS)).isTrue();
        assertThat(PartyNames.OTHER.clearlyBelow(PartyNames.OWNS)).isFalse();
        assertThat(PartyNames.OWNS.clearlyBelow(PartyNames.DOES)).isFalse();
        assertThat(PartyNames.OTHER.clearlyBelow(PartyNames.OTHER)).isFalse();
    }
}
