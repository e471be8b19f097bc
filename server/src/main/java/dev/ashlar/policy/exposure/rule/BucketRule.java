package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Bucket;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Files: buckets by themselves, and the policies of storage.objects and storage.buckets.
final class BucketRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        Optional<Relation> objects = judgement.facts().find("storage", "objects");
        for (Bucket bucket : judgement.facts().buckets()) {
            bucket(bucket, found);
            boolean written =
                    objects.filter(files -> written(judgement, files, bucket)).isPresent();
            if (written && (bucket.sizeLimit().isEmpty() || bucket.allowedTypes().isEmpty())) {
                found.accept(unlimited(bucket));
            }
        }
        objects.ifPresent(files -> files(judgement, files, found));
        judgement
                .facts()
                .find("storage", "buckets")
                .ifPresent(buckets -> buckets(judgement, buckets, found));
    }

    private static void bucket(Bucket bucket, Consumer<Finding> found) {
        if (!bucket.open()) {
            return;
        }
        boolean privately = Names.privateBucket(bucket.id());
        found.accept(
                new Finding(
                        FindingCode.BUCKET_OPEN,
                        privately ? Severity.MEDIUM : Severity.INFO,
                        object(bucket),
                        "",
                        List.of(Verb.SELECT),
                        List.of(),
                        privately
                                ? "Everybody who knows or guesses a path can read its files, whose name says they are private."
                                : "Everybody who knows a path can read its files: the bucket is public.",
                        "Make it private: in storage.buckets set public to false where id is %s."
                                .formatted(Quoted.text(bucket.id()))));
    }

    private static Finding unlimited(Bucket bucket) {
        String what =
                bucket.sizeLimit().isEmpty() && bucket.allowedTypes().isEmpty()
                        ? "any size and type"
                        : bucket.sizeLimit().isEmpty() ? "any size" : "any type";
        return new Finding(
                FindingCode.BUCKET_UNLIMITED,
                Severity.LOW,
                object(bucket),
                "",
                List.of(Verb.INSERT),
                List.of(),
                "It takes files of %s.".formatted(what),
                ("In storage.buckets set file_size_limit to 5242880, say, and allowed_mime_types to"
                                + " '{image/*}' where id is %s.")
                        .formatted(Quoted.text(bucket.id())));
    }

    private static String object(Bucket bucket) {
        return "storage.buckets/" + bucket.id();
    }

    private static boolean written(Judgement judgement, Relation files, Bucket bucket) {
        return judgement.judged().stream()
                .flatMap(role ->
                        Conditions.permissive(
                                judgement.facts().policiesOf(files, role, Verb.INSERT))
                                .stream())
                .map(Conditions::text)
                .anyMatch(text ->
                        text.contains(Quoted.text(bucket.id())) || !text.contains("bucket_id"));
    }

    private static void files(Judgement judgement, Relation files, Consumer<Finding> found) {
        for (Policy policy : judgement.facts().policiesOf(files)) {
            if (!policy.permissive()) {
                continue;
            }
            List<Finding> told = new ArrayList<>();
            for (String role : judgement.everybody()) {
                file(judgement, files, policy, role).ifPresent(told::add);
            }
            // What callers without an account can do, others can too.
            told.stream().limit(1).forEach(found);
            if (told.isEmpty()) {
                moved(judgement, files, policy).ifPresent(found);
            }
        }
    }

    private static Optional<Finding> file(
            Judgement judgement, Relation files, Policy policy, String role) {
        List<Verb> open =
                PolicyConditionRule.verbs(policy).stream()
                        .filter(verb ->
                                judgement.facts().policiesOf(files, role, verb).contains(policy))
                        .filter(files.privileges(role)::may)
                        .filter(verb -> !holds(policy, verb, role, judgement))
                        .filter(verb -> byPath(policy) || seen(judgement, files, role, verb))
                        .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        List<Bucket> buckets = named(judgement, policy);
        Severity severity =
                judgement.isAnonymous(role) ? anonymous(open, buckets) : signedIn(open, buckets);
        String object = buckets.size() == 1 ? object(buckets.getFirst()) : files.label();
        return Optional.of(
                new Finding(
                        FindingCode.BUCKET_OPEN,
                        severity,
                        object,
                        role,
                        open,
                        List.of(),
                        "By policy %s %s can %s the files of everybody."
                                .formatted(Quoted.name(policy.name()), role, words(open)),
                        "alter policy %s on storage.objects %s;"
                                .formatted(Quoted.name(policy.name()), clauses(policy, buckets))));
    }

    /// A file of one's own made one in anybody's folder: what is asked of the old row is not asked
    /// of the new one.
    private static Optional<Finding> moved(Judgement judgement, Relation files, Policy policy) {
        String signedIn = judgement.facts().callers().signedIn();
        boolean anywhere =
                policy.check()
                        .filter(text -> !Conditions.asksWho(text))
                        .filter(text -> !Conditions.looksElsewhere(withoutPaths(text)))
                        .isPresent();
        if (!anywhere
                || !files.privileges(signedIn).may(Verb.UPDATE)
                || !judgement.facts().policiesOf(files, signedIn, Verb.UPDATE).contains(policy)
                || judgement.conditions().neverAllows(policy, Verb.UPDATE)) {
            return Optional.empty();
        }
        List<Bucket> buckets = named(judgement, policy);
        return Optional.of(
                new Finding(
                        FindingCode.BUCKET_OPEN,
                        Severity.MEDIUM,
                        buckets.size() == 1 ? object(buckets.getFirst()) : files.label(),
                        signedIn,
                        List.of(Verb.UPDATE),
                        List.of(),
                        "By policy %s an own file can be moved into anybody's folder."
                                .formatted(Quoted.name(policy.name())),
                        "alter policy %s on storage.objects %s;"
                                .formatted(Quoted.name(policy.name()), clauses(policy, buckets))));
    }

    /// Which folders there are is for the application to say, so files may not have been tried
    /// where the policy wants them.
    private static boolean byPath(Policy policy) {
        return !withoutPaths(Conditions.text(policy)).equals(Conditions.text(policy));
    }

    /// Whether a policy asks who the caller is, or looks where that may stand.
    private static boolean holds(Policy policy, Verb verb, String role, Judgement judgement) {
        List<String> texts = Conditions.conditions(policy, verb);
        boolean ofUsers = texts.stream().anyMatch(BucketRule::asksForAccount);
        boolean asksWho =
                texts.stream()
                        .anyMatch(text ->
                                Conditions.asksWho(text)
                                        || Conditions.looksElsewhere(withoutPaths(text)));
        boolean never = judgement.conditions().neverAllows(policy, verb);
        return never || asksWho || (judgement.isAnonymous(role) && ofUsers);
    }

    private static boolean asksForAccount(String text) {
        return text.contains("auth.role(") || text.contains("auth.uid(");
    }

    private static String withoutPaths(String text) {
        return text.replaceAll("storage\\.(foldername|filename|extension)\\(", "(");
    }

    private static boolean seen(Judgement judgement, Relation files, String role, Verb verb) {
        List<Outcome> outcomes =
                Stream.of(Act.values())
                        .filter(act -> act.verb() == verb)
                        .filter(act -> judgement.seen().tried(files, role, act))
                        .map(act -> judgement.outcome(files, role, act))
                        .toList();
        return outcomes.isEmpty()
                || outcomes.stream().anyMatch(outcome -> outcome != Outcome.DENIED);
    }

    private static List<Bucket> named(Judgement judgement, Policy policy) {
        String text = Conditions.text(policy);
        return judgement.facts().buckets().stream()
                .filter(bucket -> text.contains(Quoted.text(bucket.id())))
                .toList();
    }

    private static Severity anonymous(List<Verb> open, List<Bucket> buckets) {
        if (!open.equals(List.of(Verb.SELECT))) {
            return Severity.HIGH;
        }
        boolean allPublic = !buckets.isEmpty() && buckets.stream().allMatch(Bucket::open);
        return allPublic ? Severity.LOW : Severity.HIGH;
    }

    private static Severity signedIn(List<Verb> open, List<Bucket> buckets) {
        if (open.contains(Verb.UPDATE) || open.contains(Verb.DELETE)) {
            return Severity.HIGH;
        }
        if (open.equals(List.of(Verb.INSERT))) {
            return Severity.LOW;
        }
        boolean privately =
                buckets.isEmpty()
                        || buckets.stream().map(Bucket::id).anyMatch(Names::privateBucket);
        return privately ? Severity.MEDIUM : Severity.LOW;
    }

    private static String words(List<Verb> verbs) {
        return String.join(
                ", ",
                verbs.stream()
                        .map(verb ->
                                switch (verb) {
                                    case SELECT -> "list and read";
                                    case INSERT -> "add to";
                                    case UPDATE -> "overwrite";
                                    case DELETE -> "delete";
                                    case EXECUTE -> "call";
                                })
                        .toList());
    }

    private static String clauses(Policy policy, List<Bucket> buckets) {
        String bucket =
                buckets.size() == 1
                        ? "bucket_id = " + Quoted.text(buckets.getFirst().id()) + " and "
                        : "";
        String own = "(" + bucket + "(storage.foldername(name))[1] = (select auth.uid())::text)";
        List<String> clauses = new ArrayList<>();
        policy.using().ifPresent(_ -> clauses.add("using " + own));
        policy.check().ifPresent(_ -> clauses.add("with check " + own));
        return String.join(" ", clauses);
    }

    private static void buckets(Judgement judgement, Relation buckets, Consumer<Finding> found) {
        for (String role : judgement.everybody()) {
            List<Verb> open =
                    RowsRule.writes()
                            .filter(verb ->
                                    Stream.of(Act.values())
                                            .filter(act -> act.verb() == verb)
                                            .anyMatch(act -> judgement.can(buckets, role, act)))
                            .toList();
            if (!open.isEmpty()) {
                found.accept(
                        new Finding(
                                FindingCode.BUCKET_OPEN,
                                Severity.HIGH,
                                buckets.label(),
                                role,
                                open,
                                List.of(),
                                role + " can change buckets themselves, and make them public.",
                                "revoke insert, update, delete on storage.buckets from %s;"
                                        .formatted(
                                                Narrowing.from(buckets, judgement.everybody()))));
                return;
            }
        }
    }
}
