package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.TableTraits.Test;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the [TableTraits] of all tables.
final class TraitsFinder {
    private static final String ACCOUNTS = "auth.users";
    private static final int MOST_VARIANTS = 3;
    private static final int MOST_BUCKETS = 50;

    private static final Set<String> MAIL_NAMES =
            Set.of("email", "owner_email", "user_email", "author_email", "mail", "e_mail");

    private final Facts facts;
    private final Set<String> callerFunctions;
    private final Map<Long, TableTraits> traits = new HashMap<>();
    private final Map<Long, PolicyText> texts = new HashMap<>();
    private final Map<Long, Set<String>> accounts = new HashMap<>();
    private final Set<Long> personal = new HashSet<>();

    /// Tables whose rows have members by whom policies of other tables go.
    private final Set<Long> groups = new HashSet<>();

    private TraitsFinder(Facts facts) {
        this.facts = facts;
        this.callerFunctions =
                facts.routines().stream()
                        .filter(routine -> routine.arguments().isEmpty())
                        .filter(routine -> tellsCaller(routine.source()))
                        .map(Facts.Routine::label)
                        .collect(Collectors.toSet());
    }

    /// By oid.
    static Map<Long, TableTraits> find(Facts facts) {
        return new TraitsFinder(facts).find();
    }

    private static boolean tellsCaller(String source) {
        return source.length() < 400
                && (source.contains("auth.uid()")
                        || (source.contains("request.jwt") && source.contains("sub")))
                && !source.toLowerCase(java.util.Locale.ROOT).contains(" from ");
    }

    private Map<Long, TableTraits> find() {
        List<Relation> tables =
                facts.relations().stream().filter(each -> each.kind().hasPolicies()).toList();
        tables.forEach(table -> groups.addAll(groupsOf(table)));
        int before = -1;
        // A table is personal too when it belongs to rows of one that is, at any remove.
        while (personal.size() != before) {
            before = personal.size();
            tables.forEach(this::judge);
        }
        tables.forEach(table -> traits.put(table.oid(), traits(table)));
        tables.forEach(this::follow);
        tables.forEach(this::follow);
        return traits;
    }

    /// Of a table of members: what they are members of.
    private List<Long> groupsOf(Relation members) {
        Set<String> accounts = accounts(members);
        if (accounts.isEmpty() || !isMembership(members) || !lookedInto(members)) {
            return List.of();
        }
        List<List<String>> keys = new ArrayList<>(members.uniques());
        keys.add(members.primaryKey());
        return facts.foreignKeysOf(members).stream()
                .filter(key ->
                        keys.stream()
                                .anyMatch(each ->
                                        each.containsAll(key.columns())
                                                && each.stream().anyMatch(accounts::contains)))
                .map(ForeignKey::target)
                .toList();
    }

    private boolean lookedInto(Relation members) {
        return facts.policies().stream()
                .filter(policy -> policy.relation() != members.oid())
                .flatMap(policy -> Stream.of(policy.using(), policy.check()))
                .flatMap(Optional::stream)
                .anyMatch(text -> WorldPlanner.mentions(text, members.name()));
    }

    /// What hangs on rows of several variants has as many, such as the members of teams.
    private void follow(Relation table) {
        TableTraits own = Objects.requireNonNull(traits.get(table.oid()));
        int most =
                belongings(table).stream()
                        .map(key -> traits.get(key.target()))
                        .filter(Objects::nonNull)
                        .filter(target -> !target.single())
                        .mapToInt(TableTraits::variants)
                        .max()
                        .orElse(1);
        if (own.variants() < most) {
            traits.put(table.oid(), own.withVariants(most));
        }
    }

    private void judge(Relation table) {
        boolean belongs =
                !accounts(table).isEmpty()
                        || table.label().equals(ACCOUNTS)
                        || policies(table).asksForCaller()
                        || groups.contains(table.oid())
                        || !belongings(table).isEmpty();
        if (belongs) {
            personal.add(table.oid());
        }
    }

    /// Foreign keys by which a row is part of somebody's.
    private List<ForeignKey> belongings(Relation table) {
        return facts.foreignKeysOf(table).stream()
                .filter(key -> key.target() != table.oid() && personal.contains(key.target()))
                .filter(key -> key.onDelete().equals("cascade") || required(table, key))
                .toList();
    }

    private static boolean required(Relation table, ForeignKey key) {
        return key.columns().stream()
                .allMatch(name -> table.find(name).filter(Column::notNull).isPresent());
    }

