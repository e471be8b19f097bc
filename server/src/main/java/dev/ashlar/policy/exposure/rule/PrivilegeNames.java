package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.Set;

/// Names of columns that decide what somebody may do, has paid for, or owns.
final class PrivilegeNames {
    /// Wherever they stand.
    private static final Set<String> RIGHTS =
            Set.of(
                    "is_admin",
                    "admin",
                    "isadmin",
                    "is_superuser",
                    "superuser",
                    "is_super_admin",
                    "is_staff",
                    "staff",
                    "is_moderator",
                    "moderator",
                    "permissions",
                    "permission",
                    "access_level",
                    "user_role",
                    "account_role",
                    "app_role",
                    "is_owner",
                    "roles",
                    "user_type",
                    "privileges",
                    "scopes",
                    "entitlements",
                    "is_root",
                    "can_edit",
                    "can_delete",
                    "can_manage",
                    "clearance_level",
                    "security_level",
                    "role_id");

    /// In tables about people and what they have.
    private static final Set<String> STANDING =
            Set.of(
                    "plan",
                    "plan_id",
                    "tier",
                    "subscription",
                    "subscription_tier",
                    "subscription_status",
                    "subscription_plan",
                    "is_premium",
                    "premium",
                    "is_pro",
                    "pro",
                    "credits",
                    "credit",
                    "credit_balance",
                    "balance",
                    "wallet_balance",
                    "quota",
                    "storage_quota",
                    "monthly_quota",
                    "tokens_left",
                    "credits_remaining",
                    "email_verified",
                    "phone_verified",
                    "verified",
                    "is_verified",
                    "banned",
                    "is_banned",
                    "approved",
                    "is_approved",
                    "trial_ends_at",
                    "paid",
                    "is_paid",
                    "paid_until",
                    "stripe_customer_id",
                    "kyc_status",
                    "points",
                    "account_type",
                    "level",
                    "usage_limit",
                    "max_projects",
                    "seats",
                    "discount",
                    "organization_id",
                    "tenant_id",
                    "org_id",
                    "status_verified",
                    "email_confirmed",
                    "suspended",
                    "is_suspended",
                    "blocked",
                    "is_active_subscriber",
                    "premium_until");

    private static final Set<String> MONEY =
            Set.of(
                    "price",
                    "total",
                    "amount",
                    "total_amount",
                    "discount",
                    "unit_price",
                    "total_price",
                    "paid",
                    "is_paid",
                    "payment_status",
                    "paid_at",
                    "total_cents",
                    "amount_cents",
                    "price_cents");

    private static final Set<String> REVIEWED =
            Set.of("approved", "is_approved", "verified", "is_verified", "featured", "is_featured");

    private static final Set<String> PEOPLE =
            Set.of(
                    "profile",
                    "user",
                    "account",
                    "member",
                    "membership",
                    "subscription",
                    "wallet",
                    "customer",
                    "people",
                    "person",
                    "usage",
                    "credit",
                    "quota",
                    "billing",
                    "tenant",
                    "organization",
                    "team",
                    "workspace");

    private static final Set<String> SALES =
            Set.of(
                    "order",
                    "invoice",
                    "payment",
                    "booking",
                    "purchase",
                    "cart",
                    "ticket",
                    "transfer");

    private static final Set<String> CHATS = Set.of("message", "chat", "conversation", "prompt");

    enum Kind {
        RIGHTS,
        STANDING,
        MONEY,
        REVIEWED,
        NONE
    }

    private PrivilegeNames() {}

    static Kind of(Relation table, Column column, Set<String> owners) {
        String name = Words.joined(column.name());
        if (owners.contains(column.name()) || column.generated()) {
            return Kind.NONE;
        }
        if (RIGHTS.contains(name)) {
            return Kind.RIGHTS;
        }
        if (name.equals("role")) {
            return Words.any(table.name(), CHATS) ? Kind.NONE : Kind.RIGHTS;
        }
        boolean people =
                Words.any(table.name(), PEOPLE)
                        || (table.primaryKey().size() == 1
                                && owners.contains(table.primaryKey().getFirst()));
        if (people && STANDING.contains(name)) {
            return Kind.STANDING;
        }
        if (Words.any(table.name(), SALES) && MONEY.contains(name)) {
            return Kind.MONEY;
        }
        return REVIEWED.contains(name) ? Kind.REVIEWED : Kind.NONE;
    }
}
