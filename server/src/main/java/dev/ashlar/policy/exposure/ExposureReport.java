package dev.ashlar.policy.exposure;

import java.util.List;

/// What a database exposes: the findings, worst first, and who can do what.
public record ExposureReport(
        List<Finding> findings, List<Cell> matrix, List<Unprobed> unprobed, Facts facts) {

    /// Those of one severity.
    public List<Finding> findingsOf(Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).toList();
    }
}
