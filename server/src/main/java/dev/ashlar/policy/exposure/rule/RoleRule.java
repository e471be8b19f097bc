package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Roles of callers that are more than they seem.
final class RoleRule implements Rule {
    private static final Set<String> MIGHTY =
            Set.of(
                    "postgres",
                    "supabase_admin",
                    "supabase_auth_admin",
                    "supabase_storage_admin",
                    "ashlar_admin",
                    "authenticator",
                    "dashboard_user",
                    "rds_superuser",
                    "cloudsqlsuperuser",
                    "pg_read_all_data",
                    "pg_write_all_data",
                    "pg_read_server_files",
                    "pg_write_server_files",
                    "pg_execute_server_program",
                    "pg_maintain",
                    "pg_database_owner",
                    "pg_signal_backend",
                    "pg_monitor",
                    "pg_read_all_settings",
                    "pg_read_all_stats",
                    "pg_checkpoint",
                    "pg_create_subscription");

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (String name : judgement.judged()) {
            Optional<RoleFacts> role = judgement.role(name);
            if (role.isEmpty()) {
                continue;
            }
            if (role.get().seesEverything()) {
                found.accept(bypasses(judgement, role.get()));
            }
            if (!role.get().superuser()) {
                memberships(judgement, role.get(), found);
            }
            owns(judgement, role.get(), found);
        }
    }

    private static Finding bypasses(Judgement judgement, RoleFacts role) {
        boolean everybody = judgement.everybody().contains(role.name());
        String attribute = role.superuser() ? "SUPERUSER" : "BYPASSRLS";
        return new Finding(
                FindingCode.ROLE_BYPASSES_RLS,
                role.superuser() || everybody ? Severity.HIGH : Severity.MEDIUM,
                role.name(),
                role.name(),
                List.of(),
                List.of(),
                "The role has %s: no policy holds whoever calls with it.".formatted(attribute),
                "alter role %s no%s;"
                        .formatted(Quoted.name(role.name()), attribute.toLowerCase(Locale.ROOT)));
    }

    private static void memberships(Judgement judgement, RoleFacts role, Consumer<Finding> found) {
        Set<String> groups = new LinkedHashSet<>(role.inherits());
        groups.addAll(role.switchable());
        groups.remove(role.name());
        for (String group : groups) {
            Severity severity = severity(judgement, role, group);
            if (severity != Severity.INFO) {
                found.accept(
                        new Finding(
                                FindingCode.ROLE_MEMBERSHIP,
                                severity,
                                role.name(),
                                role.name(),
                                List.of(),
                                List.of(),
                                "The role is a member of %s and may do what that may."
                                        .formatted(group),
                                "revoke %s from %s;"
                                        .formatted(Quoted.name(group), Quoted.name(role.name()))));
            }
        }
        if (role.createRole()) {
            found.accept(
                    new Finding(
                            FindingCode.ROLE_MEMBERSHIP,
                            Severity.HIGH,
                            role.name(),
                            role.name(),
                            List.of(),
                            List.of(),
                            "The role has CREATEROLE: it may make roles and their members.",
                            "alter role %s nocreaterole;".formatted(Quoted.name(role.name()))));
        }
    }

    private static Severity severity(Judgement judgement, RoleFacts role, String group) {
        boolean mighty =
                MIGHTY.contains(group)
                        || group.equals(judgement.facts().callers().service())
                        || judgement.role(group).filter(RoleFacts::seesEverything).isPresent()
                        || ownsSomething(judgement, group);
        if (mighty) {
            return Severity.HIGH;
        }
        if (judgement.isAnonymous(role.name())) {
            return judgement.judged().contains(group) ? Severity.HIGH : Severity.LOW;
        }
        if (judgement.isSignedIn(role.name())) {
            boolean custom = judgement.facts().callers().custom().contains(group);
            return custom ? Severity.HIGH : Severity.LOW;
        }
        // Roles of the application's own build on others: that is what they are for.
        return Severity.INFO;
    }

    private static boolean ownsSomething(Judgement judgement, String group) {
        return judgement.facts().relations().stream().map(Relation::owner).anyMatch(group::equals);
    }

    private static void owns(Judgement judgement, RoleFacts role, Consumer<Finding> found) {
        judgement.facts().exposed().stream()
                .filter(relation -> relation.owner().equals(role.name()))
                .map(relation -> owns(role, relation))
                .forEach(found);
    }

    private static Finding owns(RoleFacts role, Relation relation) {
        boolean held = relation.rowSecurity() && relation.forced();
        return new Finding(
                FindingCode.CALLER_OWNS_RELATION,
                held ? Severity.MEDIUM : Severity.HIGH,
                relation.label(),
                role.name(),
                List.of(),
                List.of(),
                held
                        ? "It belongs to %s, who may change or drop it.".formatted(role.name())
                        : "It belongs to %s, whom its policies do not hold.".formatted(role.name()),
                "alter %s %s owner to postgres;".formatted(kind(relation), Quoted.name(relation)));
    }

    private static String kind(Relation relation) {
        return switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE -> "table";
            case VIEW -> "view";
            case MATERIALIZED_VIEW -> "materialized view";
            case FOREIGN_TABLE -> "foreign table";
        };
    }
}
