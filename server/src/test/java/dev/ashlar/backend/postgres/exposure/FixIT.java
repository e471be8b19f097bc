package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.testing.DatabaseForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A fix that is SQL runs as it stands, and what it was for is gone afterwards. Each is tried by
/// itself, in a transaction that is rolled back. Tried are those of a few set-ups of the corpus for
/// each code; `-Dfixes=all` tries all, `-Dcorpus.only=112.*` those of files whose names match.
class FixIT {
    private static final Path WRONG = Path.of("src/test/resources/exposure/wrong");
    private static final String EVERY = ".*";
    private static final String ONLY = System.getProperty("corpus.only", EVERY);
    private static final boolean ALL = System.getProperty("fixes", "some").equals("all");
    private static final int EACH = 2;

    /// What no statement can mend: somebody has to say what is meant, or it is no matter of SQL.
    private static final Set<FindingCode> WORDS =
            EnumSet.of(
                    FindingCode.USER_METADATA_IN_POLICY,
                    FindingCode.EMAIL_IN_POLICY,
                    FindingCode.POLICY_FAILS,
                    FindingCode.FOREIGN_KEY_LEAK,
                    FindingCode.SCHEMA_EXPOSED,
                    FindingCode.BUCKET_UNLIMITED);

    @Test
    void a_fix_runs_and_takes_its_finding_away() throws IOException {
        List<Fixed> fixes =
                setUps().parallelStream().flatMap(each -> fixes(each).stream()).toList();
        Map<FindingCode, Long> tried =
                fixes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        fixed -> fixed.finding().code(), Collectors.counting()));
        System.out.println(fixes.size() + " fixes: " + tried);
        assertThat(fixes)
                .filteredOn(each -> !each.wrong().isEmpty())
                .extracting(Fixed::told)
                .isEmpty();
        if (ONLY.equals(EVERY)) {
            assertThat(tried.keySet()).containsAll(EnumSet.complementOf(EnumSet.copyOf(WORDS)));
        }
    }

    /// A procedure is revoked and altered by another word than a function.
    @Test
    void a_procedure_is_mended_like_a_function() {
        String script =
                """
                create table secrets (id int primary key, body text);
                create procedure empty() language plpgsql security definer
                  as 'begin delete from public.secrets; end';
                """;
        List<Fixed> fixes = fixes(new SetUp("procedure", Map.of(), script));
        assertThat(fixes)
                .extracting(fixed -> fixed.finding().code())
                .contains(FindingCode.SECURITY_DEFINER_FUNCTION, FindingCode.SEARCH_PATH_MUTABLE);
        assertThat(fixes).allSatisfy(fixed -> assertThat(fixed.wrong()).isEmpty());
    }

    private static List<SetUp> setUps() throws IOException {
        Map<String, Integer> taken = new HashMap<>();
        return SetUp.all(WRONG).stream()
                .filter(each -> each.name().matches(ONLY))
                .filter(each -> ALL || taken.merge(each.code(), 1, Integer::sum) <= EACH)
                .toList();
    }

    private record Fixed(SetUp setUp, Finding finding, String wrong) {
        String told() {
            return "%s %s %s %s: %s\n    %s"
                    .formatted(
                            setUp.name(),
                            finding.code().word(),
                            finding.object(),
                            finding.role(),
                            finding.fix(),
                            wrong);
        }
    }

    private static List<Fixed> fixes(SetUp setUp) {
        DatabaseForTests database = setUp.make();
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-corpus")) {
            List<Finding> before = setUp.look(connection).findings();
            connection.rollback();
            List<Fixed> fixes = new ArrayList<>();
            Map<FindingCode, Integer> taken = new HashMap<>();
            for (Finding finding : before) {
                if (runs(finding.fix())
                        && (ALL || taken.merge(finding.code(), 1, Integer::sum) <= EACH)) {
                    fixes.add(new Fixed(setUp, finding, wrong(setUp, connection, before, finding)));
                }
            }
            return fixes;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at " + setUp.name(), e);
        } finally {
            setUp.drop(database);
        }
    }

    private static boolean runs(String fix) {
        return fix.matches("(?s)(alter|revoke|grant|create|drop) .*");
    }

    /// Empty where all is well.
    private static String wrong(
            SetUp setUp, Connection connection, List<Finding> before, Finding finding)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read");
            statement.execute("set local role " + setUp.maker());
            statement.execute(finding.fix());
            statement.execute("reset role");
        } catch (SQLException e) {
            connection.rollback();
            return String.valueOf(e.getMessage());
        }
        List<Finding> after = setUp.look(connection).findings();
        connection.rollback();
        return after.stream()
                .filter(each -> same(each, finding))
                .filter(each ->
                        before.stream().noneMatch(other -> other.equals(each))
                                || each.equals(finding))
                .map(each -> each.severity() + " " + each.role() + each.verbs() + each.message())
                .collect(Collectors.joining("; "));
    }

    /// About the same by the same role: what other policies or columns let through is told apart.
    private static boolean same(Finding one, Finding other) {
        return one.code() == other.code()
                && one.object().equals(other.object())
                && one.role().equals(other.role())
                && (one.columns().equals(other.columns())
                        || one.columns().stream().anyMatch(other.columns()::contains));
    }
}
