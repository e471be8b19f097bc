package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.expression.FromTable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which relations conditions look into, and the other way round. Each condition is searched for
/// names once, not for each relation, since there may be thousands of both.
final class Mentioned {
    /// Not a column behind an alias's name, and no function.
    private static final Pattern RELATION =
            Pattern.compile("(?<![\\w.\"'$])" + FromTable.QUALIFIED + "(?![\\w.(\"$])");

    private static final Pattern FROM =
            Pattern.compile(
                    "\\b(?:from|join)\\s+\\(*\\s*" + FromTable.QUALIFIED + "(?![\\w.(\"$])",
                    Pattern.CASE_INSENSITIVE);

    private final Facts facts;
    private final Map<Long, Set<Policy>> byRelation = new HashMap<>();

    Mentioned(Facts facts) {
        this.facts = facts;
        for (Policy policy : facts.policies()) {
            for (Relation relation : find(FROM, Conditions.text(policy))) {
                byRelation.computeIfAbsent(relation.oid(), _ -> new LinkedHashSet<>()).add(policy);
            }
        }
    }

    /// All whose name stands in a condition.
    List<Relation> in(String text) {
        return find(RELATION, text);
    }

    /// Policies, of whatever table, that read from a relation.
    Set<Policy> by(Relation relation) {
        return byRelation.getOrDefault(relation.oid(), Set.of());
    }

    private List<Relation> find(Pattern pattern, String text) {
        Set<Relation> found = new LinkedHashSet<>();
        Matcher name = pattern.matcher(text);
        while (name.find()) {
            Optional<Relation> relation =
                    facts.find(
                            FromTable.unquoted(name.group(1)), FromTable.unquoted(name.group(2)));
            relation.ifPresent(found::add);
        }
        return List.copyOf(found);
    }
}
