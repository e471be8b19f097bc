package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.AddressProof;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.Identity;
import dev.ashlar.auth.account.IdentityStore;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.social.Profile;
import dev.ashlar.auth.social.Provider;
import dev.ashlar.auth.social.Provider.Presence;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.SignupDisabled;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Whose account it is that a provider speaks of.
///
/// An identity is known by provider and subject, and stays with the issuer that has vouched first:
/// another one's subjects are other people (OpenID Connect Core, 5.7). One that is new joins the
/// account with its address only where both were proved: the provider vouches for the one, and a
/// code, a link or another provider has shown the other ([AddressProof]). Where the account's was
/// not, whoever has made it may be somebody else: what they could come back by goes before its
/// owner moves in.
final class SocialAccounts {
    private final AccountStore accounts;
    private final IdentityStore identities = new IdentityStore();
    private final AddressReclaim reclaim;
    private final Notices notices;
    private final AuthContext context;

    SocialAccounts(
            AccountStore accounts, AddressReclaim reclaim, Notices notices, AuthContext context) {
        this.accounts = accounts;
        this.reclaim = reclaim;
        this.notices = notices;
        this.context = context;
    }

    /// Who speaks of people, as identities name it, and whether it tells their address. `foreign`
    /// is the provider where it is one.
    record IdentitySource(String provider, Presence address, Optional<Provider> foreign) {
        static IdentitySource of(Provider provider) {
            return new IdentitySource(
                    provider.name(), provider.rules().address(), Optional.of(provider));
        }

        boolean vouchedFor(Identity known, Profile profile) {
            return foreign.isEmpty() || profile.isOfIssuerOf(known.details(), foreign.get());
        }
    }

    /// A refusal is a value, not an exception: it may have made an account that waits for its
    /// address to be confirmed, and that must be committed.
    sealed interface Arrival {
        record Admitted(Account account) implements Arrival {}

        record Refused(AuthProblem problem) implements Arrival {}
    }

    Arrival arrive(
            SqlTransaction tx,
            IdentitySource source,
            Profile profile,
            LinkWish wish,
            Visitor visitor,
            Instant now) {
        lock(tx, source, profile);
        Optional<Identity> known = identities.find(tx, source.provider(), profile.subject());
        if (known.isPresent()) {
            if (!source.vouchedFor(known.get(), profile)) {
                return refused(ErrorCode.IDENTITY_ALREADY_EXISTS);
            }
            return comeBack(tx, known.get(), profile, wish, visitor, now);
        }
        if (profile.hasVerifiedEmail()) {
            Optional<Account> same = findByEmail(tx, profile.email().orElseThrow());
            if (same.isPresent()) {
                if (same.get().isBannedAt(now)) {
                    return new Arrival.Refused(new UserBanned());
                }
                Optional<Account> joined = join(tx, same.get(), source, profile, visitor, now);
                if (joined.isPresent()) {
                    return new Arrival.Admitted(joined.get());
                }
            }
        }
        return begin(tx, source, profile, wish, visitor, now);
    }

    /// Adds the identity to the account of somebody who is signed in.
    Arrival link(
            SqlTransaction tx,
            UUID id,
            IdentitySource source,
            Profile profile,
            Visitor visitor,
            Instant now) {
        lock(tx, source, profile);
        Optional<Account> found =
                accounts.findToChange(tx, id)
                        .map(Credential::account)
                        .filter(account -> !account.isDeleted());
        if (found.isEmpty()) {
            return new Arrival.Refused(new UserOfTokenGone());
        }
        if (found.get().isBannedAt(now)) {
            return new Arrival.Refused(new UserBanned());
        }
        if (found.get().kind() == Account.Kind.SINGLE_SIGN_ON) {
            return refused(ErrorCode.USER_SSO_MANAGED);
        }
        Optional<AuthProblem> obstacle = findObstacle(tx, source, profile);
        if (obstacle.isPresent()) {
            return new Arrival.Refused(obstacle.get());
        }
        AccountEdit edit =
                AccountEdit.of(found.get(), now).identity(identity(id, source, profile, now));
        boolean free =
                profile.hasVerifiedEmail()
                        && found.get().contact().email() == null
                        && accounts.findByEmail(tx, profile.email().orElseThrow()).isEmpty();
        if (free) {
            edit = edit.confirmedEmail(profile.email().orElseThrow());
        }
        context.news()
                .tell(tx, AccountNotice.IDENTITY_LINKED, edit.account(), source.provider(), now);
        return new Arrival.Admitted(
                write(tx, withDetails(edit, profile), Action.IDENTITY_LINKED, visitor, now));
    }

    /// Why nobody can add the identity, whoever it is.
    Optional<AuthProblem> findObstacle(SqlTransaction tx, IdentitySource source, Profile profile) {
        return identities
                .find(tx, source.provider(), profile.subject())
                .map(_ -> new AuthProblem.Refused(ErrorCode.IDENTITY_ALREADY_EXISTS));
    }

    /// The identity first and the address then, always in this order.
    private void lock(SqlTransaction tx, IdentitySource source, Profile profile) {
        identities.lock(tx, "identity " + source.provider() + " " + profile.subject());
        profile.email().ifPresent(email -> identities.lock(tx, "email " + email.text()));
    }

