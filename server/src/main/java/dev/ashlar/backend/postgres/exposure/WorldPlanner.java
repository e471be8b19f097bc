package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.TableTraits.Test;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides which synthetic rows there are and what stands in them.
final class WorldPlanner {
    private static final TableTraits NONE =
            new TableTraits(
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    false,
                    false,
                    false,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Set.of(),
                    1);
    private static final Pattern HARMLESS_DEFAULT =
            Pattern.compile(
                    "^\\(*(?:now\\(\\)|CURRENT_\\w+|LOCALTIME\\w*|[\\w.]*(?:gen_random_uuid|uuid_generate_v4)\\(\\)"
                            + "|timezone\\('utc'::text, now\\(\\)\\))\\)*$");
    private static final String BUCKET = "storage.buckets";
    static final String OBJECTS = "storage.objects";

    private final Facts facts;
    private final Accounts accounts;
    private final Map<Long, TableTraits> traits;
    private final Map<Reserved, String> reserved = new HashMap<>();
    private long serial;

    /// A key that was pointed at before its row was made.
    private record Reserved(long relation, World world, String column) {}

    WorldPlanner(Facts facts, Accounts accounts) {
        this.facts = facts;
        this.accounts = accounts;
        this.traits = TraitsFinder.find(facts);
    }

    TableTraits traits(Relation relation) {
        return traits.getOrDefault(relation.oid(), NONE);
    }

    /// The tables that need rows, each after those that it points at as far as that is possible.
    List<Relation> order() {
        List<Relation> ordered = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        facts.relations().forEach(relation -> visit(relation, seen, ordered));
        // Channels are named after rows of any table.
        return Stream.concat(
                        ordered.stream().filter(table -> !ChannelTopics.isChannels(table)),
                        ordered.stream().filter(ChannelTopics::isChannels))
                .toList();
    }

    private void visit(Relation relation, Set<Long> seen, List<Relation> ordered) {
        if (!relation.kind().hasPolicies()
                || (relation.parent().isPresent() && !relation.exposed())
                || !seen.add(relation.oid())) {
            return;
        }
        List<ForeignKey> keys = new ArrayList<>(facts.foreignKeysOf(relation));
        // In a cycle the key that may be NULL is the one to be left open.
        keys.sort((one, other) ->
                Boolean.compare(nullable(relation, one), nullable(relation, other)));
        keys.forEach(
                key -> facts.find(key.target()).ifPresent(target -> visit(target, seen, ordered)));
        ordered.add(relation);
    }

    private static boolean nullable(Relation relation, ForeignKey key) {
        return key.columns().stream()
                .anyMatch(name -> relation.find(name).filter(Column::notNull).isEmpty());
    }

    /// The worlds that have a row of the table.
    List<World> worlds(Relation relation) {
        TableTraits of = traits(relation);
        List<World> worlds = new ArrayList<>();
        for (int variant = 0; variant < of.variants(); variant++) {
            if (of.personal() && !(of.single() && variant > 0)) {
                worlds.add(World.own(variant));
            }
            if (of.personal() && !(of.single() && variant > 1)) {
                worlds.add(World.others(variant));
            }
            if (!of.personal() || of.ownerless()) {
                worlds.add(World.nobodys(variant));
            }
        }
        if (of.personal() && of.variants() == 1) {
            worlds.add(new World(World.Holder.C, 1));
        }
        return worlds;
    }

