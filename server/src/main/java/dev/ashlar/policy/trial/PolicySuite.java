package dev.ashlar.policy.trial;

import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One file of tests.
///
/// @param users made in `auth.users` before the rows
public record PolicySuite(
        String file,
        List<Person> users,
        List<Given> given,
        List<PolicyTest> tests,
        List<Equivalent> equivalents) {

    /// @param claims those of the token, beside `sub`, `role` and the like
    public record Person(String name, String id, String email, JsonObject claims, int line) {}

    /// A table, view or function.
    public record Name(String schema, String name) {
        public String label() {
            return schema + "." + name;
        }
    }

    /// A row that is there before each test.
    public record Given(Name table, JsonObject row, int line) {}

    /// A mutant that is as good as the policy, for a reason.
    ///
    /// @param change words of its description; empty for all of the policy
    public record Equivalent(Name table, String policy, String change, String reason, int line) {}

    /// @param label as people call the caller: `ann`
    public record As(String role, String claims, String label) {}

    public record PolicyTest(String name, As as, List<Step> steps, int line) {}

    /// The relations that the tests name.
    public Set<String> touched() {
        Set<String> labels = new TreeSet<>();
        tests.forEach(test -> test.steps().forEach(step -> labels.add(step.on().label())));
        return labels;
    }
}
