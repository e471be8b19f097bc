package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.account.UserMetadata;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.EmailExists;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Links on behalf of others: trusted servers invite people, and make links that they send
/// themselves.
public final class Invitations {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final AddressReclaim reclaim;
    private final Notices notices;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final AuthContext context;

    Invitations(
            SqlDatabase database,
            AccountStore accounts,
            AddressReclaim reclaim,
            Notices notices,
            PasswordHasher hasher,
            PasswordRules rules,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.reclaim = reclaim;
        this.notices = notices;
        this.hasher = hasher;
        this.rules = rules;
        this.context = context;
    }

    /// For what a link is made.
    public enum LinkType {
        SIGNUP(Letter.CONFIRMATION),
        INVITE(Letter.INVITE),
        MAGICLINK(Letter.MAGIC_LINK),
        RECOVERY(Letter.RECOVERY),
        EMAIL_CHANGE_CURRENT(Letter.EMAIL_CHANGE_CURRENT),
        EMAIL_CHANGE_NEW(Letter.EMAIL_CHANGE_NEW);

        private final Letter letter;

        LinkType(Letter letter) {
            this.letter = letter;
        }
    }

    /// `data` becomes the metadata of a new account; `newEmail` is for changes of address.
    public record LinkOrder(
            LinkType type,
            EmailAddress email,
            @Nullable EmailAddress newEmail,
            @Nullable String password,
            JsonObject data,
            Optional<String> redirectTo) {
        @Override
        public String toString() {
            return "LinkOrder[" + type + "]";
        }
    }

    /// A link and what is in it, for whoever sends it. `verificationType` is what a client verifies
    /// the code or token under.
    public record MadeLink(
            Account account,
            String url,
            String code,
            String token,
            String verificationType,
            String redirectTo) {
        @Override
        public String toString() {
            return "MadeLink[" + verificationType + "]";
        }
    }

    /// Invited people become accounts that wait for their first visit.
    public Account invite(
            Caller caller, EmailAddress email, JsonObject data, LinkWish wish, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        notices.requireMail();
        Account invited =
                database.transaction(tx -> {
                    Instant now = context.now();
                    Account account = invited(tx, email, data, visitor, now);
                    notices.mail(tx, account, Letter.INVITE, email, wish, now);
                    return accounts.find(tx, account.id()).orElseThrow().account();
                });
        notices.flush();
        return invited;
    }

    public MadeLink link(Caller caller, LinkOrder order, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        String hash = order.type() == LinkType.SIGNUP ? hash(order) : null;
        return database.transaction(tx -> {
            Instant now = context.now();
            Account account = subject(tx, order, hash, visitor, now);
            EmailAddress to =
                    order.type() == LinkType.EMAIL_CHANGE_NEW
                            ? Optional.ofNullable(order.newEmail())
                                    .orElseThrow(() -> invalid("A new email address is needed"))
                            : order.email();
            LinkWish wish = new LinkWish(order.redirectTo(), Optional.empty());
            Notices.Link link = notices.link(tx, account, order.type().letter, to, wish, now);
            accounts.recordSent(tx, account.id(), order.type().letter.notice(), now);
            context.audit().record(tx, Action.LINK_MADE, account, visitor, now);
            return new MadeLink(
                    accounts.find(tx, account.id()).orElseThrow().account(),
                    link.url(),
                    link.issued().code(),
                    link.issued().token(),
                    order.type().letter.type(),
                    link.redirect().text());
        });
    }

    private Account subject(
            SqlTransaction tx,
            LinkOrder order,
            @Nullable String hash,
            Visitor visitor,
            Instant now) {
        Optional<Account> known = accounts.findByEmail(tx, order.email()).map(Credential::account);
        return switch (order.type()) {
            case SIGNUP -> signedUp(tx, order, known, hash, visitor, now);
            case INVITE -> invited(tx, order.email(), order.data(), visitor, now);
            case MAGICLINK ->
                    known.orElseGet(
                            () -> create(tx, order.email(), order.data(), null, visitor, now));
            case RECOVERY -> known.orElseThrow(() -> new ProblemException(new UserNotFound()));
            case EMAIL_CHANGE_CURRENT, EMAIL_CHANGE_NEW ->
                    changing(
                            tx,
                            known.orElseThrow(() -> new ProblemException(new UserNotFound())),
                            order,
                            now);
        };
    }

    private Account signedUp(
            SqlTransaction tx,
            LinkOrder order,
            Optional<Account> known,
            @Nullable String hash,
            Visitor visitor,
            Instant now) {
        if (known.isEmpty()) {
            return create(tx, order.email(), order.data(), hash, visitor, now);
        }
        if (known.get().contact().emailConfirmedAt() != null) {
            throw new ProblemException(new EmailExists());
        }
        accounts.update(tx, startedOver(tx, known.get(), now).account(), hash);
        return known.get();
    }

    private Account changing(SqlTransaction tx, Account account, LinkOrder order, Instant now) {
        EmailAddress fresh = order.newEmail();
        if (fresh == null) {
            throw invalid("A new email address is needed");
        }
        if (accounts.findByEmail(tx, fresh).isPresent()) {
            throw new ProblemException(new EmailExists());
        }
        if (fresh.text().equals(account.contact().newEmail())) {
            return account;
        }
        accounts.restartEmailChange(tx, account.id());
        Account changed = AccountEdit.of(account, now).proposedEmail(fresh).account();
        accounts.update(tx, changed, null);
        return changed;
    }

    private Account invited(
            SqlTransaction tx, EmailAddress email, JsonObject data, Visitor visitor, Instant now) {
        Optional<Account> known = accounts.findByEmail(tx, email).map(Credential::account);
        if (known.isPresent() && known.get().contact().emailConfirmedAt() != null) {
            throw new ProblemException(new EmailExists());
        }
        Account account = known.orElseGet(() -> create(tx, email, data, null, visitor, now));
        Account invited = startedOver(tx, account, now).invited().account();
        accounts.update(tx, invited, null);
        context.audit().record(tx, Action.INVITED, invited, visitor, now);
        return invited;
    }

    /// What somebody put on an account for the address, without owning it, must not outlive this. A
    /// number that was confirmed is somebody's, who stays and gets a further address.
    private AccountEdit startedOver(SqlTransaction tx, Account account, Instant now) {
        if (account.isConfirmed()) {
            accounts.dropPassword(tx, account.id());
            return AccountEdit.of(account, now);
        }
        return reclaim.startOver(tx, account, now);
    }

    private Account create(
            SqlTransaction tx,
            EmailAddress email,
            JsonObject data,
            @Nullable String hash,
            Visitor visitor,
            Instant now) {
        Account fresh =
                NewAccount.withEmail(
                        UUID.randomUUID(),
                        context.config().audience(),
                        email,
                        null,
                        UserMetadata.requireSmall(data),
                        now);
        if (!accounts.insert(tx, fresh, hash)) {
            throw new ProblemException(new EmailExists());
        }
        context.audit().record(tx, Action.SIGNED_UP, fresh, visitor, now);
        return fresh;
    }

    private String hash(LinkOrder order) {
        String password = order.password();
        if (password == null) {
            throw invalid("Signup requires a valid password");
        }
        rules.check(password);
        return hasher.hash(password).text();
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
