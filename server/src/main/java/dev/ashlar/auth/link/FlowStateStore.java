package dev.ashlar.auth.link;

import dev.ashlar.auth.link.CodeChallenge.Method;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.flow_state`.
public final class FlowStateStore {

    void insert(SqlTransaction tx, FlowState flow) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.flow_state (id, user_id, code_challenge_method,
                          code_challenge, provider_type, authentication_method, created_at,
                          updated_at)
                        values ($1, $2, $3::text::auth.code_challenge_method, $4, $5, $6, $7, $7)
                        """,
                        flow.id(),
                        flow.account().orElse(null),
                        flow.challenge().method().name().toLowerCase(Locale.ROOT),
                        flow.challenge().challenge(),
                        flow.provider(),
                        flow.method(),
                        flow.createdAt()));
    }

    Optional<FlowState> find(SqlTransaction tx, UUID id) {
        return tx.find(
                        SqlText.of(
                                """
                                select id, user_id, code_challenge_method::text as challenge_method,
                                  code_challenge, provider_type, authentication_method, created_at,
                                  auth_code_issued_at, provider_access_token, session_not_after
                                from auth.flow_state where id = $1
                                """,
                                id))
                .map(FlowStateStore::flow);
    }

    /// False when a code was given out before, or the flow is gone.
    boolean issue(SqlTransaction tx, UUID id, UUID account, String codeHash, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.flow_state
                                set user_id = $2, auth_code = $3, auth_code_issued_at = $4,
                                  updated_at = $4
                                where id = $1 and auth_code is null
                                """,
                                id,
                                account,
                                codeHash,
                                now))
                == 1;
    }

    void keep(SqlTransaction tx, UUID id, String sealedTokens) {
        tx.post(
                SqlText.of(
                        "update auth.flow_state set provider_access_token = $2 where id = $1",
                        id,
                        sealedTokens));
    }

    void endSessionAt(SqlTransaction tx, UUID id, Instant end) {
        tx.execute(
                SqlText.of(
                        "update auth.flow_state set session_not_after = $2 where id = $1",
                        id,
                        end));
    }

    /// The flow is over with this: of several that come with one code, one gets it.
    Optional<FlowState> take(SqlTransaction tx, String codeHash) {
        return tx.find(
                        SqlText.of(
                                """
                                delete from auth.flow_state where auth_code = $1
                                returning id, user_id,
                                  code_challenge_method::text as challenge_method, code_challenge,
                                  provider_type, authentication_method, created_at,
                                  auth_code_issued_at, provider_access_token, session_not_after
                                """,
                                codeHash))
                .map(FlowStateStore::flow);
    }

    /// Those that nobody came back to.
    public long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.flow_state
                        where greatest(created_at, auth_code_issued_at) < $1
                        """,
                        time));
    }

    private static FlowState flow(SqlRow row) {
        Method method =
                Method.valueOf(row.requireText("challenge_method").toUpperCase(Locale.ROOT));
        return new FlowState(
                row.requireUuid("id"),
                row.findUuid("user_id"),
                new CodeChallenge(method, row.requireText("code_challenge")),
                row.requireText("provider_type"),
                row.requireText("authentication_method"),
                row.findInstant("created_at").orElse(Instant.EPOCH),
                row.findInstant("auth_code_issued_at"),
                row.findText("provider_access_token"),
                row.findInstant("session_not_after"));
    }
}
