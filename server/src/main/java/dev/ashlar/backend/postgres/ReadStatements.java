package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads whose rows come as they are by the shape of their plan, so that the text of a statement
/// and the names of an answer are written once and not for each request. Safe for use by all event
/// loops.
final class ReadStatements {
    /// Beyond these all are forgotten: who has more shapes than that gains nothing here.
    private static final int MOST = 2_048;

    private final Map<ReadShape, Known> known = new ConcurrentHashMap<>();

    /// A read with values that no request has, and which of them each parameter is; -1 for one that
    /// belongs to the shape.
    private record Known(RowsRead read, List<Integer> valueOf) {
        RowsRead with(Plan.Read plan, List<String> values) {
            List<@Nullable Object> parameters = read.statement().parameters();
            List<@Nullable Object> own = new ArrayList<>(parameters.size());
            for (int i = 0; i < parameters.size(); i++) {
                int value = valueOf.get(i);
                own.add(value < 0 ? parameters.get(i) : values.get(value));
            }
            return read.with(read.statement().with(own), plan);
        }
    }

    /// As [RowsRead#find].
    Optional<RowsRead> find(Plan.Read plan) {
        ReadShape shape = ReadShape.find(plan).orElse(null);
        if (shape == null) {
            return RowsRead.find(plan);
        }
        Known there = known.get(shape);
        if (there != null) {
            return Optional.of(there.with(plan, shape.values()));
        }
        Optional<RowsRead> made = RowsRead.find(plan);
        made.flatMap(read -> known(plan, shape, read)).ifPresent(read -> keep(shape, read));
        return made;
    }

    /// Reads the rows of all these keys in the way of that read. With one column more there may be
    /// another way, and then it is not to be had.
    Optional<SqlStatement> byKeys(RowsRead read, List<String> keys) {
        KeyedRead keyed = read.keyed();
        return keyed == null
                ? Optional.empty()
                : find(keyed.among(keys))
                        .filter(joint -> joint.getClass().equals(read.getClass()))
                        .map(RowsRead::statement);
    }

    /// Those of an older catalog are not found any more.
    void forget() {
        known.clear();
    }

    private void keep(ReadShape shape, Known read) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(shape, read);
    }

    /// Empty when the statement depends on the values in another way than by its parameters.
    private static Optional<Known> known(Plan.Read plan, ReadShape shape, RowsRead made) {
        List<String> markers = new ArrayList<>();
        for (int i = 0; i < shape.values().size(); i++) {
            markers.add(marker(i));
        }
        RowsRead marked = RowsRead.find(ReadShape.withValues(plan, markers)).orElse(null);
        if (marked == null || !marked.statement().text().equals(made.statement().text())) {
            return Optional.empty();
        }
        List<@Nullable Object> parameters = marked.statement().parameters();
        List<Integer> valueOf = new ArrayList<>(parameters.size());
        for (Object parameter : parameters) {
            valueOf.add(parameter instanceof String text ? markers.indexOf(text) : -1);
        }
        Known read = new Known(marked, valueOf);
        return read.with(plan, shape.values())
                        .statement()
                        .parameters()
                        .equals(made.statement().parameters())
                ? Optional.of(read)
                : Optional.empty();
    }

    /// With what any change of a value would change.
    private static String marker(int place) {
        return "\0 *%_\"'\\ {Ä,b} " + place;
    }
}
