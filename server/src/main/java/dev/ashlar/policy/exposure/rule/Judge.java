package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Observations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes a report of what is written and what was seen.
public final class Judge {
    private static final List<Rule> RULES =
            List.of(
                    new RoleRule(),
                    new RowSecurityRule(),
                    new PolicyFailsRule(),
                    new RowsRule(),
                    new ColumnRule(),
                    new PrivilegeColumnRule(),
                    new MembershipRule(),
                    new PolicyConditionRule(),
                    new WrongColumnRule(),
                    new PolicySpeedRule(),
                    new ViewRule(),
                    new AccountsRule(),
                    new RoutineRule(),
                    new GrantRule(),
                    new SchemaRule(),
                    new BucketRule(),
                    new ChannelRule(),
                    new ForeignKeyRule());

    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::object)
                    .thenComparing(Finding::code)
                    .thenComparing(Finding::role)
                    .thenComparing(Finding::message);

    private Judge() {}

    public static ExposureReport report(Facts facts, Observations seen) {
        Judgement judgement = new Judgement(facts, seen);
        List<Finding> found = new ArrayList<>();
        RULES.forEach(rule -> rule.check(judgement, found::add));
        List<Finding> settled =
                FollowUps.settled(found).stream().distinct().sorted(WORST_FIRST).toList();
        return new ExposureReport(settled, Matrix.of(judgement), seen.unprobed(), facts);
    }
}
