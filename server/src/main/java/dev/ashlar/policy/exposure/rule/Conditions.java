package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.PolicyExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The conditions of policies, parsed once each, and what rules ask about them.
final class Conditions {
    /// True for everybody with an account, whatever the row.
    private static final Pattern SIGNED_IN =
            Pattern.compile(
                    "auth\\.uid\\(\\)( as uid)?\\)? is not null"
                            + "|auth\\.role\\(\\)( as role)?\\)? = 'authenticated'(::text)?"
                            + "|auth\\.jwt\\(\\)( as jwt)?\\)? ->> 'role'(::text)?\\)+ = 'authenticated'(::text)?",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern APPLICATION_CALL =
            Pattern.compile("\\b(?!auth\\.|storage\\.|pg_catalog\\.|extensions\\.)\\w+\\.\\w+\\(");

    private static final Pattern USER_METADATA =
            Pattern.compile("'[^']*user_metadata[^']*'|raw_user_meta_data");

    private static final Pattern EMAIL =
            Pattern.compile(
                    "auth\\.email\\(\\)|auth\\.jwt\\(\\)(->>?|[^=<>~])*'email'|'request\\.jwt\\.claim\\.email'"
                            + "|'request\\.jwt\\.claims'(->>?|[^=<>~])*'email'");

    private final Map<String, PolicyExpression> parsed = new HashMap<>();

    PolicyExpression parse(String text) {
        return parsed.computeIfAbsent(text, PolicyExpression::parse);
    }

    /// Both, as far as they are written.
    static List<String> texts(Policy policy) {
        List<String> texts = new ArrayList<>();
        policy.using().ifPresent(texts::add);
        policy.check().ifPresent(texts::add);
        return texts;
    }

    static String text(Policy policy) {
        return String.join(" ", texts(policy));
    }

    /// The condition that new rows must pass.
    static Optional<String> forNewRows(Policy policy) {
        return policy.check().or(policy::using);
    }

    /// Whether rows pass by a verb whatever they hold, for anybody.
    boolean open(Policy policy, Verb verb) {
        return conditions(policy, verb).stream().allMatch(text -> parse(text).alwaysTrue());
    }

    /// Whether rows pass by a verb whatever they hold, for everybody with an account.
    boolean openToUsers(Policy policy, Verb verb) {
        return conditions(policy, verb).stream()
                .allMatch(text -> parse(text).alwaysTrue() || signedInOnly(text));
    }

    boolean neverAllows(Policy policy, Verb verb) {
        return conditions(policy, verb).stream().anyMatch(text -> parse(text).neverTrue());
    }

    /// Whether a policy lets an act through by what it says alone.
    boolean open(Policy policy, Act act) {
        return open(policy, act.verb());
    }

    /// Those that hold for a verb; an absent one is true.
    static List<String> conditions(Policy policy, Verb verb) {
        List<String> texts = new ArrayList<>();
        if (verb != Verb.INSERT) {
            policy.using().ifPresent(texts::add);
        }
        if (verb == Verb.INSERT || verb == Verb.UPDATE) {
            Optional<String> check =
                    policy.command() == PolicyCommand.INSERT ? policy.check() : forNewRows(policy);
            check.filter(text -> !texts.contains(text)).ifPresent(texts::add);
        }
        return texts;
    }

    static boolean signedInOnly(String text) {
        String bare = SIGNED_IN.matcher(text).replaceFirst("");
        return !bare.equals(text) && bare.matches("(?i)[\\s()]*(select)?[\\s()]*");
    }

    static boolean believesUserMetadata(String text) {
        return USER_METADATA.matcher(text).find();
    }

    /// What a request says of itself, which whoever sends it chooses.
    static boolean believesRequest(String text) {
        return text.contains("request.headers")
                || text.contains("request.cookies")
                || text.contains("request.header.")
                || text.contains("request.cookie.");
    }

    static boolean goesByEmail(String text) {
        return EMAIL.matcher(text).find();
    }

    /// Whether a text asks who the caller is, beyond whether there is one.
    static boolean asksWho(String text) {
        String bare = SIGNED_IN.matcher(text).replaceAll("");
        return bare.contains("auth.uid(")
                || bare.contains("auth.jwt(")
                || bare.contains("auth.email(")
                || bare.contains("request.jwt");
    }

    /// Whether it calls a function of the application, which may ask.
    static boolean callsApplication(String text) {
        return APPLICATION_CALL.matcher(text).find();
    }

    /// Whether a text asks anything about the caller.
    static boolean asks(String text) {
        return Pattern.compile(
                        "auth\\.(uid|role|jwt|email)\\s*\\(|request\\.jwt|session_user"
                                + "|current_setting\\s*\\(\\s*'(role|request)",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    /// Whether it looks into other tables, or calls functions of the application.
    static boolean looksElsewhere(String text) {
        String bare = text.replaceAll("(?i)\\(?\\s*select auth\\.\\w+\\(\\)( as \\w+)?\\)?", "");
        return bare.matches("(?is).*\\bselect\\b.*") || callsApplication(bare);
    }

    /// Policies that let somebody through by themselves.
    static List<Policy> permissive(List<Policy> policies) {
        return policies.stream().filter(Policy::permissive).toList();
    }

    static boolean countsForPublic(Policy policy) {
        return policy.roles().contains(Facts.PUBLIC);
    }
}
