package dev.ashlar.auth.account;

import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.Account.Kind;
import dev.ashlar.auth.account.Account.Metadata;
import dev.ashlar.auth.account.Account.Moments;
import dev.ashlar.auth.account.Account.Sent;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of `auth.users`, with their identities.
public final class AccountStore {
    private static final String COLUMNS =
            """
            u.id, u.aud, u.role, u.email, u.email_confirmed_at, u.phone, u.phone_confirmed_at,
            nullif(u.email_change, '') as new_email, u.encrypted_password,
            u.raw_app_meta_data::text as app_metadata, u.raw_user_meta_data::text as user_metadata,
            u.created_at, u.updated_at, u.last_sign_in_at, u.invited_at, u.banned_until,
            u.deleted_at, u.is_anonymous, u.is_sso_user, nullif(u.phone_change, '') as new_phone,
            u.confirmation_sent_at, u.recovery_sent_at, u.reauthentication_sent_at,
            u.email_change_sent_at, u.phone_change_sent_at
            """;

    private static final String SELECT = "select " + COLUMNS + " from auth.users u ";

    private final IdentityStore identities = new IdentityStore();

    /// An account with what proves it; `passwordHash` is null when it has no password.
    public record Credential(Account account, @Nullable String passwordHash) {
        @Override
        public String toString() {
            return "Credential[" + account.id() + "]";
        }
    }

    /// Accounts of single sign-on may share an address with others, and have no password here.
    public Optional<Credential> findByEmail(SqlTransaction tx, EmailAddress email) {
        return tx.find(
                        SqlText.of(
                                SELECT + "where u.email = $1 and not u.is_sso_user", email.text()))
                .map(row -> credential(tx, row));
    }

    public Optional<Credential> findByPhone(SqlTransaction tx, PhoneNumber phone) {
        return findWith(tx, SqlText.of(SELECT + "where u.phone = $1", phone.digits()));
    }

    /// Who waits for the address to be confirmed as theirs; several may.
    public List<UUID> proposing(SqlTransaction tx, EmailAddress email) {
        return ids(
                tx,
                SqlText.of(
                        """
                        select id from auth.users where email_change = $1 and deleted_at is null
                        order by email_change_sent_at desc nulls last limit 10
                        """,
                        email.text()));
    }

    /// Who waits for the number to be confirmed as theirs; several may.
    public List<UUID> proposing(SqlTransaction tx, PhoneNumber phone) {
        return ids(
                tx,
                SqlText.of(
                        """
                        select id from auth.users where phone_change = $1 and deleted_at is null
                        order by phone_change_sent_at desc nulls last limit 10
                        """,
                        phone.digits()));
    }

    public Optional<Credential> find(SqlTransaction tx, UUID id) {
        return findWith(tx, SqlText.of(SELECT + "where u.id = $1", id), id);
    }

    /// Nobody else may change the account until the transaction ends.
    public Optional<Credential> findToChange(SqlTransaction tx, UUID id) {
        return findWith(tx, SqlText.of(SELECT + "where u.id = $1 for no key update", id), id);
    }

    /// Newest first.
    public List<Account> page(SqlTransaction tx, long offset, long limit) {
        List<SqlRow> rows =
                tx.query(
                        SqlText.of(
                                SELECT
                                        + "where u.deleted_at is null order by u.created_at desc,"
                                        + " u.id limit $1 offset $2",
                                limit,
                                offset));
        return accounts(tx, rows);
    }

    public long count(SqlTransaction tx) {
        return tx.query(SqlText.of("select count(*) as n from auth.users where deleted_at is null"))
                .getFirst()
                .requireLong("n");
    }

    /// False when the id or the address is taken: no exception, since two may race for it.
    public boolean insert(SqlTransaction tx, Account account, @Nullable String passwordHash) {
        Contact contact = account.contact();
        long inserted =
                tx.execute(
                        SqlText.of(
                                """
                                insert into auth.users (
                                  instance_id, id, aud, role, email, encrypted_password,
                                  email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
                                  banned_until, is_anonymous, created_at, updated_at, phone,
                                  phone_confirmed_at, invited_at, is_sso_user)
                                values ('00000000-0000-0000-0000-000000000000', $1, $2, $3, $4, $5,
                                  $6, $7::text::jsonb, $8::text::jsonb, $9, $10, $11, $11, $12,
                                  $13, $14, $15)
                                on conflict do nothing
                                """,
                                account.id(),
                                account.audience(),
                                account.role(),
                                contact.email(),
                                passwordHash,
                                contact.emailConfirmedAt(),
                                Json.write(account.metadata().app()),
                                Json.write(account.metadata().user()),
                                account.moments().bannedUntil(),
                                account.kind() == Kind.ANONYMOUS,
                                account.moments().createdAt(),
                                contact.phone(),
                                contact.phoneConfirmedAt(),
                                account.moments().invitedAt(),
                                account.kind() == Kind.SINGLE_SIGN_ON));
        if (inserted == 0) {
            return false;
        }
        account.identities().forEach(identity -> identities.insert(tx, identity));
        return true;
    }

