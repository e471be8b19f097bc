package dev.ashlar.ops.exposure;

import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A report written by hand.
final class ReportBuilder {
    private final List<Cell> cells = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Unprobed> unprobed = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final List<Routine> routines = new ArrayList<>();
    private final List<String> custom = new ArrayList<>();

    /// A table of schema public, and its columns.
    ReportBuilder table(String name, String... columns) {
        List<Column> all = Arrays.stream(columns).map(ReportBuilder::column).toList();
        relations.add(
                new Relation(
                        relations.size() + 1L,
                        "public",
                        name,
                        RelationKind.TABLE,
                        "postgres",
                        true,
                        true,
                        false,
                        false,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        all,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        Optional.empty(),
                        Set.of(),
                        Map.of(),
                        List.of()));
        return this;
    }

    private static Column column(String name) {
        return new Column(
                name,
                "text",
                "text",
                'S',
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                "",
                false,
                Optional.empty());
    }

    ReportBuilder definer(String name, String arguments) {
        routines.add(
                new Routine(
                        routines.size() + 100L,
                        "public",
                        name,
                        arguments,
                        "void",
                        "postgres",
                        true,
                        true,
                        List.of(),
                        'v',
                        "sql",
                        "",
                        false,
                        true,
                        false,
                        Set.of(),
                        List.of()));
        return this;
    }

    ReportBuilder role(String name) {
        custom.add(name);
        return this;
    }

    ReportBuilder can(String role, Verb verb, Rows rows, String object, String... columns) {
        cells.add(new Cell(object, role, verb, rows, List.of(columns)));
        return this;
    }

    ReportBuilder found(FindingCode code, Severity severity, String object, String role) {
        findings.add(
                new Finding(
                        code,
                        severity,
                        object,
                        role,
                        List.of(Verb.SELECT),
                        List.of(),
                        "It is <so>.",
                        "drop table \"x\" -- & more"));
        return this;
    }

    ReportBuilder notTried(String object, String role, String verb, String reason) {
        unprobed.add(new Unprobed(object, role, verb, reason));
        return this;
    }

    ExposureReport build() {
        Callers callers = new Callers("anon", "authenticated", "service_role", List.copyOf(custom));
        Facts facts =
                new Facts(
                        18,
                        List.of("public"),
                        callers,
                        Map.of(),
                        List.copyOf(relations),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.copyOf(routines),
                        List.of(),
                        List.of(),
                        Map.of(),
                        true);
        return new ExposureReport(
                List.copyOf(findings), List.copyOf(cells), List.copyOf(unprobed), facts);
    }

    /// Two tables, a function, a bucket; own rows, shared rows, a few columns, a finding.
    static ReportBuilder shop() {
        ReportBuilder shop =
                new ReportBuilder()
                        .table("orders", "id", "owner", "total")
                        .table("products", "id", "name")
                        .table("closed", "id")
                        .definer("board", "integer")
                        .can("anon", Verb.SELECT, Rows.ALL, "public.products", "id", "name")
                        .can("anon", Verb.INSERT, Rows.NONE, "public.products")
                        .can(
                                "authenticated",
                                Verb.SELECT,
                                Rows.ALL,
                                "public.products",
                                "id",
                                "name")
                        .can("authenticated", Verb.SELECT, Rows.OWN, "public.orders", "id", "total")
                        .can("authenticated", Verb.DELETE, Rows.OWN, "public.orders")
                        .can("anon", Verb.EXECUTE, Rows.ALL, "public.board(integer)")
                        .can("anon", Verb.SELECT, Rows.ALL, "storage.buckets/avatars");
        for (Verb verb : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)) {
            shop.can("service_role", verb, Rows.ALL, "public.orders");
        }
        return shop.found(
                FindingCode.SECURITY_DEFINER_FUNCTION,
                Severity.MEDIUM,
                "public.board(integer)",
                "anon");
    }
}
