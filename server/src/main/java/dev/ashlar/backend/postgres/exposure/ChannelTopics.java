package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.expression.FromTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Names of channels that policies of `realtime.messages` ask for: `'user:' || auth.uid()`, or one
/// with the key of a row that the policy looks up. What their text does not say plainly is missing.
final class ChannelTopics {
    static final String TABLE = "realtime.messages";
    static final String COLUMN = "topic";

    /// What `realtime.topic()` reads.
    private static final String SETTING = "realtime.topic";

    private static final String FUNCTION = "realtime.topic()";

    private static final String CALLER = "auth\\.uid\\(\\)|auth\\.jwt\\(\\) ->> 'sub'(?:::text)?";
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<passed>[\\s()]+|::[a-z]+(?: varying)?(?:\\(\\d+\\))?|\\bSELECT\\b|\\bAS \\w+)"
                            + "|(?<caller>"
                            + CALLER
                            + ")|'(?<text>(?:[^']|'')*)'"
                            + "|(?<function>[\\w.]+)(?=\\()|(?<name>[\\w.$]+)|(?<sign>\\|\\||[^\\s\\w()']+)");
    private static final Pattern TABLES = Pattern.compile("(?<![\\w.])" + FromTable.ALIASED);

    private final Facts facts;

    ChannelTopics(Facts facts) {
        this.facts = facts;
    }

    /// A piece of a channel's name.
    sealed interface Piece {
        record Text(String text) implements Piece {}

        record Account() implements Piece {}

        /// Of the row of the caller's in a table.
        record Value(long table, String column) implements Piece {}
    }

    private record Token(String kind, String text) {
        boolean is(String wanted) {
            return text.equals(wanted);
        }
    }

    static boolean isChannels(Relation relation) {
        return relation.label().equals(TABLE);
    }

    static boolean asked(String condition) {
        return condition.contains(FUNCTION);
    }

    /// The condition as if the channel were the row's own.
    static String asColumn(String condition) {
        return condition
                .replace(FUNCTION, COLUMN)
                .replaceAll("(?<![\\w.])(?:realtime\\.)?messages\\.(?=[\"\\w])", "");
    }

    /// Makes the transaction one that is asked about a row's channel.
    static SqlStatement ask(Map<String, Optional<String>> row) {
        return new SqlText()
                .sql("set local " + SETTING + " = ")
                .parameter(row.getOrDefault(COLUMN, Optional.empty()).orElse(""))
                .build();
    }

    /// Names that are made up, mostly with an account or a row's key, each in its pieces.
    List<List<Piece>> find(Relation channels) {
        Set<List<Piece>> found = new LinkedHashSet<>();
        for (Policy policy : facts.policiesOf(channels)) {
            Stream.of(policy.using(), policy.check())
                    .flatMap(Optional::stream)
                    .map(ChannelTopics::asColumn)
                    .flatMap(text -> new Reader(text).topics().stream())
                    .filter(pieces ->
                            pieces.size() > 1 || !(pieces.getFirst() instanceof Piece.Text))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /// What channels are compared with and is not only how the name of another begins.
    static List<String> shared(List<String> literals, List<List<Piece>> topics) {
        return literals.stream()
                .filter(text ->
                        topics.stream()
                                .noneMatch(
                                        pieces -> pieces.getFirst().equals(new Piece.Text(text))))
                .toList();
    }

    /// Empty where the world has no such row.
    static Optional<String> of(List<Piece> pieces, World world, Accounts accounts, Rows made) {
        StringBuilder name = new StringBuilder();
        for (Piece piece : pieces) {
            Optional<String> part =
                    switch (piece) {
                        case Piece.Text(String text) -> Optional.of(text);
                        case Piece.Account _ -> world.account().flatMap(accounts::id);
                        case Piece.Value(long table, String column) ->
                                made.find(table, world).flatMap(row -> row.value(column));
                    };
            if (part.isEmpty()) {
                return Optional.empty();
            }
            name.append(part.get());
        }
        return Optional.of(name.toString());
    }

    /// Reads one condition.
    private final class Reader {
        private final List<Token> tokens = new ArrayList<>();
        private final Map<String, Relation> tables = new HashMap<>();
        private final List<List<Piece>> topics = new ArrayList<>();

        /// By what `split_part` splits at: the parts that are asked for.
        private final Map<String, TreeMap<Integer, List<Piece>>> parts = new HashMap<>();

        Reader(String text) {
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                for (String kind : List.of("caller", "text", "function", "name", "sign")) {
                    Optional.ofNullable(token.group(kind))
                            .ifPresent(found -> tokens.add(new Token(kind, found)));
                }
            }
            Matcher from = TABLES.matcher(text);
            while (from.find()) {
                String schema = FromTable.unquoted(from.group(1));
                String name = FromTable.unquoted(from.group(2));
                String alias = FromTable.unquoted(from.group(from.group(3) == null ? 2 : 3));
                facts.find(schema, name).ifPresent(table -> tables.putIfAbsent(alias, table));
            }
        }

        List<List<Piece>> topics() {
            for (int i = 0; i < tokens.size(); i++) {
                int behind = behindTopic(i);
                if (behind > i) {
                    compared(i, behind);
                }
            }
            parts.forEach((sign, numbered) -> {
                List<Piece> whole = new ArrayList<>();
                for (int n = 1; n <= numbered.lastKey(); n++) {
                    whole.addAll(n > 1 ? List.of(new Piece.Text(sign)) : List.of());
                    whole.addAll(numbered.getOrDefault(n, List.of(new Piece.Text("probe"))));
                }
                // What is asked for the first part alone goes on somehow.
                whole.addAll(
                        numbered.lastKey() == 1
                                ? List.of(new Piece.Text(sign + "probe"))
                                : List.of());
                topics.add(List.copyOf(whole));
            });
            return topics;
        }

        private Token at(int i) {
            return i >= 0 && i < tokens.size() ? tokens.get(i) : new Token("end", "");
        }

        /// Behind `topic` or `split_part(topic, ':', 2)`; the same place where neither stands.
        private int behindTopic(int i) {
            if (at(i).kind().equals("name") && at(i).is(COLUMN)) {
                return i + 1;
            }
            boolean split =
                    at(i).is("split_part")
                            && at(i + 1).is(COLUMN)
                            && at(i + 3).kind().equals("text");
            return split && at(i + 5).text().matches("\\d{1,2}") ? i + 6 : i;
        }

        private void compared(int topic, int behind) {
            List<Piece> pieces = List.of();
            if (at(behind).is("=")) {
                pieces = forward(behind + 1);
            }
            if (pieces.isEmpty() && at(topic - 1).is("=")) {
                pieces = backward(topic - 2);
            }
            if (pieces.isEmpty()) {
                return;
            }
            if (behind == topic + 1) {
                topics.add(pieces);
            } else {
                parts.computeIfAbsent(at(topic + 3).text(), _ -> new TreeMap<>())
                        .putIfAbsent(Integer.parseInt(at(topic + 5).text()), pieces);
            }
        }

        private List<Piece> forward(int from) {
            int to = from;
            while (at(to + 1).is("||")) {
                to += 2;
            }
            return pieces(from, to);
        }

        private List<Piece> backward(int to) {
            int from = to;
            while (at(from - 1).is("||")) {
                from -= 2;
            }
            return pieces(from, to);
        }

        /// Nothing where one of them cannot be told.
        private List<Piece> pieces(int from, int to) {
            List<Optional<Piece>> pieces =
                    IntStream.rangeClosed(from, to)
                            .filter(i -> (i - from) % 2 == 0)
                            .mapToObj(i -> piece(at(i)))
                            .toList();
            return pieces.stream().allMatch(Optional::isPresent)
                    ? pieces.stream().flatMap(Optional::stream).toList()
                    : List.of();
        }

        private Optional<Piece> piece(Token token) {
            return switch (token.kind()) {
                case "text" -> Optional.of(new Piece.Text(token.text().replace("''", "'")));
                case "caller" -> Optional.of(new Piece.Account());
                case "name" -> value(token.text());
                default -> Optional.empty();
            };
        }

        private Optional<Piece> value(String name) {
            int dot = name.indexOf('.');
            return Optional.ofNullable(dot < 0 ? null : tables.get(name.substring(0, dot)))
                    .filter(table -> table.find(name.substring(dot + 1)).isPresent())
                    .map(table -> new Piece.Value(table.oid(), name.substring(dot + 1)));
        }
    }
}
