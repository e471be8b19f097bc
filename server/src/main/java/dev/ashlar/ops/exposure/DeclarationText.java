package dev.ashlar.ops.exposure;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.ops.exposure.Declaration.Accepted;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Verb;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes `exposure.yaml`: the same text for the same exposure, so that a change of either is a
/// change that somebody reads.
public final class DeclarationText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.()/-]*");

    /// What YAML parsers, also older ones, take for something else than text.
    private static final Set<String> WORDS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private static final String INTRODUCTION =
            """
            # What callers of the APIs may reach in this database. Review a change of it like code.
            #
            # `ashlar exposure` tells what is reached beyond this file, `ashlar exposure accept` writes it anew
            # (and keeps the reasons). Rows: all = also rows that are not the caller's, own = the caller's alone,
            # unknown = could not be tried. Without `columns` all columns are meant, those of later included.

            """;

    private final StringBuilder out = new StringBuilder(INTRODUCTION);
    private final ExposureReport report;
    private final Matrix matrix;

    private DeclarationText(ExposureReport report) {
        this.report = report;
        this.matrix = Matrix.of(report);
    }

    /// @param before whose reasons are kept
    public static String of(ExposureReport report, Optional<Declaration> before) {
        DeclarationText text = new DeclarationText(report);
        text.objects();
        text.accepted(before);
        return text.out.toString();
    }

    private List<String> rolesThatReach(String object) {
        String service = report.facts().callers().service();
        return matrix.roles().stream()
                .filter(role -> !role.equals(service))
                .filter(role -> matrix.reaches(object, role))
                .toList();
    }

    private void objects() {
        List<String> reached =
                matrix.objects().stream()
                        .filter(object -> !rolesThatReach(object).isEmpty())
                        .toList();
        out.append(reached.isEmpty() ? "objects: {}\n" : "objects:\n");
        for (String object : reached) {
            out.append("  ").append(scalar(object)).append(":\n");
            for (String role : rolesThatReach(object)) {
                out.append("    ").append(scalar(role)).append(":\n");
                matrix.verbs(object).forEach(verb -> verb(object, role, verb));
            }
        }
    }

    private void verb(String object, String role, Verb verb) {
        Optional<Cell> cell =
                matrix.find(object, role, verb).filter(found -> found.rows() != Rows.NONE);
        if (cell.isEmpty()) {
            return;
        }
        Set<String> columns = matrix.columns(cell.get());
        String rows = cell.get().rows().word();
        out.append("      ").append(verb.word()).append(":");
        if (columns.isEmpty()) {
            out.append(" ").append(rows).append("\n");
            return;
        }
        out.append("\n        rows: ").append(rows).append("\n        columns: [");
        out.append(columns.stream().map(DeclarationText::scalar).collect(Collectors.joining(", ")));
        out.append("]\n");
    }

    private void accepted(Optional<Declaration> before) {
        List<Finding> findings =
                report.findings().stream()
                        .filter(Review::counts)
                        .sorted(
                                Comparator.comparing(Finding::object)
                                        .thenComparing(finding -> finding.code().word())
                                        .thenComparing(Finding::role))
                        .toList();
        out.append("\n# Findings that are meant to be so. Say why.\n");
        out.append(findings.isEmpty() ? "accepted: []\n" : "accepted:\n");
        for (Finding finding : findings) {
            String reason =
                    before.flatMap(given -> given.find(finding)).map(Accepted::reason).orElse("");
            out.append("  # ").append(Printable.line(finding.message())).append("\n");
            out.append("  - code: ").append(finding.code().word()).append("\n");
            out.append("    object: ").append(scalar(finding.object())).append("\n");
            if (!finding.role().isEmpty()) {
                out.append("    role: ").append(scalar(finding.role())).append("\n");
            }
            out.append("    reason: ").append(quoted(reason)).append("\n");
        }
    }

    private static String scalar(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    /// Every JSON string is one of YAML (YAML 1.2, 1.3).
    private static String quoted(String text) {
        return Json.write(new JsonString(text));
    }
}
