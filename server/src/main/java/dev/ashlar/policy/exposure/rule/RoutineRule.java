package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Functions that callers can run and that can do more than they.
final class RoutineRule implements Rule {
    private static final Pattern TOUCHES =
            Pattern.compile(
                    "\\b(from|insert|update|delete|truncate|execute|perform|into|call)\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "\\b(dblink\\w*|http_(get|post|put|patch|delete|head)|net\\.http_\\w+|http\\s*\\(\\s*\\(?"
                            + "|pg_read_file|pg_read_binary_file|pg_ls_dir|pg_ls_\\w+dir|pg_stat_file"
                            + "|lo_import|lo_export|pg_write_file)\\s*\\(?|\\bto program\\b|\\bfrom program\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern OUTSIDE_NAME =
            Pattern.compile(
                    "dblink\\w*|http|http_\\w+|pg_read_file|pg_read_binary_file|pg_ls_\\w+"
                            + "|pg_stat_file|lo_import|lo_export|pg_file_\\w+");

    private static final Set<String> TRUSTED =
            Set.of(
                    "sql",
                    "plpgsql",
                    "internal",
                    "c",
                    "plpython",
                    "plperl",
                    "pltcl",
                    "plv8",
                    "plrust");

    /// Nothing that says who somebody is.
    private static final Pattern FIGURES =
            Pattern.compile(
                    "(?i)(setof )?(%1$s)|table\\((\\w+ (%1$s)(, )?)+\\)"
                            .formatted(
                                    "bigint|integer|smallint|numeric|real|double precision|boolean|date|uuid"
                                            + "|interval|timestamp( with(out)? time zone)?|int[48]range|numrange"
                                            + "|daterange|ts(tz)?range"));

    private static final Pattern COUNTS = Pattern.compile("(?i)\\bcount\\s*\\(");

    private static final Pattern ACCOUNT =
            Pattern.compile(
                    "(?i)user|owner|account|profile|member|customer|person|author|creator|created_by");

    private static final Set<String> TELLS_LITTLE =
            Set.of("void", "boolean", "trigger", "event_trigger");

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Routine routine : judgement.facts().routines()) {
            List<String> callers =
                    judgement.judged().stream().filter(routine.callers()::contains).toList();
            searchPath(routine, callers, found);
            if (callers.isEmpty() || !routine.exposed() || routine.returnsTrigger()) {
                continue;
            }
            outside(judgement, routine, callers.getFirst(), found);
            if (routine.securityDefiner() && !routine.ofExtension()) {
                definer(judgement, routine, callers.getFirst(), found);
                accounts(judgement, routine, callers.getFirst(), found);
            }
        }
    }

    private static void searchPath(Routine routine, List<String> callers, Consumer<Finding> found) {
        boolean set = routine.settings().stream().anyMatch(each -> each.startsWith("search_path="));
        if (!routine.securityDefiner() || routine.ofExtension() || set) {
            return;
        }
        boolean called = !callers.isEmpty() && routine.exposed() && !routine.returnsTrigger();
        found.accept(
                new Finding(
                        FindingCode.SEARCH_PATH_MUTABLE,
                        called ? Severity.MEDIUM : Severity.LOW,
                        object(routine),
                        called ? callers.getFirst() : "",
                        List.of(Verb.EXECUTE),
                        List.of(),
                        "It runs with its owner's rights, but finds names by the search_path of whoever calls.",
                        "alter routine %s set search_path = ''; -- and write names in it with their schema"
                                .formatted(Quoted.name(routine))));
    }

    private static void definer(
            Judgement judgement, Routine routine, String role, Consumer<Finding> found) {
        boolean checks = CallerChecks.in(judgement.facts(), routine);
        Severity severity = Severity.LOW;
        String what = ", which it looks at";
        if (!checks) {
            what = ", which it never looks at";
            severity = unchecked(judgement, routine, role);
        }
        found.accept(
                new Finding(
                        FindingCode.SECURITY_DEFINER_FUNCTION,
                        severity,
                        object(routine),
                        role,
                        List.of(Verb.EXECUTE),
                        List.of(),
                        "%s can run it with the rights of %s, whoever the caller is%s."
                                .formatted(role, routine.owner(), what),
                        fix(judgement, routine)));
    }

    private static Severity unchecked(Judgement judgement, Routine routine, String role) {
        boolean harmless =
                !TOUCHES.matcher(routine.source()).find() || weakOwner(judgement, routine);
        boolean answersPolicies =
                routine.returns().equals("boolean") && usedByPolicies(judgement, routine);
        if (harmless
                || answersPolicies
                || tellsFigures(routine)
                || !judgement.everybody().contains(role)) {
            return Severity.LOW;
        }
        return judgement.isAnonymous(role) ? Severity.HIGH : Severity.MEDIUM;
    }

    /// Reads, and answers with how many there are or with figures of what is published, for nobody
    /// in particular: results of a poll, times at which a listed room is taken.
    private static boolean tellsFigures(Routine routine) {
        return routine.volatility() != 'v'
                && FIGURES.matcher(routine.returns()).matches()
                && !ACCOUNT.matcher(routine.returns() + " " + routine.arguments()).find()
                && (COUNTS.matcher(routine.source()).find()
                        || Reading.speaksOfPublished(routine.source()));
    }

    /// An owner made for it, who owns no table and sees no more than others.
    private static boolean weakOwner(Judgement judgement, Routine routine) {
        return !routine.ownerSeesEverything()
                && judgement.facts().relations().stream()
                        .map(Relation::owner)
                        .noneMatch(routine.owner()::equals);
    }

    private static boolean usedByPolicies(Judgement judgement, Routine routine) {
        return judgement.facts().policies().stream()
                .map((Policy policy) -> Conditions.text(policy))
                .anyMatch(text -> text.contains(routine.label() + "("));
    }

    private static void accounts(
            Judgement judgement, Routine routine, String role, Consumer<Finding> found) {
        boolean shows =
                routine.source()
                                .toLowerCase(Locale.ROOT)
                                .matches("(?s).*\\bauth\\.(users|identities)\\b.*")
                        && !TELLS_LITTLE.contains(routine.returns());
        if (!shows) {
            return;
        }
        boolean checks = CallerChecks.in(judgement.facts(), routine);
        found.accept(
                new Finding(
                        FindingCode.AUTH_USERS_EXPOSED,
                        checks || !judgement.everybody().contains(role)
                                ? Severity.LOW
                                : Severity.HIGH,
                        object(routine),
                        role,
                        List.of(Verb.EXECUTE),
                        List.of(),
                        role + " can read accounts (auth.users) by calling it.",
                        fix(judgement, routine)));
    }

    private static void outside(
            Judgement judgement, Routine routine, String role, Consumer<Finding> found) {
        boolean itself =
                OUTSIDE_NAME.matcher(routine.name()).matches()
                        && (routine.ofExtension() || routine.language().equals("c"));
        boolean untrusted = !TRUSTED.contains(routine.language());
        boolean calls = OUTSIDE.matcher(routine.source()).find();
        boolean compiled = routine.language().equals("c") && !routine.ofExtension();
        if (!itself && !untrusted && !calls && !compiled) {
            return;
        }
        boolean mild =
                !itself && !untrusted && !compiled && CallerChecks.in(judgement.facts(), routine);
        Severity severity = judgement.isAnonymous(role) || itself ? Severity.HIGH : Severity.MEDIUM;
        found.accept(
                new Finding(
                        FindingCode.OUTSIDE_FUNCTION,
                        mild ? Severity.LOW : severity,
                        object(routine),
                        role,
                        List.of(Verb.EXECUTE),
                        List.of(),
                        untrusted
                                ? "%s can run a function in language %s, which can reach outside of the database."
                                        .formatted(role, routine.language())
                                : role
                                        + " can run a function that reaches outside of the database.",
                        fix(judgement, routine)));
    }

    /// The service keeps what it had, be it by PUBLIC.
    private static String fix(Judgement judgement, Routine routine) {
        String service = judgement.facts().callers().service();
        Set<String> from = new LinkedHashSet<>(List.of(Facts.PUBLIC));
        routine.grants().forEach(grant -> from.add(grant.grantee()));
        boolean named = from.remove(service);
        boolean keeps = !named && routine.callers().contains(service);
        String name = Quoted.name(routine);
        return "revoke execute on routine %s from %s;"
                        .formatted(
                                name, String.join(", ", from.stream().map(Quoted::role).toList()))
                + (keeps
                        ? " grant execute on routine %s to %s;"
                                .formatted(name, Quoted.name(service))
                        : "");
    }

    static String object(Routine routine) {
        return routine.label() + "(" + routine.arguments() + ")";
    }
}