    private Arrival comeBack(
            SqlTransaction tx,
            Identity known,
            Profile profile,
            LinkWish wish,
            Visitor visitor,
            Instant now) {
        Optional<Account> found =
                accounts.findToChange(tx, known.accountId())
                        .map(Credential::account)
                        .filter(account -> !account.isDeleted());
        if (found.isEmpty() || found.get().isBannedAt(now)) {
            return new Arrival.Refused(new UserBanned());
        }
        Identity fresh =
                known.toldAgain(
                        profile.details(),
                        profile.email().map(EmailAddress::text).orElse(null),
                        now);
        AccountEdit edit = AccountEdit.of(found.get(), now).identity(fresh);
        boolean own =
                profile.email()
                        .filter(email -> email.text().equals(found.get().contact().email()))
                        .isPresent();
        if (own && profile.hasVerifiedEmail() && !found.get().isConfirmed()) {
            edit = edit.confirmedEmail(profile.email().orElseThrow());
        }
        Account account = edit.account();
        if (account.contact().email() != null && !account.isConfirmed()) {
            return askForProof(tx, account, wish, now);
        }
        return new Arrival.Admitted(
                write(tx, withDetails(edit, profile), Action.SIGNED_IN, visitor, now));
    }

    /// Empty when the account keeps to itself: it has lost the address, which was not its own.
    private Optional<Account> join(
            SqlTransaction tx,
            Account account,
            IdentitySource source,
            Profile profile,
            Visitor visitor,
            Instant now) {
        AccountEdit edit = AccountEdit.of(account, now);
        if (!AddressProof.isProved(account)) {
            Optional<AccountEdit> cleared = reclaim.from(tx, account, visitor, now);
            if (cleared.isEmpty()) {
                return Optional.empty();
            }
            edit = cleared.get();
        }
        edit = edit.identity(identity(account.id(), source, profile, now));
        if (account.contact().emailConfirmedAt() == null) {
            edit = edit.confirmedEmail(profile.email().orElseThrow());
        }
        context.news()
                .tell(tx, AccountNotice.IDENTITY_LINKED, edit.account(), source.provider(), now);
        return Optional.of(
                write(tx, withDetails(edit, profile), Action.IDENTITY_LINKED, visitor, now));
    }

    private Arrival begin(
            SqlTransaction tx,
            IdentitySource source,
            Profile profile,
            LinkWish wish,
            Visitor visitor,
            Instant now) {
        if (context.config().disableSignup()) {
            return new Arrival.Refused(new SignupDisabled());
        }
        Optional<EmailAddress> email = profile.email();
        if (email.isEmpty() && source.address() == Presence.REQUIRED) {
            return refused(ErrorCode.EMAIL_ADDRESS_NOT_PROVIDED);
        }
        // An address that nobody vouches for and that is another account's is left to it.
        if (!profile.hasVerifiedEmail()) {
            email = email.filter(found -> accounts.findByEmail(tx, found).isEmpty());
        }
        boolean confirmed = profile.hasVerifiedEmail() || context.config().confirmsAtOnce();
        UUID id = HookCall.freshId(tx);
        Account account =
                NewAccount.withIdentity(
                        identity(id, source, profile, now),
                        context.config().audience(),
                        email.orElse(null),
                        email.isPresent() && confirmed ? now : null,
                        profile.details(),
                        now);
        NewUserHook.ask(tx, account, visitor, context);
        if (!accounts.insert(tx, account, null)) {
            // Somebody signed up with the address at this moment.
            throw new ProblemException(new AuthProblem.Refused(ErrorCode.CONFLICT));
        }
        context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
        if (email.isPresent() && !confirmed) {
            return askForProof(tx, account, wish, now);
        }
        accounts.recordForeignSignIn(tx, id, now);
        return new Arrival.Admitted(accounts.find(tx, id).orElseThrow().account());
    }

    /// The provider does not vouch for the address: a mail is sent there.
    private Arrival askForProof(SqlTransaction tx, Account account, LinkWish wish, Instant now) {
        EmailAddress email =
                EmailAddress.parse(Optional.ofNullable(account.contact().email()).orElseThrow());
        notices.requireMail();
        notices.requirePace(tx, Letter.CONFIRMATION, email, now);
        notices.mail(tx, account, Letter.CONFIRMATION, email, wish, now);
        return refused(ErrorCode.PROVIDER_EMAIL_NEEDS_VERIFICATION);
    }

    private Account write(
            SqlTransaction tx, AccountEdit edit, Action action, Visitor visitor, Instant now) {
        Account account = edit.account();
        accounts.update(tx, account, null);
        accounts.recordForeignSignIn(tx, account.id(), now);
        context.audit().record(tx, action, account, visitor, now);
        return accounts.find(tx, account.id()).orElseThrow().account();
    }

    /// Metadata has a bound: what does not fit in is left out.
    private static AccountEdit withDetails(AccountEdit edit, Profile profile) {
        try {
            return edit.userMetadata(profile.details());
        } catch (ProblemException _) {
            return edit;
        }
    }

    private Optional<Account> findByEmail(SqlTransaction tx, EmailAddress email) {
        return accounts.findByEmail(tx, email)
                .flatMap(found -> accounts.findToChange(tx, found.account().id()))
                .map(Credential::account)
                .filter(found -> email.text().equals(found.contact().email()));
    }

    private static Identity identity(
            UUID account, IdentitySource source, Profile profile, Instant now) {
        JsonObject details = profile.details();
        return new Identity(
                UUID.randomUUID(),
                account,
                source.provider(),
                profile.subject(),
                details,
                profile.email().map(EmailAddress::text).orElse(null),
                now,
                now,
                now);
    }

    private static Arrival refused(ErrorCode code) {
        return new Arrival.Refused(new AuthProblem.Refused(code));
    }
}
