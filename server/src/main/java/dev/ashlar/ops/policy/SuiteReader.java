package dev.ashlar.ops.policy;

import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.config.YamlFile;
import dev.ashlar.config.YamlNode;
import dev.ashlar.config.YamlNode.Mapping;
import dev.ashlar.config.YamlNode.Scalar;
import dev.ashlar.config.YamlNode.Sequence;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.PolicySuite.As;
import dev.ashlar.policy.trial.PolicySuite.Equivalent;
import dev.ashlar.policy.trial.PolicySuite.Given;
import dev.ashlar.policy.trial.PolicySuite.Name;
import dev.ashlar.policy.trial.PolicySuite.Person;
import dev.ashlar.policy.trial.PolicySuite.PolicyTest;
import dev.ashlar.policy.trial.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads files of policy tests. Everything that is wrong with one is told at once, with file, line
/// and what to write instead.
public final class SuiteReader {
    private static final List<String> TOP = List.of("users", "given", "tests", "equivalent");
    private static final List<String> USER = List.of("id", "email", "claims");
    private static final List<String> CALLER = List.of("user", "role", "claims");
    private static final List<String> TEST =
            List.of("name", "as", "read", "insert", "update", "delete", "call");
    private static final List<String> EQUIVALENT = List.of("table", "policy", "change", "reason");

    private final YamlReading reading;
    private final String schema;
    private final Callers callers;
    private final String file;

    private SuiteReader(String file, String schema, Callers callers, List<String> faults) {
        this.reading = new YamlReading(file, faults);
        this.file = file;
        this.schema = schema;
        this.callers = callers;
    }

    /// @param schema of names without one
    /// @throws InvalidConfigException with all faults of the file
    public static PolicySuite read(String file, String text, String schema, Callers callers) {
        List<String> faults = new ArrayList<>();
        PolicySuite suite =
                YamlFile.parse(file, text)
                        .map(root -> new SuiteReader(file, schema, callers, faults).suite(root))
                        .orElse(new PolicySuite(file, List.of(), List.of(), List.of(), List.of()));
        if (suite.tests().isEmpty() && faults.isEmpty()) {
            faults.add(file + ":1: there are no tests; write them under `tests:`");
        }
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        return suite;
    }

    private PolicySuite suite(YamlNode root) {
        Optional<Mapping> top = reading.mapping(root, "the file", TOP);
        if (top.isEmpty()) {
            return new PolicySuite(file, List.of(), List.of(), List.of(), List.of());
        }
        // Users first: rows and tests name them.
        top.get().find("users").ifPresent(this::users);
        return new PolicySuite(
                file,
                List.copyOf(reading.users().values()),
                top.get().find("given").map(this::given).orElse(List.of()),
                top.get().find("tests").map(this::tests).orElse(List.of()),
                top.get().find("equivalent").map(this::equivalents).orElse(List.of()));
    }

    private void users(YamlNode node) {
        reading.entries(node, "users must be a mapping, such as {ann: {}, bob: {}}")
                .forEach((name, user) -> {
                    if (!name.matches("[A-Za-z_][\\w-]*")
                            || List.of("anon", "service").contains(name)) {
                        reading.fault(user, "a user cannot be called " + name);
                        return;
                    }
                    reading.know(user(name, user));
                });
    }

    private Person user(String name, YamlNode node) {
        Optional<Mapping> mapping =
                YamlReading.isNull(node)
                        ? Optional.empty()
                        : reading.mapping(node, "user " + name, USER);
        String id =
                mapping.flatMap(it -> it.find("id"))
                        .map(SuiteReader::plain)
                        .orElse(
                                UUID.nameUUIDFromBytes(
                                                ("policy test " + name)
                                                        .getBytes(StandardCharsets.UTF_8))
                                        .toString());
        String email =
                mapping.flatMap(it -> it.find("email"))
                        .map(SuiteReader::plain)
                        .orElse(name + "@example.test");
        JsonObject claims =
                mapping.flatMap(it -> it.find("claims"))
                        .map(it -> reading.row(it, "claims"))
                        .orElse(JsonObject.EMPTY);
        if (!id.matches("[0-9a-fA-F-]{36}")) {
            reading.fault(node, "the id of " + name + " must be a UUID; leave it out to have one");
        }
        return new Person(name, id, email, claims, node.line());
    }

    private static String plain(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }

    private List<Given> given(YamlNode node) {
        List<Given> rows = new ArrayList<>();
        reading.entries(node, "given must be a mapping of tables, each with a list of rows")
                .forEach((table, list) -> {
                    if (!(list instanceof Sequence sequence)) {
                        reading.fault(list, "the rows of " + table + " must be a list");
                        return;
                    }
                    sequence.items()
                            .forEach(row ->
                                    rows.add(
                                            new Given(
                                                    name(table),
                                                    reading.row(row, "a row of " + table),
                                                    row.line())));
                });
        return List.copyOf(rows);
    }

