package dev.ashlar.app.cli;

import dev.ashlar.app.PolicyRun;
import dev.ashlar.app.StartFailure;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.ops.policy.ExplanationJson;
import dev.ashlar.ops.policy.ExplanationText;
import dev.ashlar.ops.policy.WhereText;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question;
import dev.ashlar.policy.exposure.Verb;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar policy explain`.
@Command(
        name = "explain",
        description = {
            "Say why somebody sees a row or does not, or may not insert, update or delete it: rights,",
            "policies, and the clause that was false, with its values. Nothing is changed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar policy explain notes --as ann@example.com --where id=3",
            "  ashlar policy explain notes --as anon",
            "  ashlar policy explain notes --as ann@example.com --verb update --where id=3 \\",
            "      --values '{\"user_id\": null}'",
            "  ashlar policy explain notes --as editor --claims '{\"org\": 7}' --json"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PolicyExplainCommand implements Callable<Integer> {
    /// The verbs that policies know.
    enum Asked {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    @Spec private CommandSpec spec;
    @Mixin private DatabaseOptions options;

    @Parameters(paramLabel = "TABLE", description = "Such as notes or public.notes.")
    private String table;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "WHO",
            description = "An account's id or e-mail address, or a role such as anon.")
    private String as;

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description =
                    "Which rows: id=3, or id=eq.3, neq, lt, lte, gt, gte, is; may be repeated.")
    private List<String> where = new ArrayList<>();

    @Option(
            names = "--verb",
            paramLabel = "VERB",
            defaultValue = "select",
            description = "select, insert, update or delete (select).")
    private Asked verb;

    @Option(
            names = "--claims",
            paramLabel = "JSON",
            description = "Claims of the token, over those of the account.")
    private @Nullable String claims;

    @Option(
            names = "--values",
            paramLabel = "JSON",
            description = "The new row of insert, or what update changes.")
    private @Nullable String values;

    @Option(names = "--json", description = "Print the explanation as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Question.Rows rows = new Question.Rows.Matching(conditions());
        JsonObject told = object("--claims", claims);
        JsonObject row = object("--values", values);
        try (PolicyRun run = options.openPolicies(spec.commandLine().getErr())) {
            int dot = table.indexOf('.');
            Explanation explanation =
                    run.explain(
                            new Question(
                                    dot < 0 ? run.schemas().getFirst() : table.substring(0, dot),
                                    table.substring(dot + 1),
                                    Verb.valueOf(verb.name()),
                                    as,
                                    told,
                                    rows,
                                    row));
            if (json) {
                out.println(Json.write(ExplanationJson.of(explanation)));
            } else {
                out.print(ExplanationText.of(explanation));
            }
            out.flush();
            return 0;
        }
    }

    private List<Question.Condition> conditions() {
        try {
            return WhereText.parse(where);
        } catch (PolicyQuestionException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), "`--help` shows examples.", e);
        }
    }

    private static JsonObject object(String option, @Nullable String text) {
        if (text == null) {
            return JsonObject.EMPTY;
        }
        try {
            if (Json.parse(text) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw new StartFailure(
                    option + " is no JSON: " + e.getMessage(), "Write {\"name\": \"value\"}.", e);
        }
        throw new StartFailure(option + " is no JSON object.", "Write {\"name\": \"value\"}.");
    }
}
