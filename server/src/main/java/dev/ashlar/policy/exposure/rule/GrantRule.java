package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.DefaultGrant;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Rights that were given to too many, or that no policy holds.
final class GrantRule implements Rule {
    private static final Set<String> ROWS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation relation : judgement.facts().exposed()) {
            toPublic(judgement, relation).ifPresent(found);
            truncate(judgement, relation).ifPresent(found);
            grantable(judgement, relation).ifPresent(found);
        }
        defaults(judgement, found);
    }

    private static Optional<Finding> toPublic(Judgement judgement, Relation relation) {
        Set<String> privileges = new TreeSet<>();
        relation.grants().stream()
                .filter(grant -> grant.grantee().equals(Facts.PUBLIC))
                .map(Grant::privilege)
                .forEach(privileges::add);
        if (privileges.stream().noneMatch(ROWS::contains)) {
            return Optional.empty();
        }
        boolean reading = privileges.equals(Set.of("SELECT")) && !judgement.owned(relation);
        String name = Quoted.name(relation);
        return Optional.of(
                new Finding(
                        FindingCode.GRANT_TO_PUBLIC,
                        reading ? Severity.LOW : Severity.MEDIUM,
                        relation.label(),
                        Facts.PUBLIC,
                        verbs(privileges),
                        List.of(),
                        "Every role, now and later, may %s: the right was given to PUBLIC."
                                .formatted(String.join(", ", privileges).toLowerCase(Locale.ROOT)),
                        "revoke all on %s from public;".formatted(name)
                                + regrant(judgement, relation)));
    }

    /// What policies hold stays with callers; of TRUNCATE and the like nothing does.
    private static String regrant(Judgement judgement, Relation relation) {
        Map<String, Set<String>> columns = new TreeMap<>();
        for (Grant grant : relation.grants()) {
            if (grant.grantee().equals(Facts.PUBLIC) && ROWS.contains(grant.privilege())) {
                columns.computeIfAbsent(grant.privilege(), _ -> new LinkedHashSet<>())
                        .add(grant.column().orElse(""));
            }
        }
        StringBuilder sql = new StringBuilder();
        columns.forEach((privilege, of) ->
                sql.append(" grant ")
                        .append(privilege.toLowerCase(Locale.ROOT))
                        .append(of.contains("") ? "" : " (" + Quoted.names(of) + ")")
                        .append(" on ")
                        .append(Quoted.name(relation))
                        .append(" to ")
                        .append(Quoted.names(judgement.everybody()))
                        .append(';'));
        return sql.toString();
    }

    private static List<Verb> verbs(Set<String> privileges) {
        return Stream.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)
                .filter(verb -> privileges.contains(verb.name()))
                .toList();
    }

    private static Optional<Finding> truncate(Judgement judgement, Relation relation) {
        List<String> roles =
                relation.kind() == RelationKind.VIEW
                                || relation.kind() == RelationKind.MATERIALIZED_VIEW
                        ? List.of()
                        : judgement.judged().stream()
                                .filter(role -> relation.privileges(role).truncate())
                                .filter(role -> !judgement.ownsByMembership(role, relation))
                                .toList();
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        FindingCode.TRUNCATE_GRANTED,
                        Severity.MEDIUM,
                        relation.label(),
                        roles.getFirst(),
                        List.of(Verb.DELETE),
                        List.of(),
                        "%s may empty it by TRUNCATE, which no policy sees."
                                .formatted(String.join(", ", roles)),
                        "revoke truncate on %s from %s;"
                                .formatted(
                                        Quoted.name(relation), Narrowing.from(relation, roles))));
    }

    private static Optional<Finding> grantable(Judgement judgement, Relation relation) {
        List<Grant> grants =
                relation.grants().stream()
                        .filter(Grant::grantable)
                        .filter(grant ->
                                judgement.judged().contains(grant.grantee())
                                        && !relation.owner().equals(grant.grantee()))
                        .toList();
        if (grants.isEmpty()) {
            return Optional.empty();
        }
        Set<String> privileges = new TreeSet<>();
        grants.forEach(grant -> privileges.add(grant.privilege()));
        String role = grants.getFirst().grantee();
        return Optional.of(
                new Finding(
                        FindingCode.GRANT_OPTION,
                        Severity.MEDIUM,
                        relation.label(),
                        role,
                        verbs(privileges),
                        List.of(),
                        "%s may pass rights on to others: %s."
                                .formatted(
                                        role,
                                        String.join(", ", privileges).toLowerCase(Locale.ROOT)),
                        "revoke grant option for %s on %s from %s;"
                                .formatted(
                                        String.join(", ", privileges).toLowerCase(Locale.ROOT),
                                        Quoted.name(relation),
                                        Quoted.names(
                                                grants.stream()
                                                        .map(Grant::grantee)
                                                        .distinct()
                                                        .toList()))));
    }

    private static void defaults(Judgement judgement, Consumer<Finding> found) {
        Set<String> callers = new LinkedHashSet<>(judgement.judged());
        callers.add(Facts.PUBLIC);
        for (DefaultGrant grant : judgement.facts().defaultGrants()) {
            boolean served =
                    grant.schema().isEmpty()
                            || judgement.facts().schemas().contains(grant.schema().get());
            if (served && callers.contains(grant.grantee())) {
                severity(judgement, grant)
                        .ifPresent(severity -> found.accept(finding(grant, severity)));
            }
        }
    }

    /// What new tables get does not matter where new tables are closed; TRUNCATE passes by that.
    private static Optional<Severity> severity(Judgement judgement, DefaultGrant grant) {
        boolean closed = judgement.facts().closesNewTables();
        return switch (grant.objects()) {
            case "tables" -> {
                boolean rows = grant.privileges().stream().anyMatch(ROWS::contains);
                boolean past =
                        grant.privileges().contains("TRUNCATE")
                                || grant.grantee().equals(Facts.PUBLIC)
                                || grant.schema().isEmpty();
                yield rows && (!closed || past) ? Optional.of(Severity.MEDIUM) : Optional.empty();
            }
            // Functions are everybody's from the start, unless that was taken back.
            case "functions" -> {
                boolean own = judgement.judged().contains(grant.grantee());
                yield own ? Optional.of(Severity.LOW) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Finding finding(DefaultGrant grant, Severity severity) {
        String in = grant.schema().map(name -> " in schema " + Quoted.name(name)).orElse("");
        String rights =
                String.join(", ", new TreeSet<>(grant.privileges())).toLowerCase(Locale.ROOT);
        return new Finding(
                FindingCode.DEFAULT_PRIVILEGES_OPEN,
                severity,
                grant.schema().orElse("(every schema)"),
                grant.grantee(),
                verbs(grant.privileges()),
                List.of(),
                "What %s creates later%s is open at once: %s of its %s to %s."
                        .formatted(grant.maker(), in, rights, grant.objects(), grant.grantee()),
                "alter default privileges for role %s%s revoke %s on %s from %s;"
                        .formatted(
                                Quoted.name(grant.maker()),
                                in,
                                rights,
                                grant.objects(),
                                Quoted.role(grant.grantee())));
    }
}
