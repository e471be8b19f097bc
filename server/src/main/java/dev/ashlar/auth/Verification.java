package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.AccountStore.Half;
import dev.ashlar.auth.account.AddressProof;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.account.UniqueViolation;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.link.OneTimeCodes.Taken;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.EmailExists;
import dev.ashlar.problem.AuthProblem.SignupDisabled;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way back from a message: a code or the token of a link proves that somebody reads what is
/// sent to an address, and does what it was sent for.
public final class Verification {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final OneTimeCodes codes;
    private final Flows flows;
    private final RedirectAllowList redirects;
    private final AddressReclaim reclaim;
    private final AuthContext context;

    Verification(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            OneTimeCodes codes,
            Flows flows,
            RedirectAllowList redirects,
            AddressReclaim reclaim,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.codes = codes;
        this.flows = flows;
        this.redirects = redirects;
        this.reclaim = reclaim;
        this.context = context;
    }

    /// Under what name a client has a code verified. `EMAIL` stands for whatever was sent last.
    public enum Purpose {
        SIGNUP,
        INVITE,
        MAGICLINK,
        RECOVERY,
        EMAIL,
        EMAIL_CHANGE,
        SMS,
        PHONE_CHANGE;

        private Set<CodeKind> kinds() {
            return switch (this) {
                case SIGNUP, INVITE -> Set.of(CodeKind.CONFIRMATION);
                case RECOVERY -> Set.of(CodeKind.RECOVERY);
                case MAGICLINK, EMAIL, SMS -> Set.of(CodeKind.CONFIRMATION, CodeKind.RECOVERY);
                case EMAIL_CHANGE ->
                        Set.of(CodeKind.EMAIL_CHANGE_NEW, CodeKind.EMAIL_CHANGE_CURRENT);
                case PHONE_CHANGE -> Set.of(CodeKind.PHONE_CHANGE);
            };
        }
    }

    /// Where a link that was followed leads; the site unless the address is allowed.
    public RedirectTarget target(Optional<String> redirectTo) {
        return redirects.choose(redirectTo);
    }

    /// The token of a link, from a client that wants a session.
    public VerifyOutcome token(Purpose purpose, String token, Visitor visitor) {
        context.limits().code(visitor);
        return attempt(tx -> byToken(tx, purpose, token, Optional.empty(), visitor));
    }

    /// A link that was followed: where a PKCE flow was begun, it goes on with a code.
    public VerifyOutcome link(Purpose purpose, String token, Visitor visitor) {
        context.limits().code(visitor);
        return attempt(tx -> {
            Instant now = context.now();
            Optional<Taken> taken = codes.takeToken(tx, purpose.kinds(), token, now);
            // The flow of a link that was begun by one is never left out: a session in the address
            // is what its client did not want.
            boolean lost =
                    taken.isPresent()
                            && taken.get().flow().isEmpty()
                            && OneTimeCodes.endsInCode(token);
            return taken.isEmpty() || lost
                    ? expired()
                    : complete(tx, taken.get(), taken.get().flow(), visitor, now);
        });
    }

    public VerifyOutcome emailCode(
            Purpose purpose, EmailAddress email, String code, Visitor visitor) {
        context.limits().code(visitor);
        return EvenTime.of(() ->
                attempt(tx -> {
                    List<UUID> found =
                            accounts.findByEmail(tx, email)
                                    .map(credential -> List.of(credential.account().id()))
                                    .orElse(List.of());
                    if (purpose == Purpose.EMAIL_CHANGE && found.isEmpty()) {
                        found = accounts.proposing(tx, email);
                    }
                    return byCode(tx, purpose, found, code, visitor);
                }));
    }

    public VerifyOutcome phoneCode(
            Purpose purpose, PhoneNumber phone, String code, Visitor visitor) {
        context.limits().code(visitor);
        return EvenTime.of(() ->
                attempt(tx -> {
                    List<UUID> found =
                            purpose == Purpose.PHONE_CHANGE
                                    ? accounts.proposing(tx, phone)
                                    : accounts.findByPhone(tx, phone)
                                            .map(credential -> List.of(credential.account().id()))
                                            .orElse(List.of());
                    return byCode(tx, purpose, found, code, visitor);
                }));
    }

