package dev.ashlar.policy.exposure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowUpsTest {
    private static final Finding OPEN =
            finding(FindingCode.RLS_DISABLED, Severity.HIGH, "t", "anon", Verb.SELECT);

    @Test
    void where_row_level_security_is_off_that_says_it_all() {
        Finding read = finding(FindingCode.ANONYMOUS_READ, Severity.HIGH, "t", "anon", Verb.SELECT);
        Finding elsewhere =
                finding(FindingCode.ANONYMOUS_READ, Severity.HIGH, "u", "anon", Verb.SELECT);
        Finding grant =
                finding(FindingCode.TRUNCATE_GRANTED, Severity.MEDIUM, "t", "anon", Verb.DELETE);
        assertThat(FollowUps.settled(List.of(read, OPEN, elsewhere, grant)))
                .containsExactly(OPEN, elsewhere, grant);
    }

    @Test
    void what_is_worse_than_its_reason_stays() {
        Finding mild = finding(FindingCode.RLS_DISABLED, Severity.LOW, "t", "anon", Verb.SELECT);
        Finding read = finding(FindingCode.ANONYMOUS_READ, Severity.HIGH, "t", "anon", Verb.SELECT);
        assertThat(FollowUps.settled(List.of(mild, read))).containsExactly(mild, read);
    }

    @Test
    void a_second_role_that_can_do_no_more_is_not_told() {
        Finding users =
                finding(
                        FindingCode.OTHERS_ROWS_WRITABLE,
                        Severity.HIGH,
                        "t",
                        "authenticated",
                        Verb.UPDATE);
        Finding same =
                finding(FindingCode.OTHERS_ROWS_WRITABLE, Severity.LOW, "t", "editor", Verb.UPDATE);
        Finding more =
                finding(
                        FindingCode.OTHERS_ROWS_WRITABLE,
                        Severity.LOW,
                        "t",
                        "editor",
                        Verb.UPDATE,
                        Verb.DELETE);
        Finding worse =
                finding(FindingCode.OTHERS_ROWS_WRITABLE, Severity.HIGH, "t", "boss", Verb.UPDATE);
        assertThat(FollowUps.settled(List.of(users, same, more))).containsExactly(users, more);
        assertThat(FollowUps.settled(List.of(same, worse))).containsExactly(same, worse);
    }

    @Test
    void what_follows_is_low_and_keeps_the_rest() {
        Finding anonymous =
                finding(FindingCode.ANONYMOUS_READ, Severity.HIGH, "t", "anon", Verb.SELECT);
        Finding users =
                finding(
                        FindingCode.OTHERS_ROWS_READABLE,
                        Severity.HIGH,
                        "t",
                        "authenticated",
                        Verb.SELECT);
        Finding low =
                finding(
                        FindingCode.OTHERS_ROWS_READABLE,
                        Severity.LOW,
                        "t",
                        "authenticated",
                        Verb.SELECT);
        assertThat(FollowUps.settled(List.of(users, anonymous))).containsExactly(low, anonymous);
    }

    @Test
    void a_mild_or_lesser_finding_explains_nothing() {
        Finding users =
                finding(
                        FindingCode.OTHERS_ROWS_READABLE,
                        Severity.HIGH,
                        "t",
                        "authenticated",
                        Verb.SELECT);
        Finding lesser =
                finding(FindingCode.ANONYMOUS_READ, Severity.MEDIUM, "t", "anon", Verb.SELECT);
        assertThat(FollowUps.settled(List.of(users, lesser))).containsExactly(users, lesser);
        Finding info = finding(FindingCode.ANONYMOUS_READ, Severity.INFO, "t", "anon", Verb.SELECT);
        Finding told =
                finding(
                        FindingCode.OTHERS_ROWS_READABLE,
                        Severity.INFO,
                        "t",
                        "authenticated",
                        Verb.SELECT);
        assertThat(FollowUps.settled(List.of(told, info))).containsExactly(told, info);
    }

    @Test
    void writing_as_nobody_covers_only_the_same_verbs() {
        Finding anonymous =
                finding(FindingCode.ANONYMOUS_WRITE, Severity.HIGH, "t", "anon", Verb.INSERT);
        Finding inserts =
                finding(
                        FindingCode.INSERT_AS_OTHER,
                        Severity.HIGH,
                        "t",
                        "authenticated",
                        Verb.INSERT);
        Finding deletes =
                finding(
                        FindingCode.OTHERS_ROWS_WRITABLE,
                        Severity.HIGH,
                        "t",
                        "authenticated",
                        Verb.DELETE);
        assertThat(FollowUps.settled(List.of(anonymous, inserts, deletes)))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH, Severity.LOW, Severity.HIGH);
    }

    /// However two findings are told, the worst that an object has is still told as such.
    @Test
    void no_two_findings_hide_how_bad_it_is() {
        for (FindingCode one : FindingCode.values()) {
            for (FindingCode other : FindingCode.values()) {
                for (Severity first : Severity.values()) {
                    for (Severity second : Severity.values()) {
                        pair(
                                finding(one, first, "t", "anon", Verb.SELECT),
                                finding(other, second, "t", "authenticated", Verb.SELECT));
                    }
                }
            }
        }
    }

    private static void pair(Finding one, Finding other) {
        Severity worst =
                one.severity().compareTo(other.severity()) < 0 ? one.severity() : other.severity();
        assertThat(FollowUps.settled(List.of(one, other)))
                .as("%s and %s", one, other)
                .anyMatch(each -> each.severity() == worst);
    }

    private static Finding finding(
            FindingCode code, Severity severity, String object, String role, Verb... verbs) {
        return new Finding(
                code, severity, object, role, List.of(verbs), List.of(), "It is so.", "mend it;");
    }
}
