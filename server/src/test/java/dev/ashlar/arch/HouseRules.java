package dev.ashlar.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of the house as ArchUnit rules.
final class HouseRules {
    private static final String ROOT = "dev.ashlar.";

    /// The floors, from the ground up: a package may use those on floors below and never one on its
    /// own floor or above. `*` stands for one package each: siblings, which never import each
    /// other.
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("problem", "json", "observe", "config"),
                    List.of("catalog", "identity"),
                    List.of("intent", "predicate"),
                    List.of("policy"),
                    List.of("plan"),
                    List.of("backend"),
                    List.of("backend.*", "cache", "limit"),
                    List.of("engine"),
                    List.of("auth", "storage", "realtime", "functions", "ops"),
                    List.of("http"),
                    List.of("face.*", "gateway"),
                    List.of("app"));

    /// What goes against the plain floors, each with its reason.
    private static final Map<String, Set<String>> ALSO_ALLOWED =
            Map.of(
                    // A resolved condition is the twin of the text that was asked.
                    "predicate", Set.of("intent"),
                    // The SQL text builder is what the SQL databases share.
                    "backend.postgres", Set.of("backend.sql"),
                    "backend.mysql", Set.of("backend.sql"));

    /// What a floor may use of those below, where it is not all of them.
    private static final Map<String, Set<String>> ONLY =
            Map.of("http", Set.of("problem", "json", "observe", "config", "identity"));

    private static final String[] PURE = {
        ROOT + "problem..",
        ROOT + "catalog..",
        ROOT + "identity..",
        ROOT + "intent..",
        ROOT + "predicate..",
        ROOT + "policy..",
        ROOT + "plan.."
    };

    private HouseRules() {}

    /// The directions: docs in ARCHITECTURE.md, "Direction".
    static ArchRule directions() {
        return classes()
                .that()
                .resideInAPackage("dev.ashlar..")
                .should(
                        new ArchCondition<JavaClass>("use only the floors below") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                                    report(use, events);
                                }
                            }
                        })
                .allowEmptyShould(true);
    }

    private static void report(Dependency use, ConditionEvents events) {
        String target = use.getTargetClass().getBaseComponentType().getPackageName();
        if (!(target + ".").startsWith(ROOT)) {
            return;
        }
        String from = room(use.getOriginClass().getPackageName());
        String to = room(target);
        if (!mayUse(from, to)) {
            events.add(
                    SimpleConditionEvent.violated(
                            use, from + " may not use " + to + ": " + use.getDescription()));
        }
    }

    static boolean mayUse(String from, String to) {
        if (from.equals(to) || from.isEmpty()) {
            return true;
        }
        if (ALSO_ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
            return true;
        }
        if (ONLY.containsKey(from)) {
            return ONLY.getOrDefault(from, Set.of()).contains(to);
        }
        return !to.isEmpty() && floor(to) < floor(from);
    }

    /// `dev.ashlar.face.rest.parse` is in the room `face.rest`; `dev.ashlar.auth.token` in `auth`.
    static String room(String packageName) {
        if (!packageName.startsWith(ROOT)) {
            return "";
        }
        String[] parts = packageName.substring(ROOT.length()).split("\\.");
        boolean grouped = parts[0].equals("face") || parts[0].equals("backend");
        return grouped && parts.length > 1 ? parts[0] + "." + parts[1] : parts[0];
    }

    private static int floor(String room) {
        for (int i = 0; i < FLOORS.size(); i++) {
            for (String name : FLOORS.get(i)) {
                boolean group = name.endsWith(".*");
                if (room.equals(name)
                        || (group && room.startsWith(name.substring(0, name.length() - 1)))) {
                    return i;
                }
            }
        }
        throw new AssertionError("the package " + room + " is on no floor: name it in HouseRules");
    }

    static ArchRule noCycles() {
        return SlicesRuleDefinition.slices()
                .matching("dev.ashlar.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    /// Libraries and the packages that alone may import them.
    static Map<String, ArchRule> librariesInTheirRoom() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        confine(rules, "tools.jackson..", "dev.ashlar.json..");
        confine(rules, "com.fasterxml.jackson..", "dev.ashlar.json..");
        confine(rules, "org.slf4j..", "dev.ashlar.observe..");
        confine(rules, "ch.qos.logback..", "dev.ashlar.observe..");
        confine(rules, "picocli..", "dev.ashlar.app.cli..");
        confine(rules, "org.snakeyaml..", "dev.ashlar.config..");
        confine(rules, "com.ongres.scram..", "dev.ashlar.backend.postgres.wire..");
        confine(rules, "org.postgresql..", "dev.ashlar.backend.postgres..");
        confine(rules, "org.flywaydb..", "dev.ashlar.backend.postgres..");
        confine(rules, "java.sql..", "dev.ashlar.backend.postgres..");
        confine(rules, "org.newsclub..", "dev.ashlar.backend.postgres..");
        confine(rules, "org.apache.commons.compress..", "dev.ashlar.backend.embedded..");
        confine(rules, "com.nimbusds..", "dev.ashlar.auth..");
        confine(rules, "org.bouncycastle..", "dev.ashlar.auth..", "dev.ashlar.http.tls..");
        confine(rules, "io.netty.handler.ssl..", "dev.ashlar.http.tls..");
        confine(rules, "com.amazon.corretto..", "dev.ashlar.auth.token..");
        confine(rules, "com.webauthn4j..", "dev.ashlar.auth.webauthn..");
        confine(rules, "org.eclipse.angus..", "dev.ashlar.auth.message..");
        confine(rules, "io.nayuki..", "dev.ashlar.auth.factor..");
        confine(rules, "io.vertx.core.http..", "dev.ashlar.http..");
        return rules;
    }

    private static void confine(Map<String, ArchRule> rules, String library, String... rooms) {
        rules.put(
                library,
                noClasses()
                        .that()
                        .resideInAPackage("dev.ashlar..")
                        .and()
                        .resideOutsideOfPackages(rooms)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library)
                        .as(library + " belongs in " + String.join(", ", rooms) + " alone")
                        .allowEmptyShould(true));
    }

    /// Domains are blocking and read top-down; only the data path knows futures.
    static ArchRule futuresOnTheDataPath() {
        return noClasses()
                .that()
                .resideInAPackage("dev.ashlar..")
                .and()
                .resideOutsideOfPackages(
                        "dev.ashlar.engine..",
                        "dev.ashlar.backend..",
                        "dev.ashlar.http..",
                        "dev.ashlar.face..",
                        "dev.ashlar.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core..")
                .as("futures stay in engine, backend, http, face and app")
                .allowEmptyShould(true);
    }

    /// No I/O, threads or clock where requests are understood and planned.
    static ArchRule purity() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(impure())
                .as("problem, catalog … plan do no I/O, start no threads and read no clock")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> impure() {
        Set<String> packages =
                Set.of(
                        "java.io",
                        "java.nio.file",
                        "java.nio.channels",
                        "java.net",
                        "java.net.http",
                        "java.util.concurrent",
                        "java.util.concurrent.locks",
                        "io.vertx.core",
                        "dev.ashlar.observe");
        // What the compiler itself puts into records, enums and serializable exceptions.
        Set<String> allowed = Set.of("java.io.Serializable", "java.io.ObjectStreamException");
        Set<String> types =
                Set.of(
                        "java.lang.Thread",
                        "java.lang.Process",
                        "java.lang.ThreadLocal",
                        "java.time.Clock");
        return DescribedPredicate.describe(
                "do I/O, threads or clocks",
                type ->
                        types.contains(type.getName())
                                || (packages.contains(type.getPackageName())
                                        && !allowed.contains(type.getName())));
    }

    /// Scoped values carry what must travel; everything else is a parameter.
    static ArchRule noThreadLocals() {
        return noClasses()
                .that()
                .resideInAPackage("dev.ashlar..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Inheritable)?ThreadLocal")
                .as("no ThreadLocal")
                .allowEmptyShould(true);
    }

    /// Reading the clock by a static call in a pure package.
    static ArchRule noClockCalls() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .as("problem, catalog … plan read no clock")
                .allowEmptyShould(true);
    }
}
