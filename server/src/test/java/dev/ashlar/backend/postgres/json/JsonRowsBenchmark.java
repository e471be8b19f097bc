package dev.ashlar.backend.postgres.json;

import dev.ashlar.backend.postgres.json.JsonRows.Form;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// What writing the JSON of twenty posts costs: processor time, and memory beside the answer. Not a
/// test: run `main` with the number of rounds.
final class JsonRowsBenchmark {
    private static final List<Member> POST =
            List.of(
                    new Member("id", JsonKind.NUMBER),
                    new Member("author_id", JsonKind.NUMBER),
                    new Member("category", JsonKind.NUMBER),
                    new Member("status", JsonKind.TEXT),
                    new Member("title", JsonKind.TEXT),
                    new Member("body", JsonKind.TEXT),
                    new Member("views", JsonKind.NUMBER),
                    new Member("created_at", JsonKind.TIMESTAMPTZ));

    private JsonRowsBenchmark() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length == 0 ? 200_000 : Integer.parseInt(arguments[0]);
        List<ByteBuf> rows = rows();
        for (int pass = 1; pass <= 4; pass++) {
            measure(rows, rounds);
        }
    }

    private static void measure(List<ByteBuf> rows, int rounds) {
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long memory = thread.getCurrentThreadAllocatedBytes();
        long time = thread.getCurrentThreadCpuTime();
        long bytes = 0;
        for (int round = 0; round < rounds; round++) {
            bytes += answer(rows);
        }
        time = thread.getCurrentThreadCpuTime() - time;
        memory = thread.getCurrentThreadAllocatedBytes() - memory;
        System.out.printf(
                "%d bytes an answer: %d ns, %d MB/s, %d bytes allocated%n",
                bytes / rounds, time / rounds, bytes * 1_000 / time, memory / rounds);
    }

    private static int answer(List<ByteBuf> rows) {
        JsonRows json = new JsonRows(JsonShape.of(POST), Form.ARRAY, 16 << 20);
        for (ByteBuf row : rows) {
            row.readerIndex(0);
            json.row(row);
        }
        return json.body().readableBytes();
    }

    private static List<ByteBuf> rows() {
        List<ByteBuf> rows = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            ByteBuf row =
                    DataRows.of(
                            "" + n * 907,
                            "" + n * 90,
                            "7",
                            "published",
                            "post-" + n + "-title",
                            ("lorem ipsum " + n * 907 + " ").repeat(12),
                            "" + n * 31,
                            "2024-03-0" + n % 10 + " 12:34:00+00");
            rows.add(Unpooled.directBuffer().writeBytes(row));
        }
        return rows;
    }
}