    /// @param choices by column: which of its candidate values
    /// @param checks conditions on the table's rows
    RowPlan plan(
            Relation table,
            World world,
            Map<String, Integer> choices,
            List<String> checks,
            Rows made) {
        long n = serial++;
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (column.generated()) {
                continue;
            }
            List<Optional<String>> candidates = candidates(table, column, world, n, checks, made);
            if (candidates.isEmpty()) {
                continue;
            }
            int choice = choices.getOrDefault(column.name(), 0) % candidates.size();
            values.put(column.name(), candidates.get(choice));
            sizes.put(column.name(), candidates.size());
        }
        pointAtItself(table, values);
        return new RowPlan(values, sizes);
    }

    /// Empty to leave the column to its default.
    private List<Optional<String>> candidates(
            Relation table, Column column, World world, long n, List<String> checks, Rows made) {
        TableTraits of = traits(table);
        String name = column.name();
        World whose =
                of.parties().contains(name) && of.ownParty(world).filter(name::equals).isEmpty()
                        ? world.another()
                        : world;
        if (ChannelTopics.isChannels(table) && name.equals(ChannelTopics.COLUMN)) {
            Optional<String> topic = topic(table, world, made);
            if (topic.isPresent()) {
                return List.of(topic);
            }
        }
        if (of.accounts().contains(name)) {
            return party(column, world, whose, whose.account().flatMap(accounts::id));
        }
        Optional<String> id = world.account().flatMap(accounts::id);
        Optional<ForeignKey> key =
                facts.foreignKeysOf(table).stream()
                        .filter(each -> each.columns().contains(name))
                        .findFirst();
        if (key.filter(each -> each.targetLabel().equals(BUCKET)).isPresent()
                && !facts.buckets().isEmpty()) {
            return List.of(Optional.of(bucket(world).id()));
        }
        if (key.isPresent()) {
            return party(column, world, whose, pointer(column, key.get(), whose, made));
        }
        if (of.lists().contains(name)) {
            return List.of(Optional.of(id.map(each -> "{" + each + "}").orElse("{}")));
        }
        if (of.mails().contains(name)) {
            Optional<String> mail = world.account().flatMap(accounts::email);
            return List.of(mail.or(() -> Optional.of("nobody" + n + "@probe.invalid")));
        }
        if (table.label().equals(OBJECTS) && name.equals("name")) {
            return List.of(Optional.of(id.orElse("shared") + "/probe-" + n + ".txt"));
        }
        Reserved place = new Reserved(table.oid(), world, name);
        if (reserved.containsKey(place)) {
            return List.of(Optional.of(reserved.get(place)));
        }
        return free(table, column, world.variant(), n, relevant(column, checks));
    }

    /// A channel that policies may let the world's holder into, another for each variant.
    private Optional<String> topic(Relation channels, World world, Rows made) {
        List<List<ChannelTopics.Piece>> topics = new ChannelTopics(facts).find(channels);
        List<String> named =
                ChannelTopics.shared(
                        traits(channels).literals().getOrDefault(ChannelTopics.COLUMN, List.of()),
                        topics);
        int place = world.variant() - topics.size();
        if (topics.isEmpty() || (place >= 0 && named.isEmpty())) {
            return Optional.empty();
        }
        return place < 0
                ? ChannelTopics.of(topics.get(world.variant()), world, accounts, made)
                : Optional.of(named.get(place % named.size()));
    }

    /// Whether policies say by which channels they tell callers apart.
    boolean knowsTopics(Relation channels) {
        return !new ChannelTopics(facts).find(channels).isEmpty()
                || traits(channels).literals().containsKey(ChannelTopics.COLUMN)
                || traits(channels).accounts().contains(ChannelTopics.COLUMN);
    }

    /// Where it is somebody else's than the row, maybe nobody's.
    private static List<Optional<String>> party(
            Column column, World world, World whose, Optional<String> value) {
        return whose.equals(world) || column.notNull()
                ? List.of(value)
                : List.of(value, Optional.empty());
    }

    private List<Optional<String>> free(
            Relation table, Column column, int variant, long n, List<String> checks) {
        TableTraits of = traits(table);
        String name = column.name();
        List<String> literals = of.literals().getOrDefault(name, List.of());
        Test test = of.tests().get(name);
        if (!literals.isEmpty() && column.category() != 'B') {
            return compared(column, literals, variant, n, checks);
        }
        if (test != null) {
            return tested(column, test, variant, n, checks);
        }
        if (isKey(table, name)) {
            List<String> values = new ArrayList<>(CandidateValues.unique(column, n));
            if (!checks.isEmpty()) {
                values.addAll(CandidateValues.plain(column, variant, n, checks));
            }
            return options(values.stream().distinct().toList());
        }
        boolean left =
                column.expression().filter(HARMLESS_DEFAULT.asMatchPredicate()).isPresent()
                        || (!table.exposed() && (!column.notNull() || constantDefault(column)));
        return left && checks.isEmpty()
                ? List.of()
                : options(CandidateValues.plain(column, variant, n, checks));
    }

    private static boolean constantDefault(Column column) {
        return column.expression().filter(text -> !text.contains("(")).isPresent();
    }

    /// As the policy wants it, each literal in turn; the last variant has another value.
    private static List<Optional<String>> compared(
            Column column, List<String> literals, int variant, long n, List<String> checks) {
        List<String> ordered = new ArrayList<>();
        List<String> plain = CandidateValues.plain(column, variant, n, checks);
        if (variant < literals.size()) {
            ordered.add(literals.get(variant));
        }
        plain.stream().filter(each -> !literals.contains(each)).forEach(ordered::add);
        ordered.addAll(literals);
        return options(ordered);
    }

    private static List<Optional<String>> tested(
            Column column, Test test, int variant, long n, List<String> checks) {
        List<Optional<String>> some = options(CandidateValues.plain(column, variant, n, checks));
        boolean met = variant == 0;
        List<Optional<String>> first =
                switch (test) {
                    case NULL -> met ? List.of(Optional.empty()) : List.of();
                    case NOT_NULL -> met ? List.of() : List.of(Optional.empty());
                    case FUTURE ->
                            List.of(
                                    Optional.of(
                                            met
                                                    ? CandidateValues.time(column, n)
                                                    : CandidateValues.past(column)));
                    case PAST ->
                            List.of(
                                    Optional.of(
                                            met
                                                    ? CandidateValues.past(column)
                                                    : CandidateValues.time(column, n)));
                };
        List<Optional<String>> all = new ArrayList<>(first);
        all.addAll(some);
        return all;
    }

    private static List<Optional<String>> options(List<String> values) {
        return values.stream().map(Optional::of).toList();
    }

    private Optional<String> pointer(Column column, ForeignKey key, World world, Rows made) {
        String target = key.targetColumns().get(key.columns().indexOf(column.name()));
        Optional<WorldRow> row = made.find(key.target(), world);
        if (row.isPresent()) {
            boolean foreign = row.get().world().holder() != world.holder();
            boolean hides = foreign && world.account().isEmpty() && !column.notNull();
            return hides ? Optional.empty() : row.get().value(target);
        }
        if (!column.notNull() || key.target() == key.relation()) {
            return Optional.empty();
        }
        return facts.find(key.target())
                .flatMap(table -> table.find(target))
                .map(pointed ->
                        reserved.computeIfAbsent(
                                new Reserved(key.target(), world, target),
                                _ -> CandidateValues.unique(pointed, serial++).getFirst()));
    }

    /// A key into its own table that may not be NULL points at its own row.
    private void pointAtItself(Relation table, Map<String, Optional<String>> values) {
        for (ForeignKey key : facts.foreignKeysOf(table)) {
            if (key.target() == table.oid()) {
                IntStream.range(0, key.columns().size())
                        .filter(i ->
                                table.find(key.columns().get(i))
                                        .filter(Column::notNull)
                                        .isPresent())
                        .forEach(i ->
                                values.put(
                                        key.columns().get(i),
                                        values.getOrDefault(
                                                key.targetColumns().get(i), Optional.empty())));
            }
        }
    }

    /// Each variant of a file is in another bucket.
    Facts.Bucket bucket(World world) {
        return facts.buckets().get(world.variant() % facts.buckets().size());
    }

    /// Whether two rows with the same value may be refused: it is in a key, or in what a unique
    /// index is made over, such as `lower(name)`.
    static boolean isKey(Relation table, String column) {
        return table.primaryKey().contains(column)
                || table.uniques().stream()
                        .flatMap(List::stream)
                        .anyMatch(part -> part.equals(column) || isWithin(part, column));
    }

    /// An index by an expression, such as `lower(name)`.
    private static boolean isWithin(String expression, String column) {
        return expression.contains("(") && mentions(expression, column);
    }

    private static List<String> relevant(Column column, List<String> checks) {
        List<String> relevant = new ArrayList<>(column.domainChecks());
        checks.stream().filter(check -> mentions(check, column.name())).forEach(relevant::add);
        return relevant;
    }

    static boolean mentions(String condition, String column) {
        // Cheap, before a pattern is made.
        return condition.contains(column)
                && Pattern.compile("(?<![\\w'])\"?" + Pattern.quote(column) + "\"?(?![\\w'])")
                        .matcher(condition)
                        .find();
    }
}
