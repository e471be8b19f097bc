package dev.ashlar.ops.exposure;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Unprobed;
import java.util.Collection;
import java.util.function.Function;

/// A review as JSON, for scripts. Members are only ever added.
public final class ExposureJson {
    private ExposureJson() {}

    public static String of(Review review) {
        return Json.write(
                new JsonObjectBuilder()
                        .put("findings", array(review.report().findings(), ExposureJson::finding))
                        .put("matrix", array(review.report().matrix(), ExposureJson::cell))
                        .put("unprobed", array(review.report().unprobed(), ExposureJson::unprobed))
                        .put("undeclared", array(review.undeclared(), ExposureJson::undeclared))
                        .put("stale", array(review.stale(), JsonString::new))
                        .put("declared", review.declared())
                        .put("summary", ExposureSummary.of(review.report()).json())
                        .build());
    }

    private static JsonValue finding(Finding finding) {
        return new JsonObjectBuilder()
                .put("code", finding.code().word())
                .put("severity", finding.severity().word())
                .put("object", finding.object())
                .put("role", finding.role())
                .put("verbs", array(finding.verbs(), verb -> new JsonString(verb.word())))
                .put("columns", array(finding.columns(), JsonString::new))
                .put("message", finding.message())
                .put("fix", finding.fix())
                .build();
    }

    private static JsonValue cell(Cell cell) {
        return new JsonObjectBuilder()
                .put("object", cell.object())
                .put("role", cell.role())
                .put("verb", cell.verb().word())
                .put("rows", cell.rows().word())
                .put("columns", array(cell.columns(), JsonString::new))
                .build();
    }

    private static JsonValue unprobed(Unprobed unprobed) {
        return new JsonObjectBuilder()
                .put("object", unprobed.object())
                .put("role", unprobed.role())
                .put("verb", unprobed.verb())
                .put("reason", unprobed.reason())
                .build();
    }

    private static JsonValue undeclared(Undeclared undeclared) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        switch (undeclared) {
            case Undeclared.Reach(Cell cell, var columns, _) ->
                    out.put("kind", "reach")
                            .put("object", cell.object())
                            .put("role", cell.role())
                            .put("verb", cell.verb().word())
                            .put("rows", cell.rows().word())
                            .put("columns", array(columns, JsonString::new));
            case Undeclared.Found(Finding finding) ->
                    out.put("kind", "finding")
                            .put("code", finding.code().word())
                            .put("severity", finding.severity().word())
                            .put("object", finding.object())
                            .put("role", finding.role());
        }
        return out.put("message", undeclared.message()).build();
    }

    private static <T> JsonArray array(Collection<T> all, Function<T, JsonValue> each) {
        return new JsonArray(all.stream().map(each).toList());
    }
}
