package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.testing.DatabaseForTests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two thousand tables. How fast it is with ten thousand on a quiet machine says `bench/schema`.
class LargeSchemaIT {
    private static final int TABLES = 2_000;

    /// What a server can hold locks for in one transaction.
    private static final int AT_ONCE = 250;

    private static final int CHANGES = 5;

    /// Wide, since the tests share the machine with others.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final DatabaseForTests database = DataApiServing.database("large_login");
    private long longest;

    @Test
    void requestsGoOnWhileTheSchemaIsReadAgain() {
        for (int from = 1; from <= TABLES; from += AT_ONCE) {
            create(from, from + AT_ONCE - 1);
        }
        Map<String, String> environment =
                DataApiServing.environment(database.address("large_login"));
        try (DataApi api = DataApiServing.start("", environment)) {
            String first = "200 [{\"name\":\"one\",\"t1\":null}]";
            assertThat(DataApiServing.await("200", () -> read(api))).isEqualTo(first);
            // What answers first may take as long as it likes.
            longest = 0;
            for (int change = 1; change <= CHANGES; change++) {
                change(change);
                String path = "/t%d?select=fresh&limit=1".formatted(change);
                String seen =
                        DataApiServing.await(
                                "200",
                                () -> {
                                    assertThat(read(api)).isEqualTo(first);
                                    return DataApiServing.get(api, path);
                                });
                assertThat(seen).startsWith("200");
            }
            assertThat(DataApiServing.get(api, "/t200o"))
                    .startsWith("404")
                    .contains("\"hint\":null,\"message\":\"Could not find the table");
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(LONGEST);
    }

    private String read(DataApi api) {
        long began = System.nanoTime();
        String answer = DataApiServing.get(api, "/t2?select=name,t1(name)");
        longest = Math.max(longest, System.nanoTime() - began);
        return answer;
    }

    private void create(int from, int to) {
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                do $$ begin
                  for i in %d .. %d loop
                    execute format('create table shop.t%%s (id bigint primary key, name text,'
                      ' other_id bigint references shop.t%%s, made date default now(), note varchar(9))',
                      i, greatest(1, i / 2));
                    execute format('grant select on shop.t%%s to dropin_web', i);
                  end loop;
                end $$;
                insert into shop.t%d (id, name) values (1, 'one')
                """
                        .formatted(from, to, from == 1 ? 2 : from));
    }

    private void change(int number) {
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                "alter table shop.t%d add column fresh integer; notify pgrst".formatted(number));
    }
}
