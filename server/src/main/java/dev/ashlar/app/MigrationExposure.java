package dev.ashlar.app;

import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.backend.postgres.migrate.Preview;
import dev.ashlar.ops.exposure.ExposureChange;
import dev.ashlar.ops.exposure.ExposureSummary;
import dev.ashlar.ops.exposure.Review;
import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.ExposureReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How pending migrations change what the database exposes: told before they are applied where they
/// can be tried in a transaction, else afterwards.
public final class MigrationExposure {
    private final ExposureLook look;
    private final Preview preview;
    private final Optional<ExposureReport> before;

    private MigrationExposure(ExposureLook look, Preview preview, Optional<ExposureReport> before) {
        this.look = look;
        this.preview = preview;
        this.before = before;
    }

    static MigrationExposure of(Migrations migrations, ExposureLook look) {
        Preview preview = migrations.preview(look.reader());
        return new MigrationExposure(
                look,
                preview,
                // Seen before a file of the trial failed, or not yet; afterwards it is too late.
                preview instanceof Preview.Impossible(_, var before)
                        ? before.or(() -> report(look))
                        : Optional.empty());
    }

    /// A database that cannot be looked at is told of when the server starts.
    private static Optional<ExposureReport> report(ExposureLook look) {
        try {
            return Optional.of(look.report());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// For people, before anything is applied.
    public List<String> linesBefore() {
        return switch (preview) {
            case Preview.Nothing() -> List.of();
            case Preview.Seen(var files, var earlier, var later) ->
                    changes(
                            "With " + String.join(", ", files) + " the exposure changes:",
                            ExposureChange.between(earlier, later));
            case Preview.Impossible(String reason, _) ->
                    List.of(
                            "What changes in the exposure is told after applying: "
                                    + reason.lines().findFirst().orElse("")
                                    + ".");
        };
    }

    /// For people, when all is applied: what could not be told before.
    public List<String> linesAfter() {
        if (!(preview instanceof Preview.Impossible)) {
            return List.of();
        }
        Optional<ExposureReport> after = report(look);
        if (after.isEmpty()) {
            return List.of("What the database exposes now could not be looked at.");
        }
        List<String> lines = new ArrayList<>();
        before.filter(earlier -> !earlier.facts().relations().isEmpty())
                .ifPresent(earlier ->
                        lines.addAll(
                                changes(
                                        "The exposure has changed:",
                                        ExposureChange.between(earlier, after.get()))));
        lines.add("Exposure: " + ExposureSummary.of(after.get()).line());
        return lines;
    }

    /// Whether it could be tried.
    public boolean known() {
        return !(preview instanceof Preview.Impossible);
    }

    /// What would be exposed and is not declared.
    public List<String> undeclared() {
        if (!(preview instanceof Preview.Seen(_, _, var after))) {
            return List.of();
        }
        try {
            return Review.of(after, look.declaration()).undeclared().stream()
                    .map(Undeclared::message)
                    .toList();
        } catch (IOException e) {
            throw new StartFailure(
                    look.file() + " cannot be read: " + e.getMessage(), "Check the file.", e);
        }
    }

    private static List<String> changes(String title, ExposureChange change) {
        if (change.isEmpty()) {
            return List.of("What the database exposes stays the same.");
        }
        List<String> lines = new ArrayList<>(List.of(title));
        change.lines().forEach(line -> lines.add("  " + line));
        return lines;
    }
}
