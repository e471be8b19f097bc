package dev.ashlar.ops.exposure;

import dev.ashlar.ops.exposure.Paint.Tone;
import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A review for a terminal: the matrix, the findings with what to do, what could not be tried, what
/// is not declared, and one line of sums.
public final class ExposureText {
    /// Where there is no terminal: nothing is cut.
    public static final int UNLIMITED = 10_000;

    private static final int NARROWEST = 40;
    private static final int PROSE = 100;
    private static final int SHORTEST_NAME = 20;
    private static final int LONGEST_ROLE = 18;
    private static final String GAP = "  ";

    private final Review review;
    private final Matrix matrix;
    private final int width;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private ExposureText(Review review, int width, Paint paint) {
        this.review = review;
        this.matrix = Matrix.of(review.report());
        this.width = Math.max(NARROWEST, width);
        this.paint = paint;
    }

    /// @param width of the terminal, in columns
    public static String of(Review review, int width, Paint paint) {
        ExposureText text = new ExposureText(review, width, paint);
        text.matrix();
        text.findings();
        text.unprobed();
        text.differences();
        Printable.wrap(ExposureSummary.of(review.report()).line(), "", text.width)
                .forEach(text::line);
        return text.out.toString();
    }

    /// The difference alone, for the start and for migrations.
    public static String difference(Review review, int width, Paint paint) {
        ExposureText text = new ExposureText(review, width, paint);
        text.differences();
        return text.out.toString();
    }

    private void matrix() {
        List<String> objects = matrix.objects();
        if (objects.isEmpty()) {
            line("Nothing is served: the exposed schemas hold no table, view or function.");
            line("");
            return;
        }
        int room = width - SHORTEST_NAME;
        for (List<String> roles : blocks(room)) {
            int across = roles.stream().mapToInt(role -> GAP.length() + roleWidth(role)).sum();
            int longest =
                    objects.stream()
                            .mapToInt(name -> Printable.line(name).length())
                            .max()
                            .orElse(0);
            int nameWidth = Math.min(longest, width - across);
            header(roles, nameWidth);
            objects.forEach(object -> row(object, roles, nameWidth));
            line("");
        }
        legend();
    }

