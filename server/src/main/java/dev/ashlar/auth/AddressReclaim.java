package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AddressProof;
import dev.ashlar.auth.account.IdentityStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody proves that an address is theirs that stands on an account for which nobody had proved
/// it ([AddressProof]). Whoever made the account may be somebody else, and must not share it with
/// the owner of the address, whichever way the owner comes (pre-hijacking).
final class AddressReclaim {
    private final AccountStore accounts;
    private final IdentityStore identities = new IdentityStore();
    private final SessionStore sessions;
    private final OneTimeCodes codes;
    private final AuthContext context;

    AddressReclaim(
            AccountStore accounts, SessionStore sessions, OneTimeCodes codes, AuthContext context) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.codes = codes;
        this.context = context;
    }

    /// The account, cleared of all that somebody could come back by, to go on with the address.
    /// Empty when it has other ways in, which are not the address's owner's: it keeps to itself,
    /// without the address, which is free from now on.
    Optional<AccountEdit> from(SqlTransaction tx, Account account, Visitor visitor, Instant now) {
        AccountEdit edit = AccountEdit.of(account, now);
        context.audit().record(tx, Action.ADDRESS_RECLAIMED, account, visitor, now);
        codes.forget(tx, account.id());
        if (AddressProof.hasOtherWays(account)) {
            accounts.update(tx, edit.withoutEmail().account(), null);
            identities.deleteOf(tx, account.id(), "email");
            return Optional.empty();
        }
        clear(tx, account.id());
        identities.deleteOf(tx, account.id(), "phone");
        return Optional.of(edit.withoutProposals());
    }

    /// Nobody was ever let in to the account, and somebody asks for it anew, who will have to prove
    /// the address: of what was put on it before nothing is left.
    AccountEdit startOver(SqlTransaction tx, Account account, Instant now) {
        clear(tx, account.id());
        identities.deleteForeign(tx, account.id());
        return AccountEdit.of(account, now).withoutForeignIdentities();
    }

    private void clear(SqlTransaction tx, UUID account) {
        accounts.dropPassword(tx, account);
        sessions.endAll(tx, account);
        accounts.dropFurtherWays(tx, account);
    }
}