    private VerifyOutcome attempt(Function<SqlTransaction, VerifyOutcome> work) {
        try {
            return database.transaction(work);
        } catch (ProblemException e) {
            // Somebody else took the new address or number meanwhile.
            if (UniqueViolation.causes(e)) {
                return new VerifyOutcome.Refused(new EmailExists());
            }
            throw e;
        }
    }

    private VerifyOutcome byToken(
            SqlTransaction tx,
            Purpose purpose,
            String token,
            Optional<UUID> flow,
            Visitor visitor) {
        Instant now = context.now();
        return codes.findAccount(tx, token)
                .flatMap(account -> accounts.findToChange(tx, account))
                .flatMap(_ -> codes.takeToken(tx, purpose.kinds(), token, now))
                .map(taken -> complete(tx, taken, flow, visitor, now))
                .orElseGet(Verification::expired);
    }

    private VerifyOutcome byCode(
            SqlTransaction tx, Purpose purpose, List<UUID> found, String code, Visitor visitor) {
        Instant now = context.now();
        for (UUID id : found) {
            if (accounts.findToChange(tx, id).isEmpty()) {
                continue;
            }
            Optional<Taken> taken = codes.takeCode(tx, id, purpose.kinds(), code, now);
            if (taken.isPresent()) {
                return complete(tx, taken.get(), Optional.empty(), visitor, now);
            }
        }
        return expired();
    }

    private VerifyOutcome complete(
            SqlTransaction tx, Taken taken, Optional<UUID> flow, Visitor visitor, Instant now) {
        Optional<Account> found =
                accounts.findToChange(tx, taken.account())
                        .map(Credential::account)
                        .filter(account -> !account.isDeleted());
        if (found.isEmpty() || !isCurrent(taken, found.get().contact())) {
            return expired();
        }
        if (found.get().isBannedAt(now)) {
            return new VerifyOutcome.Refused(new UserBanned());
        }
        Account account =
                taken.kind() == CodeKind.RECOVERY
                        ? recovered(tx, found.get(), taken.address(), visitor, now)
                        : found.get();
        boolean done =
                switch (taken.kind()) {
                    case CONFIRMATION -> confirm(tx, account, taken.address(), visitor, now);
                    case RECOVERY -> true;
                    case EMAIL_CHANGE_NEW, EMAIL_CHANGE_CURRENT ->
                            changeEmail(tx, account, taken.kind(), visitor, now);
                    case PHONE_CHANGE -> changePhone(tx, account, taken.address(), visitor, now);
                    case REAUTHENTICATION ->
                            throw new IllegalStateException("a nonce is no way to sign in");
                };
        if (!done) {
            return new VerifyOutcome.HalfDone();
        }
        return flow.isPresent()
                ? withCode(tx, flow.get(), account, now)
                : signIn(tx, account, visitor, now);
    }

    /// What was sent to an address that the account has left, or does not want any more, is over.
    private static boolean isCurrent(Taken taken, Contact contact) {
        String address = taken.address();
        return switch (taken.kind()) {
            case CONFIRMATION, RECOVERY, REAUTHENTICATION ->
                    address.equals(contact.email()) || address.equals(contact.phone());
            case EMAIL_CHANGE_NEW -> address.equals(contact.newEmail());
            case EMAIL_CHANGE_CURRENT ->
                    address.equals(contact.email()) && contact.newEmail() != null;
            case PHONE_CHANGE -> address.equals(contact.newPhone());
        };
    }

    private VerifyOutcome withCode(SqlTransaction tx, UUID flow, Account account, Instant now) {
        return flows.issueCode(tx, flow, account.id(), now)
                .<VerifyOutcome>map(VerifyOutcome.WithCode::new)
                .orElseGet(() ->
                        new VerifyOutcome.Refused(
                                new AuthProblem.Refused(ErrorCode.FLOW_STATE_NOT_FOUND)));
    }