    /// Roles that fit beside each other; more than one block where they do not.
    private List<List<String>> blocks(int room) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int used = 0;
        for (String role : matrix.roles()) {
            int needs = GAP.length() + roleWidth(role);
            if (!block.isEmpty() && used + needs > room) {
                blocks.add(List.copyOf(block));
                block.clear();
                used = 0;
            }
            block.add(role);
            used += needs;
        }
        if (!block.isEmpty()) {
            blocks.add(List.copyOf(block));
        }
        return blocks;
    }

    private int roleWidth(String role) {
        int longest = width == UNLIMITED ? UNLIMITED : LONGEST_ROLE;
        return Math.clamp(Printable.line(role).length(), 5, longest);
    }

    private void header(List<String> roles, int nameWidth) {
        StringBuilder line = new StringBuilder(" ".repeat(nameWidth));
        for (String role : roles) {
            int size = roleWidth(role);
            line.append(GAP).append(Printable.pad(Printable.cut(role, size), size));
        }
        line(paint.apply(Tone.STRONG, line.toString().stripTrailing()));
    }

    private void row(String object, List<String> roles, int nameWidth) {
        StringBuilder line = new StringBuilder();
        line.append(Printable.pad(Printable.cut(object, nameWidth), nameWidth));
        int spaces = 0;
        for (String role : roles) {
            line.append(" ".repeat(spaces)).append(GAP);
            String marks = marks(object, role);
            line.append(painted(object, role, marks));
            spaces = Math.max(0, roleWidth(role) - marks.length());
        }
        line(line.toString());
    }

    /// `Siu-*`: a letter a verb, and a star when a verb is limited to some columns.
    private String marks(String object, String role) {
        StringBuilder marks = new StringBuilder();
        boolean limited = false;
        for (Verb verb : matrix.verbs(object)) {
            Rows rows = matrix.rows(object, role, verb);
            marks.append(mark(verb, rows));
            limited |=
                    rows != Rows.NONE
                            && matrix.find(object, role, verb)
                                    .map(cell -> !matrix.columns(cell).isEmpty())
                                    .orElse(false);
        }
        return marks.append(limited ? "*" : "").toString();
    }

    static String mark(Verb verb, Rows rows) {
        String letter = verb == Verb.EXECUTE ? "X" : verb.name().substring(0, 1);
        return switch (rows) {
            case ALL -> letter;
            case OWN -> letter.toLowerCase(Locale.ROOT);
            case NONE -> "-";
            case UNKNOWN -> "?";
        };
    }

    private String painted(String object, String role, String marks) {
        if (!matrix.reaches(object, role)) {
            return paint.apply(Tone.DIM, marks);
        }
        var callers = review.report().facts().callers();
        if (role.equals(callers.service())) {
            return marks;
        }
        List<Verb> verbs = matrix.verbs(object);
        boolean open = verbs.stream().anyMatch(verb -> isOpen(object, role, verb));
        boolean writes =
                verbs.stream().anyMatch(verb -> isWrite(verb) && isOpen(object, role, verb));
        if (role.equals(callers.anonymous()) && writes) {
            return paint.apply(Tone.BAD, marks);
        }
        return paint.apply(open ? Tone.OPEN : Tone.OWN, marks);
    }

    private boolean isOpen(String object, String role, Verb verb) {
        Rows rows = matrix.rows(object, role, verb);
        return rows == Rows.ALL || rows == Rows.UNKNOWN;
    }

    private static boolean isWrite(Verb verb) {
        return verb != Verb.SELECT && verb != Verb.EXECUTE;
    }

    private void legend() {
        prose(
                "S select, I insert, U update, D delete, X call. Capital: also rows that are not the"
                        + " caller's; small: own rows alone; - nothing; ? could not be tried; * not"
                        + " every column.",
                "");
        line("");
    }

    private void findings() {
        for (Severity severity : Severity.values()) {
            List<Finding> all = review.report().findingsOf(severity);
            if (all.isEmpty()) {
                continue;
            }
            Tone tone = severity == Severity.HIGH ? Tone.BAD : Tone.STRONG;
            line(paint.apply(tone, severity.name() + " (" + all.size() + ")"));
            all.forEach(this::finding);
            line("");
        }
    }

    private void finding(Finding finding) {
        String verbs = finding.verbs().stream().map(Verb::word).collect(Collectors.joining(", "));
        String code = finding.code().word();
        String columns =
                finding.columns().isEmpty()
                        ? ""
                        : " (" + String.join(", ", finding.columns()) + ")";
        String who = (finding.role() + " " + verbs).strip();
        List<String> title =
                Printable.wrap(
                        code
                                + " on "
                                + finding.object()
                                + columns
                                + (who.isEmpty() ? "" : ": " + who),
                        GAP,
                        width);
        line(title.getFirst().replaceFirst(code, paint.apply(Tone.STRONG, code)));
        title.stream().skip(1).forEach(this::line);
        prose(finding.message(), "    ");
        if (!finding.fix().isBlank()) {
            prose("Fix: " + finding.fix(), "    ");
        }
    }

    private void unprobed() {
        Map<String, List<Unprobed>> byReason = new LinkedHashMap<>();
        review.report()
                .unprobed()
                .forEach(each ->
                        byReason.computeIfAbsent(each.reason(), _ -> new ArrayList<>()).add(each));
        if (byReason.isEmpty()) {
            return;
        }
        line(
                paint.apply(
                        Tone.STRONG,
                        "COULD NOT BE TRIED (" + review.report().unprobed().size() + ")"));
        byReason.forEach((reason, all) -> {
            String where =
                    all.stream()
                            .map(each ->
                                    (each.object() + " " + each.role() + " " + each.verb()).strip())
                            .map(text -> text.replaceAll(" +", " "))
                            .distinct()
                            .collect(Collectors.joining(", "));
            prose(where + ": " + reason, GAP);
        });
        line("");
    }

    private void differences() {
        if (!review.undeclared().isEmpty()) {
            String what = review.declared() ? "NOT DECLARED (" : "OPEN, AND NOT DECLARED (";
            line(paint.apply(Tone.BAD, what + review.undeclared().size() + ")"));
            review.undeclared().stream()
                    .map(Undeclared::message)
                    .forEach(message -> prose("+ " + message, GAP));
            line("");
        }
        if (!review.stale().isEmpty()) {
            line(paint.apply(Tone.STRONG, "DECLARED, BUT NOT SO (" + review.stale().size() + ")"));
            review.stale().forEach(text -> prose("- " + text, GAP));
            line("");
        }
    }

    private void prose(String text, String indent) {
        int limit = width == UNLIMITED ? UNLIMITED : Math.min(width, PROSE);
        Printable.wrap(text, indent, limit).forEach(this::line);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