    private List<PolicyTest> tests(YamlNode node) {
        if (!(node instanceof Sequence sequence)) {
            reading.fault(node, "tests must be a list, each test behind a dash");
            return List.of();
        }
        List<PolicyTest> tests = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            reading.mapping(item, "a test", TEST).flatMap(this::test).ifPresent(tests::add);
        }
        return List.copyOf(tests);
    }

    private Optional<PolicyTest> test(Mapping mapping) {
        Optional<String> name = reading.text(mapping, "name", "a test");
        Optional<As> as =
                mapping.find("as")
                        .or(() -> {
                            reading.fault(
                                    mapping,
                                    "a test needs as: anon, service, or the name of a user");
                            return Optional.empty();
                        })
                        .flatMap(this::as);
        List<Step> steps = new StepReader(reading, this::name).steps(mapping);
        if (steps.isEmpty()) {
            reading.fault(mapping, "a test needs read, insert, update, delete or call");
        }
        return name.isEmpty() || as.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicyTest(name.get(), as.get(), steps, mapping.line()));
    }

    private Optional<As> as(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return switch (scalar.text()) {
                case "anon" ->
                        Optional.of(plainRole("anon", callers.anonymous(), JsonObject.EMPTY));
                case "service" ->
                        Optional.of(plainRole("service", callers.service(), JsonObject.EMPTY));
                default ->
                        user(scalar, scalar.text())
                                .map(user -> signedIn(user, callers.signedIn(), JsonObject.EMPTY));
            };
        }
        return reading.mapping(node, "as", CALLER).flatMap(this::as);
    }

    private Optional<As> as(Mapping mapping) {
        JsonObject claims =
                mapping.find("claims")
                        .map(it -> reading.row(it, "claims"))
                        .orElse(JsonObject.EMPTY);
        Optional<String> role = mapping.find("role").map(SuiteReader::plain);
        Optional<YamlNode> user = mapping.find("user");
        if (user.isPresent()) {
            return user(user.get(), plain(user.get()))
                    .map(person -> signedIn(person, role.orElse(callers.signedIn()), claims));
        }
        if (role.isEmpty()) {
            reading.fault(mapping, "as needs user or role");
            return Optional.empty();
        }
        return Optional.of(plainRole(role.get(), role.get(), claims));
    }

    private Optional<Person> user(YamlNode at, String name) {
        Optional<Person> user = Optional.ofNullable(reading.users().get(name));
        if (user.isEmpty()) {
            List<String> known = new ArrayList<>(List.of("anon", "service"));
            known.addAll(reading.users().keySet());
            reading.fault(
                    at,
                    "nobody is called "
                            + name
                            + "; there are: "
                            + String.join(", ", known)
                            + "; a role is written {role: "
                            + name
                            + "}");
        }
        return user;
    }

    private static As plainRole(String label, String role, JsonObject claims) {
        JsonObjectBuilder all = new JsonObjectBuilder().put("role", role);
        claims.members().forEach(all::put);
        return new As(role, Json.write(all.build()), label);
    }

    /// The claims of a token as sign-in issues it, as far as policies ask.
    private static As signedIn(Person user, String role, JsonObject claims) {
        JsonObjectBuilder all =
                new JsonObjectBuilder()
                        .put("sub", user.id())
                        .put("aud", "authenticated")
                        .put("role", role)
                        .put("email", user.email())
                        .put("aal", "aal1")
                        .put("is_anonymous", false)
                        .put("app_metadata", JsonObject.EMPTY)
                        .put("user_metadata", JsonObject.EMPTY);
        Map<String, JsonValue> own = user.claims().members();
        own.forEach(all::put);
        claims.members().forEach(all::put);
        return new As(role, Json.write(all.build()), user.name());
    }

    private List<Equivalent> equivalents(YamlNode node) {
        List<Equivalent> all = new ArrayList<>();
        for (YamlNode item : YamlReading.items(node)) {
            Optional<Mapping> mapping = reading.mapping(item, "equivalent", EQUIVALENT);
            if (mapping.isPresent()) {
                Optional<String> table = reading.text(mapping.get(), "table", "equivalent");
                Optional<String> policy = reading.text(mapping.get(), "policy", "equivalent");
                Optional<String> reason = reading.text(mapping.get(), "reason", "equivalent");
                all.add(
                        new Equivalent(
                                name(table.orElse("")),
                                policy.orElse(""),
                                mapping.get().find("change").map(SuiteReader::plain).orElse(""),
                                reason.orElse(""),
                                item.line()));
            }
        }
        return List.copyOf(all);
    }

    private Name name(String written) {
        int dot = written.indexOf('.');
        return dot < 0
                ? new Name(schema, written)
                : new Name(written.substring(0, dot), written.substring(dot + 1));
    }
}