    /// Writes what may change, and the hash unless it is null (which keeps the old one).
    public void update(SqlTransaction tx, Account account, @Nullable String newPasswordHash) {
        Contact contact = account.contact();
        tx.post(
                SqlText.of(
                        """
                        update auth.users set
                          role = $2, email = $3, email_confirmed_at = $4, email_change = $5,
                          raw_app_meta_data = $6::text::jsonb, raw_user_meta_data = $7::text::jsonb,
                          banned_until = $8, updated_at = $9, is_anonymous = $10,
                          encrypted_password = coalesce($11, encrypted_password),
                          phone = $12, phone_confirmed_at = $13, phone_change = coalesce($14, ''),
                          invited_at = $15
                        where id = $1
                        """,
                        account.id(),
                        account.role(),
                        contact.email(),
                        contact.emailConfirmedAt(),
                        contact.newEmail(),
                        Json.write(account.metadata().app()),
                        Json.write(account.metadata().user()),
                        account.moments().bannedUntil(),
                        account.moments().updatedAt(),
                        account.kind() == Kind.ANONYMOUS,
                        newPasswordHash,
                        contact.phone(),
                        contact.phoneConfirmedAt(),
                        contact.newPhone(),
                        account.moments().invitedAt()));
        account.identities().forEach(identity -> identities.upsert(tx, identity));
    }

    /// False when the password was changed since `passwordHash` was read.
    public boolean recordSignIn(SqlTransaction tx, UUID id, String passwordHash, Instant now) {
        long updated =
                tx.execute(
                        SqlText.of(
                                """
                                update auth.users set last_sign_in_at = $3, updated_at = $3
                                where id = $1 and encrypted_password = $2 and deleted_at is null
                                """,
                                id,
                                passwordHash,
                                now));
        identities.recordSignIn(tx, id, now);
        return updated == 1;
    }

    public void recordSignIn(SqlTransaction tx, UUID id, Instant now) {
        tx.post(SqlText.of("update auth.users set last_sign_in_at = $2 where id = $1", id, now));
        identities.recordSignIn(tx, id, now);
    }

    /// By an identity that was written with it.
    public void recordForeignSignIn(SqlTransaction tx, UUID id, Instant now) {
        tx.post(SqlText.of("update auth.users set last_sign_in_at = $2 where id = $1", id, now));
    }

    /// A code or link was sent.
    public void recordSent(SqlTransaction tx, UUID id, Notice notice, Instant now) {
        tx.post(
                switch (notice) {
                    case CONFIRMATION ->
                            SqlText.of(
                                    "update auth.users set confirmation_sent_at = $2 where id = $1",
                                    id,
                                    now);
                    case RECOVERY ->
                            SqlText.of(
                                    "update auth.users set recovery_sent_at = $2 where id = $1",
                                    id,
                                    now);
                    case REAUTHENTICATION ->
                            SqlText.of(
                                    "update auth.users set reauthentication_sent_at = $2"
                                            + " where id = $1",
                                    id,
                                    now);
                    case EMAIL_CHANGE ->
                            SqlText.of(
                                    "update auth.users set email_change_sent_at = $2 where id = $1",
                                    id,
                                    now);
                    case PHONE_CHANGE ->
                            SqlText.of(
                                    "update auth.users set phone_change_sent_at = $2 where id = $1",
                                    id,
                                    now);
                });
    }

    /// What was sent.
    public enum Notice {
        CONFIRMATION,
        RECOVERY,
        REAUTHENTICATION,
        EMAIL_CHANGE,
        PHONE_CHANGE
    }

    /// The address of a change that has agreed.
    public enum Half {
        CURRENT(1),
        NEW(2);

        private final int number;

        Half(int number) {
            this.number = number;
        }

        private Half other() {
            return this == CURRENT ? NEW : CURRENT;
        }
    }

