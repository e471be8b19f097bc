package dev.ashlar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands for users, signing keys and the audit log, as people type them.
class SignInCommandsIT {
    @TempDir private Path folder;
    private DatabaseForTests database;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void config() throws IOException {
        database = PostgresForTests.fresh();
        Files.writeString(
                folder.resolve("ashlar.yaml"),
                """
                auth:
                  jwt-secret: a-secret-for-tests-with-more-than-32-bytes
                database:
                  url: %s
                """
                        .formatted(database.url()));
    }

    @Test
    void usersAreAddedBannedAndGivenPasswords() {
        assertThat(run("user", "add", "ada@example.com")).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("added [0-9a-f-]{36}\npassword \\S{20}\n");
        assertThat(run("user", "add", "ada@example.com")).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("email");
        assertThat(run("user", "ban", "ada@example.com", "--for", "24h")).isZero();
        assertThat(run("user", "list")).isZero();
        assertThat(out.toString()).contains("ada@example.com  banned until");
        assertThat(run("user", "unban", "ada@example.com")).isZero();
        assertThat(run("user", "list")).isZero();
        assertThat(out.toString()).doesNotContain("banned");
        String before = database.ask("select encrypted_password from auth.users");
        assertThat(run("user", "reset-password", "ada@example.com")).isZero();
        assertThat(database.ask("select encrypted_password from auth.users")).isNotEqualTo(before);
        assertThat(run("user", "ban", "ada@example.com", "--for", "soon"))
                .isEqualTo(CommandLineTool.FAILED);
        assertThat(run("user", "ban", "nobody@example.com")).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("There is no user nobody@example.com");
    }

    @Test
    void keysRotateAndAreRevoked() {
        assertThat(run("keys")).isZero();
        assertThat(out.toString()).contains("ASHLAR_ANON_KEY=", "ASHLAR_SERVICE_ROLE_KEY=");
        assertThat(run("keys", "list")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("ES256  current"));
        assertThat(run("keys", "rotate")).isZero();
        String previous =
                out.toString()
                        .lines()
                        .filter(line -> line.contains("previous"))
                        .findFirst()
                        .orElseThrow();
        assertThat(run("keys", "revoke", previous.substring(0, previous.indexOf(' ')))).isZero();
        assertThat(out.toString()).contains("revoked").doesNotContain("previous");
        assertThat(run("keys", "revoke", "none")).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("no signing key with this id");
    }

