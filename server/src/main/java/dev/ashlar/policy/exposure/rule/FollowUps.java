package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One mistake is one finding of its severity. What only follows from another finding about the
/// same object is left out where that says it all, and else told as low.
final class FollowUps {
    private static final Set<FindingCode> ROWS =
            EnumSet.of(
                    FindingCode.ANONYMOUS_READ,
                    FindingCode.ANONYMOUS_WRITE,
                    FindingCode.OTHERS_ROWS_READABLE,
                    FindingCode.OTHERS_ROWS_WRITABLE,
                    FindingCode.SHARED_ROWS_WRITABLE,
                    FindingCode.INSERT_AS_OTHER,
                    FindingCode.ROW_GIVEN_AWAY,
                    FindingCode.ROW_TAKEN_OVER);

    private static final Set<FindingCode> PAST_POLICIES =
            EnumSet.of(
                    FindingCode.VIEW_BYPASSES_RLS,
                    FindingCode.MATERIALIZED_VIEW_EXPOSED,
                    FindingCode.FOREIGN_TABLE_EXPOSED,
                    FindingCode.AUTH_USERS_EXPOSED);

    private static final Set<FindingCode> WRITES_OF_OTHERS =
            EnumSet.of(
                    FindingCode.OTHERS_ROWS_WRITABLE,
                    FindingCode.SHARED_ROWS_WRITABLE,
                    FindingCode.INSERT_AS_OTHER,
                    FindingCode.ROW_GIVEN_AWAY,
                    FindingCode.ROW_TAKEN_OVER);

    /// Those about one object.
    private final List<Finding> all;

    private FollowUps(List<Finding> all) {
        this.all = all;
    }

    static List<Finding> settled(List<Finding> all) {
        Map<String, List<Finding>> byObject =
                all.stream().collect(Collectors.groupingBy(Finding::object));
        List<Finding> settled = new ArrayList<>();
        for (Finding each : all) {
            FollowUps followUps = new FollowUps(byObject.getOrDefault(each.object(), List.of()));
            if (!followUps.saidElsewhere(each)) {
                settled.add(followUps.follows(each) ? low(each) : each);
            }
        }
        return settled;
    }

    /// Row-level security that is off lets everybody at everything; custom roles do what users do.
    private boolean saidElsewhere(Finding finding) {
        if (ROWS.contains(finding.code()) && has(finding, FindingCode.RLS_DISABLED)) {
            return true;
        }
        return ROWS.contains(finding.code())
                && all.stream()
                        .takeWhile(other -> !other.equals(finding))
                        .anyMatch(other ->
                                other.code() == finding.code()
                                        && asBad(other, finding)
                                        && other.verbs().containsAll(finding.verbs()));
    }

    private boolean follows(Finding finding) {
        return switch (finding.code()) {
            case RLS_DISABLED -> has(finding, FindingCode.POLICY_WITHOUT_RLS);
            case OTHERS_ROWS_READABLE ->
                    worse(finding, Set.of(FindingCode.ANONYMOUS_READ))
                            || worse(finding, PAST_POLICIES);
            case ANONYMOUS_READ -> worse(finding, PAST_POLICIES);
            case OTHERS_ROWS_WRITABLE,
                    SHARED_ROWS_WRITABLE,
                    INSERT_AS_OTHER,
                    ROW_GIVEN_AWAY,
                    ROW_TAKEN_OVER ->
                    worse(finding, PAST_POLICIES) || coveredByAnonymous(finding);
            case ANONYMOUS_WRITE -> worse(finding, PAST_POLICIES);
            case POLICY_ALWAYS_TRUE -> worse(finding, ROWS);
            case PERSONAL_COLUMN ->
                    worse(
                                    finding,
                                    Set.of(
                                            FindingCode.ANONYMOUS_READ,
                                            FindingCode.OTHERS_ROWS_READABLE))
                            || worse(finding, PAST_POLICIES)
                            || worse(
                                    finding,
                                    Set.of(
                                            FindingCode.RLS_DISABLED,
                                            FindingCode.POLICY_WITHOUT_RLS));
            case PRIVILEGE_COLUMN_WRITABLE ->
                    worse(
                            finding,
                            Set.of(FindingCode.RLS_DISABLED, FindingCode.POLICY_WITHOUT_RLS));
            case FOREIGN_KEY_LEAK -> worse(finding, WRITES_OF_OTHERS);
            case SECURITY_DEFINER_FUNCTION ->
                    worse(
                            finding,
                            Set.of(FindingCode.AUTH_USERS_EXPOSED, FindingCode.OUTSIDE_FUNCTION));
            case VIEW_BYPASSES_RLS, MATERIALIZED_VIEW_EXPOSED ->
                    worse(finding, Set.of(FindingCode.AUTH_USERS_EXPOSED));
            default -> false;
        };
    }

    /// Callers without an account can do it too, which is told.
    private boolean coveredByAnonymous(Finding finding) {
        return all.stream()
                .anyMatch(other ->
                        other.code() == FindingCode.ANONYMOUS_WRITE
                                && other.severity() == Severity.HIGH
                                && other.verbs().containsAll(finding.verbs()));
    }

    private boolean has(Finding finding, FindingCode code) {
        return all.stream().anyMatch(other -> other.code() == code && asBad(other, finding));
    }

    private boolean worse(Finding finding, Set<FindingCode> codes) {
        return all.stream()
                .anyMatch(other ->
                        !other.equals(finding)
                                && codes.contains(other.code())
                                && other.severity().compareTo(Severity.MEDIUM) <= 0
                                && asBad(other, finding));
    }

    private static boolean asBad(Finding other, Finding finding) {
        return other.severity().compareTo(finding.severity()) <= 0;
    }

    private static Finding low(Finding finding) {
        return finding.severity().compareTo(Severity.LOW) >= 0
                ? finding
                : new Finding(
                        finding.code(),
                        Severity.LOW,
                        finding.object(),
                        finding.role(),
                        finding.verbs(),
                        finding.columns(),
                        finding.message(),
                        finding.fix());
    }
}
