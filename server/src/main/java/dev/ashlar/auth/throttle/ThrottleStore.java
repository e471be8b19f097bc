package dev.ashlar.auth.throttle;

import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Duration;
import java.util.Optional;

/// The rows of `auth.rate_limits`, by the database's clock: those of nodes differ.
final class ThrottleStore {

    /// Takes a token from each bucket, or from none when one of them is empty; answers how long to
    /// wait for the one that is empty longest. Of those who come at the same moment each bucket
    /// serves no more than it holds; one who gets nothing may then have taken from the others.
    /// Parameters are arrays of one length: the buckets' keys, how many microseconds each takes to
    /// gain a token, and the key of the known network for whose visitors it does not count, or
    /// nothing.
    ///
    /// In the order of keys, so that two who take from the same buckets never wait for each other.
    Optional<Duration> take(SqlDatabase database, String[] keys, String[] steps, String[] unless) {
        return database
                .once(
                        SqlText.of(
                                """
                                with asked as materialized (
                                  select a.key, a.step::bigint * interval '1 microsecond' as step
                                  from unnest($1::text[], $2::text[], $3::text[])
                                    as a (key, step, unless)
                                  where a.unless = '' or not exists (
                                    select from auth.known_networks n where n.key = a.unless)
                                ), taken as (
                                  insert into auth.rate_limits as b (key, step, full_at)
                                  select key, step, clock_timestamp() + step from asked
                                  where not exists (
                                    select from asked a join auth.rate_limits e on e.key = a.key
                                    where e.full_at + a.step
                                      > clock_timestamp() + interval '1 minute')
                                  order by key
                                  on conflict (key) do update set step = excluded.step,
                                    full_at = greatest(b.full_at, clock_timestamp()) + excluded.step
                                  where greatest(b.full_at, clock_timestamp()) + excluded.step
                                    <= clock_timestamp() + interval '1 minute'
                                  returning key
                                )
                                select coalesce(max(ceil(extract(epoch from b.full_at + a.step
                                  - clock_timestamp() - interval '1 minute'))), 1)::bigint as wait,
                                  count(*) as refused
                                from asked a left join auth.rate_limits b on b.key = a.key
                                where a.key not in (select key from taken)
                                """,
                                keys,
                                steps,
                                unless))
                .stream()
                .filter(row -> row.requireLong("refused") > 0)
                .map(row -> Duration.ofSeconds(Math.max(1, row.requireLong("wait"))))
                .findFirst();
    }

    /// Buckets that are full are as good as none.
    long deleteFull(SqlTransaction tx) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.rate_limits where key in (
                          select key from auth.rate_limits where full_at < clock_timestamp()
                          limit 50000 for update skip locked)
                        """));
    }
}
