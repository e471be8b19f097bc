package dev.ashlar.ops.exposure;

import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A review as one HTML file that needs nothing else: it opens from a disk, prints, follows the
/// reader's light or dark colours, and runs only the script whose hash it names.
public final class ExposureHtml {
    private final Review review;
    private final Matrix matrix;
    private final StringBuilder out = new StringBuilder();

    private ExposureHtml(Review review) {
        this.review = review;
        this.matrix = Matrix.of(review.report());
    }

    /// @param title such as the database's name
    public static String of(Review review, String title) {
        ExposureHtml html = new ExposureHtml(review);
        html.matrix();
        html.undeclared();
        html.findings();
        html.unprobed();
        html.stale();
        String script = resource("exposure.js");
        return resource("exposure.html")
                .replace("{{script-hash}}", hash(script))
                .replace("{{style}}", resource("exposure.css"))
                .replace("{{script}}", script)
                .replace("{{title}}", escaped(title))
                .replace("{{summary}}", escaped(ExposureSummary.of(review.report()).line()))
                .replace("{{body}}", html.out);
    }

    private void matrix() {
        out.append("<table id=\"matrix\"><caption>Who can do what</caption><thead><tr>");
        out.append("<th scope=\"col\">Object</th>");
        matrix.roles()
                .forEach(role ->
                        out.append("<th scope=\"col\">").append(escaped(role)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (String object : matrix.objects()) {
            out.append("<tr data-name=\"").append(escaped(object)).append("\">");
            out.append("<th scope=\"row\">").append(escaped(object)).append("</th>");
            matrix.roles().forEach(role -> cell(object, role));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void cell(String object, String role) {
        boolean service = role.equals(review.report().facts().callers().service());
        out.append(service ? "<td class=\"service\">" : "<td>");
        for (Verb verb : matrix.verbs(object)) {
            Rows rows = matrix.rows(object, role, verb);
            Set<String> columns =
                    rows == Rows.NONE
                            ? Set.of()
                            : matrix.find(object, role, verb).map(matrix::columns).orElse(Set.of());
            String title = Review.sentence(role, verb, rows, columns, object);
            if (rows == Rows.NONE) {
                title = role + " cannot " + verb.word() + " " + object;
            }
            out.append("<span class=\"v ")
                    .append(rows.word())
                    .append(isAnonymousWrite(role, verb) ? " write" : "")
                    .append("\" title=\"")
                    .append(escaped(title))
                    .append("\">")
                    .append(verb == Verb.EXECUTE ? "call" : verb.word())
                    .append("<i> ")
                    .append(words(verb, rows))
                    .append(columns.isEmpty() ? "" : "*")
                    .append("</i></span>");
        }
        out.append("</td>");
    }

    private boolean isAnonymousWrite(String role, Verb verb) {
        return role.equals(review.report().facts().callers().anonymous())
                && verb != Verb.SELECT
                && verb != Verb.EXECUTE;
    }

    private static String words(Verb verb, Rows rows) {
        return switch (rows) {
            case ALL -> verb == Verb.EXECUTE ? "yes" : "all";
            case OWN -> "own";
            case NONE -> "–";
            case UNKNOWN -> "?";
        };
    }

    private void undeclared() {
        if (review.undeclared().isEmpty()) {
            return;
        }
        heading("Not declared", review.undeclared().size());
        out.append("<ul class=\"bad\">\n");
        for (Undeclared each : review.undeclared()) {
            item(object(each), each.message());
        }
        out.append("</ul>\n");
    }

    private static String object(Undeclared undeclared) {
        return switch (undeclared) {
            case Undeclared.Reach(Cell cell, _, _) -> cell.object();
            case Undeclared.Found(Finding finding) -> finding.object();
        };
    }

    private void findings() {
        for (Severity severity : Severity.values()) {
            List<Finding> all = review.report().findingsOf(severity);
            if (!all.isEmpty()) {
                String word = severity.word();
                String title = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
                heading("Findings: " + title, all.size());
                all.forEach(this::finding);
            }
        }
    }

    private void finding(Finding finding) {
        String verbs = finding.verbs().stream().map(Verb::word).collect(Collectors.joining(", "));
        String where = (finding.object() + " " + finding.role() + " " + verbs).strip();
        String columns =
                finding.columns().isEmpty()
                        ? ""
                        : " (" + String.join(", ", finding.columns()) + ")";
        out.append("<section class=\"finding ")
                .append(finding.severity().word())
                .append("\" data-name=\"")
                .append(escaped(finding.object() + " " + finding.code().word()))
                .append("\"><h3><code>")
                .append(finding.code().word())
                .append("</code> ")
                .append(escaped(where + columns))
                .append("</h3><p>")
                .append(escaped(finding.message()))
                .append("</p>");
        if (!finding.fix().isBlank()) {
            out.append("<pre>").append(escaped(finding.fix().strip())).append("</pre>");
        }
        out.append("</section>\n");
    }

    private void unprobed() {
        if (review.report().unprobed().isEmpty()) {
            return;
        }
        heading("Could not be tried", review.report().unprobed().size());
        out.append("<ul>\n");
        for (Unprobed each : review.report().unprobed()) {
            String where = each.object() + " " + each.role() + " " + each.verb();
            item(each.object(), where.strip() + ": " + each.reason());
        }
        out.append("</ul>\n");
    }

    private void stale() {
        if (review.stale().isEmpty()) {
            return;
        }
        heading("Declared, but not so", review.stale().size());
        out.append("<ul>\n");
        review.stale().forEach(text -> item(text, text));
        out.append("</ul>\n");
    }

    private void item(String name, String text) {
        out.append("<li data-name=\"")
                .append(escaped(name))
                .append("\">")
                .append(escaped(text))
                .append("</li>\n");
    }

    private void heading(String text, int count) {
        out.append("<h2>").append(text).append(" <small>").append(count).append("</small></h2>\n");
    }

    /// For text and for quoted attributes.
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /// As a Content-Security-Policy names an inline script (CSP3, 2.3.1).
    private static String hash(String script) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ExposureHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