    /// One of the two addresses has agreed to the change; false when the other had before.
    public boolean recordHalfOfEmailChange(SqlTransaction tx, UUID id, Half half) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.users set email_change_confirm_status = $2
                                where id = $1 and coalesce(email_change_confirm_status, 0) <> $3
                                """,
                                id,
                                half.number,
                                half.other().number))
                == 1;
    }

    /// Neither address has agreed to this change.
    public void restartEmailChange(SqlTransaction tx, UUID id) {
        tx.post(
                SqlText.of(
                        "update auth.users set email_change_confirm_status = 0 where id = $1", id));
    }

    /// Nobody has proved to be the one who chose it.
    public void dropPassword(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("update auth.users set encrypted_password = null where id = $1", id));
    }

    /// Nobody has proved to be the one who set up second factors and passkeys, or allowed
    /// something.
    public void dropFurtherWays(SqlTransaction tx, UUID id) {
        identities.deleteFurtherWays(tx, id);
    }

    /// The same password, hashed anew; nothing when it was changed since.
    public void replaceHash(SqlTransaction tx, UUID id, String old, String fresh) {
        tx.post(
                SqlText.of(
                        """
                        update auth.users set encrypted_password = $3
                        where id = $1 and encrypted_password = $2
                        """,
                        id,
                        old,
                        fresh));
    }

    public void delete(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.users where id = $1", id));
    }

    /// Keeps the row for the tables that point at it, and nothing of the person.
    public void erase(SqlTransaction tx, UUID id, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.users set
                          deleted_at = $2, updated_at = $2, email = null, phone = null,
                          encrypted_password = null, email_change = null, phone_change = '',
                          raw_app_meta_data = '{}', raw_user_meta_data = '{}'
                        where id = $1
                        """,
                        id,
                        now));
        tx.post(SqlText.of("delete from auth.identities where user_id = $1", id));
        tx.post(SqlText.of("delete from auth.one_time_tokens where user_id = $1", id));
        tx.post(SqlText.of("delete from auth.webauthn_credentials where user_id = $1", id));
        tx.post(SqlText.of("delete from auth.webauthn_challenges where user_id = $1", id));
        tx.post(SqlText.of("delete from auth.mfa_factors where user_id = $1", id));
        tx.post(SqlText.of("delete from auth.mfa_recovery_sets where user_id = $1", id));
    }

    private static List<UUID> ids(SqlTransaction tx, SqlStatement statement) {
        return tx.query(statement).stream().map(row -> row.requireUuid("id")).toList();
    }

    private Optional<Credential> findWith(SqlTransaction tx, SqlStatement statement) {
        return tx.find(statement).map(row -> credential(tx, row));
    }

    /// All that is known of it, in one round trip. A lock is got before the rest is read.
    private Optional<Credential> findWith(SqlTransaction tx, SqlStatement statement, UUID id) {
        List<List<SqlRow>> found =
                tx.queryAll(
                        List.of(
                                statement,
                                IdentityStore.ofAccounts(List.of(id)),
                                FactorStore.ofAccounts(List.of(id))));
        return found.getFirst().stream()
                .findFirst()
                .map(row ->
                        new Credential(
                                account(
                                        row,
                                        found.get(1).stream().map(IdentityStore::identity).toList(),
                                        found.get(2).stream().map(FactorStore::factor).toList()),
                                hash(row)));
    }

    private Credential credential(SqlTransaction tx, SqlRow row) {
        return new Credential(accounts(tx, List.of(row)).getFirst(), hash(row));
    }

    private static @Nullable String hash(SqlRow row) {
        return row.findText("encrypted_password").orElse(null);
    }

    private List<Account> accounts(SqlTransaction tx, List<SqlRow> rows) {
        List<UUID> ids = rows.stream().map(row -> row.requireUuid("id")).toList();
        List<List<SqlRow>> found =
                tx.queryAll(List.of(IdentityStore.ofAccounts(ids), FactorStore.ofAccounts(ids)));
        Map<UUID, List<Identity>> identitiesOf =
                found.getFirst().stream()
                        .map(IdentityStore::identity)
                        .collect(Collectors.groupingBy(Identity::accountId));
        Map<UUID, List<Factor>> factorsOf =
                found.getLast().stream()
                        .map(FactorStore::factor)
                        .collect(Collectors.groupingBy(Factor::accountId));
        return rows.stream()
                .map(row -> {
                    UUID id = row.requireUuid("id");
                    return account(
                            row,
                            identitiesOf.getOrDefault(id, List.of()),
                            factorsOf.getOrDefault(id, List.of()));
                })
                .toList();
    }

    private static Account account(SqlRow row, List<Identity> identities, List<Factor> factors) {
        // Rows written by others' scripts may lack these.
        Instant created = row.findInstant("created_at").orElse(Instant.EPOCH);
        return new Account(
                row.requireUuid("id"),
                row.findText("aud").orElse(""),
                row.findText("role").orElse(""),
                new Contact(
                        row.findText("email").orElse(null),
                        row.findInstant("email_confirmed_at").orElse(null),
                        row.findText("phone").orElse(null),
                        row.findInstant("phone_confirmed_at").orElse(null),
                        row.findText("new_email").orElse(null),
                        row.findText("new_phone").orElse(null)),
                new Metadata(
                        StoredJson.object(row, "app_metadata"),
                        StoredJson.object(row, "user_metadata")),
                new Moments(
                        created,
                        row.findInstant("updated_at").orElse(created),
                        row.findInstant("last_sign_in_at").orElse(null),
                        row.findInstant("invited_at").orElse(null),
                        row.findInstant("banned_until").orElse(null),
                        row.findInstant("deleted_at").orElse(null)),
                identities,
                kind(row),
                new Sent(
                        row.findInstant("confirmation_sent_at").orElse(null),
                        row.findInstant("recovery_sent_at").orElse(null),
                        row.findInstant("reauthentication_sent_at").orElse(null),
                        row.findInstant("email_change_sent_at").orElse(null),
                        row.findInstant("phone_change_sent_at").orElse(null)),
                factors);
    }

    private static Kind kind(SqlRow row) {
        if (row.requireBoolean("is_sso_user")) {
            return Kind.SINGLE_SIGN_ON;
        }
        return row.requireBoolean("is_anonymous") ? Kind.ANONYMOUS : Kind.PERMANENT;
    }
}
