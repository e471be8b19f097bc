package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What roles and routines say of their transactions holds, and nobody is answered with what did
/// not happen.
class TransactionIT {
    private static final String TABLES =
            """
            create table tally (id bigint generated always as identity primary key, seen bigint);
            create policy open on tally using (true) with check (true);
            create function count_in() returns bigint language plpgsql
              set default_transaction_isolation = 'serializable' as $$
            declare n bigint;
            begin
              select count(*) into n from tally;
              perform pg_sleep(0.05);
              insert into tally (seen) values (n);
              return n;
            end $$;
            create function memory() returns text stable language sql as
              'select current_setting(''work_mem'')';
            do $$ begin
              execute format('alter role anon in database %I set work_mem = ''5MB''', current_database());
              execute format('alter role anon in database %I set statement_timeout = ''7s''',
                current_database());
            end $$;
            """;

    /// A serializable transaction that lost a race is refused once, and not tried for ever: those
    /// that were answered have seen one another, as if they had come in a row.
    @Test
    void serializableCallsThatRaceAreAnsweredOrRefusedOnce() throws Exception {
        try (RestServing serving = new RestServing(TABLES, "truncate tally", 1000);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse> call =
                    () -> serving.answer("service", SentRequest.of("POST", "/rpc/count_in"));
            List<Future<HttpResponse>> racing = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                racing.add(threads.submit(call));
            }
            long answered = 0;
            for (Future<HttpResponse> each : racing) {
                HttpResponse response = answer(each);
                if (response.status() == 200) {
                    answered++;
                } else {
                    assertThat(response.body().toString()).contains("\"40001\"");
                }
            }
            String expected =
                    LongStream.range(0, answered)
                            .mapToObj(n -> "{\"seen\":" + n + "}")
                            .collect(Collectors.joining(", \n ", "[", "]"));
            assertThat(answered).isPositive();
            assertThat(body(serving, "/tally?select=seen&order=seen")).isEqualTo(expected);
        }
    }

    @Test
    void settingsOfARoleWithUnitsHoldInEachOfItsRequests() {
        try (RestServing serving = new RestServing(TABLES, "truncate tally", 1000)) {
            assertThat(body(serving, "/rpc/memory")).isEqualTo("\"5MB\"");
            assertThat(body(serving, "/tally?select=id")).isEqualTo("[]");
            HttpResponse service = serving.answer("service", SentRequest.of("GET", "/rpc/memory"));
            assertThat(service.body().toString()).isNotEqualTo("\"5MB\"");
        }
    }

    private static HttpResponse answer(Future<HttpResponse> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new AssertionError("no answer", e.getCause());
        }
    }

    private static String body(RestServing serving, String target) {
        return serving.answer("anon", SentRequest.of("GET", target)).body().toString();
    }
}
