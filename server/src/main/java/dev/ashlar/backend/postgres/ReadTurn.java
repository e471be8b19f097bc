package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads by callers of the same rights that came in one turn of the event loop, before any of them
/// was sent. Those that are the same are run once; those of one shape that ask for a row by its key
/// become one statement. Nobody is answered by a read that was under way before the request came.
///
/// What fails together is tried again apart, so that everybody gets the answer of their own read.
final class ReadTurn {
    private final Map<String, List<Member>> byText = new LinkedHashMap<>();
    private final Lane lane;

    /// Where the statements are prepared, and run alone after a failure.
    interface Lane extends ReadGroup.Lane {
        Prepared prepared(String text);

        void forget(String text);
    }

    private record Member(SqlStatement statement, RowTaker rows, ReadGroup.Answer answer) {
        Part part(Lane lane) {
            return new Part(lane.prepared(statement.text()), statement.parameters(), rows);
        }
    }

    ReadTurn(Lane lane) {
        this.lane = lane;
    }

    void add(SqlStatement statement, RowTaker rows, ReadGroup.Answer answer) {
        byText.computeIfAbsent(statement.text(), _ -> new ArrayList<>(2))
                .add(new Member(statement, rows, answer));
    }

    /// At the end of the turn; the next begins empty.
    void sendWith(ReadGroup group) {
        for (List<Member> members : byText.values()) {
            if (members.size() == 1) {
                alone(members.getFirst(), group);
            } else {
                together(members, group);
            }
        }
        byText.clear();
    }

    private void alone(Member member, ReadGroup group) {
        group.add(null, member.part(lane), member.answer());
    }

    private void together(List<Member> members, ReadGroup group) {
        Map<String, List<Member>> byKey = new LinkedHashMap<>();
        Map<List<@Nullable Object>, List<Member>> byParameters = new LinkedHashMap<>();
        for (Member each : members) {
            if (!(each.rows() instanceof JointRows rows)) {
                alone(each, group);
            } else if (rows.key() != null) {
                byKey.computeIfAbsent(rows.key(), _ -> new ArrayList<>(1)).add(each);
            } else {
                byParameters
                        .computeIfAbsent(each.statement().parameters(), _ -> new ArrayList<>(1))
                        .add(each);
            }
        }
        byParameters.values().forEach(same -> once(same, group));
        if (!byKey.isEmpty()) {
            byKey(byKey, group);
        }
    }

    private void once(List<Member> same, ReadGroup group) {
        Member first = same.getFirst();
        Part part = first.part(lane);
        group.add(
                null,
                part,
                same.size() == 1
                        ? first.answer()
                        : new Together(same, first.statement().text(), Rows.OF_FIRST));
    }

    private void byKey(Map<String, List<Member>> byKey, ReadGroup group) {
        List<Member> members = byKey.values().stream().flatMap(List::stream).toList();
        SqlStatement joint =
                byKey.size() == 1
                        ? null
                        : ((JointRows) members.getFirst().rows())
                                .byKeys(List.copyOf(byKey.keySet()))
                                .orElse(null);
        if (joint == null) {
            byKey.values().forEach(same -> once(same, group));
            return;
        }
        Prepared prepared = lane.prepared(joint.text());
        group.add(
                null,
                new Part(prepared, joint.parameters(), new RowsByKey(byKey)),
                new Together(members, joint.text(), Rows.OF_EACH));
    }

    /// Gives each row to those who asked for its key.
    private static final class RowsByKey implements RowTaker {
        private final Map<String, List<JointRows>> askers = new HashMap<>();
        private final JointRows any;
        private List<JointRows> takers = List.of();

        RowsByKey(Map<String, List<Member>> byKey) {
            byKey.forEach((key, members) ->
                    askers.put(
                            key, members.stream().map(each -> (JointRows) each.rows()).toList()));
            any = askers.values().iterator().next().getFirst();
        }

        @Override
        public Exchange execute(
                Exchange exchange,
                Prepared prepared,
                List<@Nullable Object> values,
                Completable<LaneResult> reply) {
            askers.values().forEach(rows -> rows.forEach(JointRows::begin));
            takers = List.of();
            return RowTaker.executeInto(this::take, exchange, prepared, values, reply);
        }

        private void take(ByteBuf row) {
            int start = row.readerIndex();
            String key = any.keyOf(row);
            takers = key == null ? takers : askers.getOrDefault(key, List.of());
            if (takers.isEmpty()) {
                throw new IllegalStateException("a row came that nobody asked for");
            }
            for (JointRows each : takers) {
                each.take(row.readerIndex(start));
            }
        }
    }

    private enum Rows {
        /// The first has them, for all.
        OF_FIRST,
        OF_EACH
    }

    private final class Together implements ReadGroup.Answer {
        private final List<Member> members;
        private final String text;
        private final Rows rows;

        Together(List<Member> members, String text, Rows rows) {
            this.members = members;
            this.text = text;
            this.rows = rows;
        }

        @Override
        public void complete(@Nullable LaneResult result, @Nullable Throwable error) {
            if (error == null) {
                share();
                members.forEach(each -> each.answer().complete(LaneResult.EMPTY, null));
                return;
            }
            if (PostgresProblems.stalePlan(error)) {
                lane.forget(text);
            }
            members.forEach(each -> lane.sendAlone(null, each.part(lane), each.answer()));
        }

        private void share() {
            if (rows == Rows.OF_FIRST) {
                JointRows first = (JointRows) members.getFirst().rows();
                for (Member other : members.subList(1, members.size())) {
                    ((JointRows) other.rows()).takeFrom(first);
                }
            }
        }
    }
}