    private VerifyOutcome signIn(SqlTransaction tx, Account account, Visitor visitor, Instant now) {
        accounts.recordSignIn(tx, account.id(), now);
        Account current = accounts.find(tx, account.id()).orElseThrow().account();
        context.audit().record(tx, Action.SIGNED_IN, current, visitor, now);
        return new VerifyOutcome.SignedIn(sessions.start(tx, current, "otp", visitor, now));
    }

    private boolean confirm(
            SqlTransaction tx, Account account, String address, Visitor visitor, Instant now) {
        AccountEdit edit = AccountEdit.of(account, now);
        return write(
                tx,
                account,
                address.equals(account.contact().email())
                        ? edit.confirmed().provedEmail()
                        : edit.phoneConfirmed().provedPhone(),
                visitor,
                now);
    }

    /// Whose the address is. Whoever signed up with it before anybody proved it may be somebody
    /// else: nothing of theirs stays a way into an account that is another's. Where they have ways
    /// of their own they keep their account, and the address begins a new one.
    private Account recovered(
            SqlTransaction tx, Account account, String address, Visitor visitor, Instant now) {
        if (address.equals(account.contact().phone())) {
            return recoveredByPhone(tx, account, visitor, now);
        }
        if (AddressProof.isProved(account)) {
            return account;
        }
        Optional<AccountEdit> cleared = reclaim.from(tx, account, visitor, now);
        if (cleared.isEmpty()) {
            return begun(tx, EmailAddress.parse(address), visitor, now);
        }
        AccountEdit edit = cleared.get().confirmed().provedEmail();
        write(tx, account, edit, visitor, now);
        return edit.account();
    }

    private Account recoveredByPhone(
            SqlTransaction tx, Account account, Visitor visitor, Instant now) {
        if (AddressProof.isPhoneProved(account)) {
            return account;
        }
        AccountEdit cleared =
                account.contact().emailConfirmedAt() != null
                        ? AccountEdit.of(account, now)
                        : reclaim.startOver(tx, account, now);
        AccountEdit edit = cleared.phoneConfirmed().provedPhone();
        write(tx, account, edit, visitor, now);
        return edit.account();
    }

    private Account begun(SqlTransaction tx, EmailAddress address, Visitor visitor, Instant now) {
        if (context.config().disableSignup()) {
            throw new ProblemException(new SignupDisabled());
        }
        Account account =
                NewAccount.withEmail(
                        HookCall.freshId(tx),
                        context.config().audience(),
                        address,
                        now,
                        JsonObject.EMPTY,
                        now);
        NewUserHook.ask(tx, account, visitor, context);
        if (!accounts.insert(tx, account, null)) {
            throw new ProblemException(new EmailExists());
        }
        context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
        return account;
    }

    /// False after the first of two halves.
    private boolean changeEmail(
            SqlTransaction tx, Account account, CodeKind kind, Visitor visitor, Instant now) {
        String fresh = Optional.ofNullable(account.contact().newEmail()).orElseThrow();
        Half half = kind == CodeKind.EMAIL_CHANGE_NEW ? Half.NEW : Half.CURRENT;
        boolean both =
                context.config().mail().secureEmailChange() && account.contact().email() != null;
        if (both && accounts.recordHalfOfEmailChange(tx, account.id(), half)) {
            return false;
        }
        AccountEdit edit = AccountEdit.of(account, now).email(EmailAddress.parse(fresh));
        codes.forget(tx, account.id());
        return write(tx, account, edit, visitor, now);
    }

    private boolean changePhone(
            SqlTransaction tx, Account account, String address, Visitor visitor, Instant now) {
        codes.forget(tx, account.id());
        AccountEdit edit = AccountEdit.of(account, now).phone(PhoneNumber.parse(address));
        return write(tx, account, edit, visitor, now);
    }

    private boolean write(
            SqlTransaction tx, Account before, AccountEdit edit, Visitor visitor, Instant now) {
        @Nullable String samePassword = null;
        accounts.update(tx, edit.account(), samePassword);
        context.news().tellMoved(tx, before, edit.account(), now);
        context.audit().record(tx, Action.ACCOUNT_CHANGED, before, visitor, now);
        return true;
    }

    private static VerifyOutcome expired() {
        return new VerifyOutcome.Refused(new AuthProblem.Refused(ErrorCode.OTP_EXPIRED));
    }
}