    @Test
    void theLogIsReadAndVerified() {
        run("user", "add", "ada@example.com");
        run("user", "ban", "ada@example.com");
        assertThat(run("audit", "list", "--query", "signedup")).isZero();
        assertThat(out.toString()).contains("user_signedup").doesNotContain("user_modified");
        assertThat(run("audit", "verify")).isZero();
        assertThat(out.toString()).startsWith("whole: 2 rows, position 2, hash ");
        database.executeAs(
                "supabase_auth_admin",
                "update auth.audit_log_entries set payload = '{}' where chain_position = 1");
        assertThat(run("audit", "verify")).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).isEqualTo("broken at row 1: the row was changed\n");
    }

    @Test
    void usersOfOtherSystemsAreTakenOver() throws IOException {
        String hash = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
        Path csv = folder.resolve("users.csv");
        Files.writeString(
                csv,
                """
                id,email,encrypted_password,email_confirmed_at,raw_user_meta_data,created_at
                7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01,ada@example.com,%s,2024-01-02 03:04:05.678+00,"{""name"": ""Ada, L.""}",2024-01-01 00:00:00+00
                ,eve@example.com,no-hash,,,
                nonsense,mallory@example.com,,,,
                ,broken@example.com
                ,joe@example.com,,,,
                """
                        .formatted(hash));
        assertThat(run("import", "users", csv.toString(), "--dry-run"))
                .isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).isEqualTo("would add 2, already there 0, not imported 3\n");
        assertThat(err.toString())
                .contains("line 3: Unsupported password hash")
                .contains("line 4: id is no UUID")
                .contains("line 5: 2 fields for 6 columns");
        assertThat(database.ask("select count(*) from auth.users")).isEqualTo("0");
        assertThat(run("import", "users", csv.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).startsWith("added 2,");
        assertThat(run("import", "users", csv.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).startsWith("added 0, already there 2,");
        assertThat(
                        database.ask(
                                "select encrypted_password || ' ' || (raw_user_meta_data->>'name')"
                                        + " || ' ' || (created_at at time zone 'utc') from auth.users"
                                        + " where id = '7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01'"))
                .isEqualTo(hash + " Ada, L. 2024-01-01 00:00:00");
    }

    @Test
    void usersOfFirebaseAreTakenOverWithTheirPasswords() throws IOException {
        Path json = folder.resolve("firebase.json");
        Files.writeString(
                json,
                """
                {"users": [
                  {"localId": "abc", "email": "fire@example.com", "emailVerified": true,
                   "passwordHash": "lSrfV15cpx95_sZS2W9c9Kp6i_LVgQNDNC_qzrCnh1SAyZvqmZqAjTdn3aoItz-VHjoZilo78198JAdRuid5lQ==",
                   "salt": "42xEC-ixf3L2lw==", "displayName": "Fire", "createdAt": "1700000000000",
                   "customAttributes": "{\\"admin\\":true}"},
                  {"localId": "def", "phoneNumber": "+15550001111", "disabled": true},
                  {"localId": "ghi"}
                ]}
                """);
        Path hashing = folder.resolve("hash-config.txt");
        Files.writeString(
                hashing,
                """
                hash_config {
                  algorithm: SCRYPT,
                  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,
                  base64_salt_separator: Bw==,
                  rounds: 8,
                  mem_cost: 14,
                }
                """);
        assertThat(run("import", "users", json.toString(), "--hash-config", hashing.toString()))
                .isEqualTo(AuditCommand.BROKEN);
        assertThat(err.toString()).contains("line 3: neither e-mail nor phone");
        assertThat(out.toString()).isEqualTo("added 2, already there 0, not imported 1\n");
        assertThat(
                        database.ask(
                                "select (raw_app_meta_data->>'firebase_uid') || ' ' ||"
                                        + " (raw_app_meta_data->>'admin') from auth.users where email"
                                        + " = 'fire@example.com'"))
                .isEqualTo("abc true");
        String stored =
                database.ask("select encrypted_password from auth.users where email is not null");
        assertThat(
                        StoredPassword.parse(String.valueOf(stored))
                                .orElseThrow()
                                .matches("user1password"))
                .isTrue();
        assertThat(
                        database.ask(
                                "select banned_until > now() from auth.users where phone is not null"))
                .isEqualTo("t");
        assertThat(run("import", "users", json.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(err.toString()).contains("line 1: has a password: give the hash parameters");
        assertThat(run("import", "users", hashing.toString())).isEqualTo(CommandLineTool.FAILED);
    }

    /// The file has the form that pg_dump writes (PostgreSQL's documentation, "COPY"), with the
    /// columns that Supabase's documentation of moving projects shows.
    @Test
    void aDumpOfSupabaseIsTakenOverWithItsIdentities() throws IOException {
        Path dump = folder.resolve("dump.sql");
        try (InputStream sample =
                Objects.requireNonNull(getClass().getResourceAsStream("supabase-dump.sql"))) {
            Files.copy(sample, dump);
        }
        assertThat(run("import", "users", dump.toString(), "--dry-run"))
                .isEqualTo(AuditCommand.BROKEN);
        assertThat(database.ask("select count(*) from auth.users")).isEqualTo("0");
        assertThat(run("import", "users", dump.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).isEqualTo("added 3, already there 0, not imported 4\n");
        assertThat(err.toString())
                .contains("line 27: the account was deleted")
                .contains("line 28: an anonymous account")
                .contains("line 29: there is no provider myspace here")
                .contains("line 43: an identity of no user of this file");
        assertThat(
                        database.ask(
                                "select raw_user_meta_data::text from auth.users where email ="
                                        + " 'ada@example.com'"))
                .isEqualTo("{\"name\": \"Ada \\\"Countess\\\" L.\", \"note\": \"one\\ntwo\"}");
        assertThat(identities())
                .isEqualTo(
                        "ada@example.com email 7f1d2c0e-94a1-4f0c-9a51-1d2f5f3f0a01, ada@example.com"
                                + " google 1001, bob@example.com google 1002, none github 583231");
        assertThat(
                        database.ask(
                                "select count(*) from auth.identities where provider = 'google' and"
                                        + " email = 'ada@example.com'"))
                .isEqualTo("1");
        assertThat(run("import", "users", dump.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).startsWith("added 0, already there 3,");
        assertThat(database.ask("select count(*) from auth.identities")).isEqualTo("4");
    }

    private @Nullable String identities() {
        return database.ask(
                """
                select string_agg(coalesce(u.email, 'none') || ' ' || i.provider || ' ' || i.provider_id,
                  ', ' order by u.email, i.provider)
                from auth.identities i join auth.users u on u.id = i.user_id
                """);
    }

    @Test
    void aDumpThatIsNoneIsRefused() throws IOException {
        Path dump = folder.resolve("dump.sql");
        Files.writeString(dump, "INSERT INTO \"auth\".\"users\" (\"id\") VALUES ('x');\n");
        assertThat(run("import", "users", dump.toString())).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("--use-copy");
        Files.writeString(dump, "COPY auth.users (id, email) FROM stdin;\nx\ty@example.com\n");
        assertThat(run("import", "users", dump.toString())).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("ends in the middle of a table");
        Files.writeString(
                dump,
                "COPY auth.users (id, email) FROM stdin;\n\ty@example.com\nx\n\\.\n"
                        + "COPY auth.identities (user_id, provider, provider_id, identity_data) FROM"
                        + " stdin;\n\tgoogle\t5\t{}\textra\n\\.\n");
        assertThat(run("import", "users", dump.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(err.toString())
                .contains("line 2: its identity in line 6: 5 fields for 4 columns")
                .contains("line 3: 1 fields for 2 columns");
    }

    @Test
    void identitiesComeWithCsvAndFirebase() throws IOException {
        Path csv = folder.resolve("social.csv");
        Files.writeString(
                csv,
                """
                email,email_confirmed,identities
                ada@example.com,true,"[{""provider"":""google"",""id"":""1001""}]"
                bob@example.com,true,"[{""provider"":""google""}]"
                eve@example.com,true,no list
                ,,"[{""provider"":""custom:acme"",""identity_data"":{""sub"":""7""}}]"
                dora@example.com,true,"[{""provider"":""google"",""id"":""1001""}]"
                """);
        assertThat(run("import", "users", csv.toString())).isEqualTo(AuditCommand.BROKEN);
        assertThat(out.toString()).startsWith("added 2,");
        assertThat(err.toString())
                .contains("line 3: an identity of google without its id")
                .contains("line 4: identities is no JSON array")
                .contains("line 6: The database refused");
        assertThat(identities()).isEqualTo("ada@example.com google 1001, none custom:acme 7");
        Path json = folder.resolve("firebase.json");
        Files.writeString(
                json,
                """
                {"users": [
                  {"localId": "abc", "email": "fire@example.com", "emailVerified": true,
                   "createdAt": "1700000000000", "providerUserInfo": [
                     {"providerId": "google.com", "rawId": "2002", "email": "fire@example.com",
                      "displayName": "Fire"},
                     {"providerId": "password", "rawId": "fire@example.com"}]},
                  {"localId": "def", "createdAt": "1700000000000", "providerUserInfo": [
                     {"providerId": "twitter.com", "rawId": "3003", "screenName": "def"}]}
                ]}
                """);
        assertThat(run("import", "users", json.toString())).as(err.toString()).isZero();
        assertThat(identities()).contains("fire@example.com google 2002", "none twitter 3003");
        assertThat(
                        database.ask(
                                "select identity_data->>'email_verified' from auth.identities where"
                                        + " provider_id = '2002'"))
                .isEqualTo("true");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(folder.resolve("ashlar.yaml").toString());
        CommandLine tool =
                CommandLineTool.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return tool.execute(all.toArray(String[]::new));
    }
}
