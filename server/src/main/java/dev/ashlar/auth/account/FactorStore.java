package dev.ashlar.auth.account;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of `auth.mfa_factors`, without their secrets. Whoever changes them holds the lock of
/// the account.
public final class FactorStore {

    /// To be read by [#factor].
    static SqlStatement ofAccounts(List<UUID> accounts) {
        String[] ids = accounts.stream().map(UUID::toString).toArray(String[]::new);
        return SqlText.of(
                """
                select id, user_id, friendly_name, factor_type::text as type,
                  status::text as status, phone, created_at, updated_at,
                  last_challenged_at
                from auth.mfa_factors
                where user_id = any ($1::text[]::uuid[])
                order by created_at, id
                """,
                (Object) ids);
    }

    public void insert(SqlTransaction tx, Factor factor) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_factors (id, user_id, friendly_name, factor_type,
                          status, phone, created_at, updated_at)
                        values ($1, $2, $3, $4::text::auth.factor_type,
                          $5::text::auth.factor_status, $6, $7, $7)
                        """,
                        factor.id(),
                        factor.accountId(),
                        factor.name(),
                        factor.type().word(),
                        factor.status().word(),
                        factor.phone(),
                        factor.createdAt()));
    }

    public void verify(SqlTransaction tx, UUID id, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.mfa_factors set status = 'verified', updated_at = $2
                        where id = $1 and status <> 'verified'
                        """,
                        id,
                        now));
    }

    public void recordChallenge(SqlTransaction tx, UUID id, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.mfa_factors set last_challenged_at = $2 where id = $1",
                        id,
                        now));
    }

    public void update(
            SqlTransaction tx,
            UUID id,
            @Nullable String name,
            @Nullable String phone,
            Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.mfa_factors set friendly_name = $2, phone = $3, updated_at = $4
                        where id = $1
                        """,
                        id,
                        name,
                        phone,
                        now));
    }

    public void delete(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.mfa_factors where id = $1", id));
    }

    /// Those that nobody finished to enroll.
    public long deleteUnverified(SqlTransaction tx, Instant before) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.mfa_factors
                        where status = 'unverified' and created_at < $1
                        """,
                        before));
    }

    static Factor factor(SqlRow row) {
        return new Factor(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                row.findText("friendly_name").orElse(null),
                Factor.Type.valueOf(row.requireText("type").toUpperCase(Locale.ROOT)),
                Factor.Status.valueOf(row.requireText("status").toUpperCase(Locale.ROOT)),
                row.findText("phone").orElse(null),
                row.requireInstant("created_at"),
                row.requireInstant("updated_at"),
                row.findInstant("last_challenged_at").orElse(null));
    }
}