    private TableTraits traits(Relation table) {
        PolicyText policies = policies(table);
        Set<String> accounts = accounts(table);
        Set<String> lists = new LinkedHashSet<>();
        Map<String, List<String>> literals = new LinkedHashMap<>();
        Map<String, Test> tests = new LinkedHashMap<>();
        boolean membership = !accounts.isEmpty() && isMembership(table);
        for (Column column : table.columns()) {
            if (column.category() == 'A' && policies.searchesAccount(column.name())) {
                lists.add(column.name());
            }
            List<String> compared =
                    membership
                            ? both(policies.literals(column.name()), elsewhere(table, column))
                            : policies.literals(column.name());
            if (!compared.isEmpty()) {
                literals.put(column.name(), compared);
            }
            test(policies, column.name()).ifPresent(test -> tests.put(column.name(), test));
        }
        Set<String> parties = parties(table);
        Optional<String> owner = owner(table, policies, parties);
        boolean single = owner.filter(name -> isKey(table, name)).isPresent();
        List<String> apart = apart(table, parties, owner);
        int variants = variants(table, policies, accounts, literals);
        return new TableTraits(
                owner,
                accounts,
                mails(table, policies),
                lists,
                personal.contains(table.oid()),
                owner.isPresent()
                        && ownerless(table, accounts, owner)
                        && (apart.isEmpty() || !wantsSome(table)),
                single,
                literals,
                tests,
                apart,
                forgeable(table, parties),
                single ? variants : Math.clamp(apart.size(), variants, MOST_VARIANTS));
    }

    /// Columns of which each names an account, itself or by a row that stands for one.
    private Set<String> parties(Relation table) {
        Set<String> parties = new LinkedHashSet<>(accounts(table));
        facts.foreignKeysOf(table).stream()
                .filter(key -> key.columns().size() == 1 && key.target() != table.oid())
                .filter(key ->
                        facts.find(key.target())
                                .filter(target ->
                                        target.primaryKey().equals(key.targetColumns())
                                                && accounts(target)
                                                        .containsAll(key.targetColumns()))
                                .isPresent())
                .forEach(key -> parties.addAll(key.columns()));
        return parties;
    }

