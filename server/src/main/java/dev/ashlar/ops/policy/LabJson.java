package dev.ashlar.ops.policy;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.TestOutcome;
import java.util.List;
import java.util.Locale;

/// The report for programs.
public final class LabJson {
    private LabJson() {}

    public static String of(LabReport report) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("passed", report.tests().size() - report.failed())
                        .put("failed", report.failed())
                        .put(
                                "tests",
                                new JsonArray(report.tests().stream().map(LabJson::test).toList()))
                        .put(
                                "mutants",
                                new JsonArray(
                                        report.mutants().stream().map(LabJson::mutant).toList()))
                        .put("remarks", texts(report.remarks()));
        report.score().ifPresent(score -> json.put("score", score));
        return Json.write(json.build());
    }

    private static JsonValue test(TestOutcome test) {
        return new JsonObjectBuilder()
                .put("file", test.file())
                .put("line", test.test().line())
                .put("name", test.test().name())
                .put("as", test.test().as().label())
                .put("passed", test.passed())
                .put("milliseconds", test.took().toMillis())
                .put("faults", texts(test.faults()))
                .build();
    }

    private static JsonValue mutant(MutantOutcome mutant) {
        return new JsonObjectBuilder()
                .put("table", mutant.table())
                .put("policy", mutant.mutation().policy().name())
                .put("change", mutant.mutation().description())
                .put("verdict", mutant.verdict().name().toLowerCase(Locale.ROOT))
                .put("note", mutant.note())
                .build();
    }

    private static JsonValue texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }
}
