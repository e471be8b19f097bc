package dev.ashlar.ops.exposure;

import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody decided that a database may expose: the content of `exposure.yaml`.
///
/// @param objects by object, role and verb
/// @param accepted findings that are meant to be so
public record Declaration(
        Map<String, Map<String, Map<Verb, Allowed>>> objects, List<Accepted> accepted) {

    /// @param columns empty for all, those of later included
    public record Allowed(Rows rows, Set<String> columns) {
        boolean covers(Allowed found) {
            return width(found.rows()) <= width(rows) && coversColumns(found.columns());
        }

        boolean coversColumns(Set<String> found) {
            return columns.isEmpty() || (!found.isEmpty() && columns.containsAll(found));
        }

        /// What is not known may be anything, so only "all" is wider.
        private static int width(Rows rows) {
            return switch (rows) {
                case NONE -> 0;
                case OWN -> 1;
                case UNKNOWN -> 2;
                case ALL -> 3;
            };
        }
    }

    /// @param reason may be empty
    public record Accepted(FindingCode code, String object, String role, String reason) {
        boolean covers(Finding finding) {
            return code == finding.code()
                    && object.equals(finding.object())
                    && role.equals(finding.role());
        }
    }

    public Optional<Allowed> find(String object, String role, Verb verb) {
        return Optional.ofNullable(
                objects.getOrDefault(object, Map.of()).getOrDefault(role, Map.of()).get(verb));
    }

    public Optional<Accepted> find(Finding finding) {
        return accepted.stream().filter(each -> each.covers(finding)).findFirst();
    }
}