    /// Those that a check holds against one another, which mostly wants them to differ.
    private static List<String> apart(Relation table, Set<String> parties, Optional<String> owner) {
        boolean held =
                table.checks().stream()
                        .anyMatch(check ->
                                parties.stream()
                                                .filter(name -> WorldPlanner.mentions(check, name))
                                                .count()
                                        > 1);
        return held
                ? Stream.concat(owner.filter(parties::contains).stream(), parties.stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    /// A check that asks for at least one of the accounts.
    private static boolean wantsSome(Relation table) {
        return table.checks().stream()
                .anyMatch(check -> check.contains("NOT NULL") || check.contains("num_n"));
    }

    /// By their names those who act, where the caller is named in another part, or has the row that
    /// this one belongs to.
    private Set<String> forgeable(Relation table, Set<String> parties) {
        Set<String> acting = new LinkedHashSet<>();
        Set<String> rest = new LinkedHashSet<>();
        for (String name : parties) {
            PartyNames part = PartyNames.of(name);
            (part == PartyNames.DOES || part == PartyNames.OWNS ? acting : rest).add(name);
        }
        boolean belongs =
                belongings(table).stream()
                        .anyMatch(key -> key.columns().stream().noneMatch(parties::contains));
        PartyNames best =
                acting.stream()
                        .map(PartyNames::of)
                        .min(Comparator.naturalOrder())
                        .orElse(PartyNames.OTHER);
        boolean clear =
                rest.isEmpty()
                        ? belongs
                                && acting.stream()
                                        .allMatch(name -> PartyNames.of(name) == PartyNames.DOES)
                        : rest.stream().allMatch(name -> PartyNames.of(name).clearlyBelow(best));
        return clear ? acting : Set.of();
    }

    /// Whether an account's row says what it may do with rows of another table.
    private boolean isMembership(Relation table) {
        return facts.foreignKeysOf(table).stream()
                .anyMatch(key ->
                        !key.targetLabel().equals(ACCOUNTS)
                                && key.target() != table.oid()
                                && required(table, key));
    }

    /// What policies of other tables compare a membership's column with, such as its role.
    private List<String> elsewhere(Relation table, Column column) {
        if (column.category() != 'S' && column.category() != 'E') {
            return List.of();
        }
        return facts.policies().stream()
                .flatMap(policy -> Stream.of(policy.using(), policy.check()))
                .flatMap(Optional::stream)
                .filter(text -> WorldPlanner.mentions(text, table.name()))
                .flatMap(text ->
                        new PolicyText(text, callerFunctions)
                                .literalsOfOthers(column.name()).stream())
                .toList();
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static boolean ownerless(Relation table, Set<String> accounts, Optional<String> owner) {
        return Stream.concat(accounts.stream(), owner.stream())
                .noneMatch(name -> table.find(name).filter(Column::notNull).isPresent());
    }

    private static boolean isKey(Relation table, String column) {
        return table.primaryKey().equals(List.of(column))
                || table.uniques().contains(List.of(column));
    }

    private int variants(
            Relation table,
            PolicyText policies,
            Set<String> accounts,
            Map<String, List<String>> literals) {
        if (table.label().equals(WorldPlanner.OBJECTS)) {
            return Math.clamp(facts.buckets().size(), 1, MOST_BUCKETS);
        }
        List<List<ChannelTopics.Piece>> topics =
                ChannelTopics.isChannels(table) ? new ChannelTopics(facts).find(table) : List.of();
        if (!topics.isEmpty()) {
            List<String> named = literals.getOrDefault(ChannelTopics.COLUMN, List.of());
            int count = topics.size() + ChannelTopics.shared(named, topics).size();
            return Math.clamp(count, 1, MOST_VARIANTS);
        }
        boolean seenByViews =
                facts.relations().stream().anyMatch(view -> view.reads().contains(table.oid()));
        boolean looksAtRows =
                table.columns().stream()
                        .map(Column::name)
                        .filter(name -> !accounts.contains(name))
                        .anyMatch(policies::mentions);
        if (!seenByViews && !looksAtRows && literals.isEmpty() && !policies.looksElsewhere()) {
            return 1;
        }
        int most = literals.values().stream().mapToInt(List::size).max().orElse(0) + 1;
        return Math.clamp(most, 2, MOST_VARIANTS);
    }

    private static Optional<Test> test(PolicyText policies, String column) {
        if (policies.wantsNull(column)) {
            return Optional.of(Test.NULL);
        }
        if (policies.wantsNoNull(column)) {
            return Optional.of(Test.NOT_NULL);
        }
        if (policies.wantsFuture(column)) {
            return Optional.of(Test.FUTURE);
        }
        return policies.wantsPast(column) ? Optional.of(Test.PAST) : Optional.empty();
    }

    private Optional<String> owner(Relation table, PolicyText policies, Set<String> parties) {
        Stream<String> compared = parties.stream().filter(policies::comparesAccount);
        Stream<String> named = PartyNames.OWNERS.stream().filter(parties::contains);
        Stream<String> parents =
                belongings(table).stream()
                        .filter(key -> key.columns().size() == 1)
                        .map(key -> key.columns().getFirst());
        return Stream.of(compared, named, accounts(table).stream(), parents)
                .flatMap(each -> each)
                .findFirst();
    }

    /// Columns that hold the id of an account.
    private Set<String> accounts(Relation table) {
        return accounts.computeIfAbsent(table.oid(), _ -> findAccounts(table));
    }

    private Set<String> findAccounts(Relation table) {
        if (table.label().equals(ACCOUNTS)) {
            return Set.of("id");
        }
        PolicyText policies = policies(table);
        Map<String, String> targets = targets(table);
        Set<String> found = new LinkedHashSet<>();
        for (Column column : table.columns()) {
            String target = targets.get(column.name());
            boolean fits = column.base().equals("uuid") || column.category() == 'S';
            boolean named =
                    PartyNames.OWNERS.contains(column.name().toLowerCase(java.util.Locale.ROOT))
                            || policies.comparesAccount(column.name());
            if (ACCOUNTS.equals(target)
                    || (fits && target == null && named && !column.generated())) {
                found.add(column.name());
            }
        }
        return found;
    }

    /// By column: the table that it alone points at.
    private Map<String, String> targets(Relation table) {
        Map<String, String> targets = new HashMap<>();
        for (ForeignKey key : facts.foreignKeysOf(table)) {
            key.columns().forEach(column -> targets.put(column, key.targetLabel()));
        }
        return targets;
    }

    private static Set<String> mails(Relation table, PolicyText policies) {
        return table.columns().stream()
                .filter(column -> column.category() == 'S')
                .map(Column::name)
                .filter(name -> MAIL_NAMES.contains(name) || policies.comparesMail(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private PolicyText policies(Relation table) {
        return texts.computeIfAbsent(table.oid(), _ -> read(table));
    }

    private PolicyText read(Relation table) {
        List<String> conditions = new ArrayList<>();
        for (Policy policy : facts.policiesOf(table)) {
            Stream.of(policy.using(), policy.check())
                    .flatMap(Optional::stream)
                    .map(text ->
                            ChannelTopics.isChannels(table) ? ChannelTopics.asColumn(text) : text)
                    .forEach(conditions::add);
        }
        return new PolicyText(joined(conditions), callerFunctions);
    }

    private static String joined(Collection<String> conditions) {
        return String.join("\n", conditions);
    }
}
