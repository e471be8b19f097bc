package dev.ashlar.policy.exposure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the catalog of a database says about who may do what, read in one snapshot. Relations and
/// routines are those that callers can reach by an API, and what those read on the way.
///
/// What is asked for by relation is found by maps that are made once: there may be thousands.
public final class Facts {
    public static final String PUBLIC = "public";

    private final int version;
    private final List<String> schemas;
    private final Callers callers;
    private final Map<String, RoleFacts> roles;
    private final List<Relation> relations;
    private final List<Policy> policies;
    private final List<ForeignKey> foreignKeys;
    private final List<Trigger> triggers;
    private final List<Routine> routines;
    private final List<DefaultGrant> defaultGrants;
    private final List<Bucket> buckets;
    private final Map<String, Set<String>> creators;
    private final boolean closesNewTables;

    private final Map<Long, Relation> byOid = new HashMap<>();
    private final Map<String, Map<String, Relation>> byName = new HashMap<>();
    private final Map<Long, List<Policy>> policiesByRelation;
    private final Map<Long, List<ForeignKey>> keysByRelation;
    private final Map<Long, List<Trigger>> triggersByRelation;

    /// @param version 18, say
    /// @param schemas served by the data API
    /// @param callers roles of the configuration that are missing here are not in `roles`
    /// @param creators by schema: callers' roles, or `public`, that may create objects in it
    /// @param closesNewTables an event trigger switches row-level security on for new tables
    public Facts(
            int version,
            List<String> schemas,
            Callers callers,
            Map<String, RoleFacts> roles,
            List<Relation> relations,
            List<Policy> policies,
            List<ForeignKey> foreignKeys,
            List<Trigger> triggers,
            List<Routine> routines,
            List<DefaultGrant> defaultGrants,
            List<Bucket> buckets,
            Map<String, Set<String>> creators,
            boolean closesNewTables) {
        this.version = version;
        this.schemas = List.copyOf(schemas);
        this.callers = callers;
        this.roles = roles;
        this.relations = List.copyOf(relations);
        this.policies = List.copyOf(policies);
        this.foreignKeys = List.copyOf(foreignKeys);
        this.triggers = List.copyOf(triggers);
        this.routines = List.copyOf(routines);
        this.defaultGrants = List.copyOf(defaultGrants);
        this.buckets = List.copyOf(buckets);
        this.creators = creators;
        this.closesNewTables = closesNewTables;
        for (Relation relation : relations) {
            byOid.putIfAbsent(relation.oid(), relation);
            byName.computeIfAbsent(relation.schema(), _ -> new HashMap<>())
                    .putIfAbsent(relation.name(), relation);
        }
        this.policiesByRelation = grouped(policies, Policy::relation);
        this.keysByRelation = grouped(foreignKeys, ForeignKey::relation);
        this.triggersByRelation = grouped(triggers, Trigger::relation);
    }

    private static <T> Map<Long, List<T>> grouped(List<T> all, Function<T, Long> relation) {
        return all.stream()
                .collect(Collectors.groupingBy(relation, Collectors.toUnmodifiableList()));
    }

    public int version() {
        return version;
    }

    public List<String> schemas() {
        return schemas;
    }

    public Callers callers() {
        return callers;
    }

    public Map<String, RoleFacts> roles() {
        return roles;
    }

    public List<Relation> relations() {
        return relations;
    }

    public List<Policy> policies() {
        return policies;
    }

    public List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    public List<Trigger> triggers() {
        return triggers;
    }

    public List<Routine> routines() {
        return routines;
    }

    public List<DefaultGrant> defaultGrants() {
        return defaultGrants;
    }

    public List<Bucket> buckets() {
        return buckets;
    }

    public Map<String, Set<String>> creators() {
        return creators;
    }

    public boolean closesNewTables() {
        return closesNewTables;
    }

    public Optional<Relation> find(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    public Optional<Relation> find(String schema, String name) {
        return Optional.ofNullable(byName.getOrDefault(schema, Map.of()).get(name));
    }

    /// Those that an API serves by name.
    public List<Relation> exposed() {
        return relations.stream().filter(Relation::exposed).toList();
    }

    public List<Policy> policiesOf(Relation relation) {
        return policiesByRelation.getOrDefault(relation.oid(), List.of());
    }

    /// Those that count for a role and a verb. A policy FOR ALL counts for each verb.
    public List<Policy> policiesOf(Relation relation, String role, Verb verb) {
        Set<String> held =
                Optional.ofNullable(roles.get(role)).map(RoleFacts::inherits).orElse(Set.of());
        return policiesOf(relation).stream()
                .filter(policy -> policy.command().covers(verb))
                .filter(policy ->
                        policy.roles().stream()
                                .anyMatch(name ->
                                        name.equals(PUBLIC)
                                                || name.equals(role)
                                                || held.contains(name)))
                .toList();
    }

    public List<ForeignKey> foreignKeysOf(Relation relation) {
        return keysByRelation.getOrDefault(relation.oid(), List.of());
    }

    public List<Trigger> triggersOf(Relation relation) {
        return triggersByRelation.getOrDefault(relation.oid(), List.of());
    }

    /// A role.
    ///
    /// @param inherits roles whose rights it has without asking, at any remove
    /// @param switchable roles it can SET ROLE to, at any remove
    public record RoleFacts(
            String name,
            boolean superuser,
            boolean bypassRls,
            boolean canLogin,
            boolean createRole,
            Set<String> inherits,
            Set<String> switchable) {

        public boolean seesEverything() {
            return superuser || bypassRls;
        }
    }

    public enum RelationKind {
        TABLE,
        PARTITIONED_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE;

        /// Whether row-level security can be switched on for it.
        public boolean hasPolicies() {
            return this == TABLE || this == PARTITIONED_TABLE;
        }
    }

    /// A table, view or the like.
    ///
    /// @param ownerSeesEverything the owner is a superuser or has BYPASSRLS
    /// @param rowSecurity switched on
    /// @param forced for its owner too
    /// @param securityInvoker of a view: it reads with the rights of who asks
    /// @param parent the partitioned table that it is a partition of
    /// @param exposed served by an API by its own name
    /// @param reads of a view: the oids of the relations that it reads itself
    /// @param definition of a view
    /// @param updatable of a view: verbs that it passes on
    /// @param indexes the leading columns of each, in order; an expression is given as text
    /// @param privileges by caller's role: what it may do, by grants alone
    /// @param grants as they were given
    public record Relation(
            long oid,
            String schema,
            String name,
            RelationKind kind,
            String owner,
            boolean ownerSeesEverything,
            boolean rowSecurity,
            boolean forced,
            boolean securityInvoker,
            Optional<Long> parent,
            boolean exposed,
            Optional<String> comment,
            List<Column> columns,
            List<String> primaryKey,
            List<List<String>> uniques,
            List<String> checks,
            List<List<String>> indexes,
            Set<Long> reads,
            Optional<String> definition,
            Set<Verb> updatable,
            Map<String, Privileges> privileges,
            List<Grant> grants) {

        /// `public.notes`.
        public String label() {
            return schema + "." + name;
        }

        public Privileges privileges(String role) {
            return privileges.getOrDefault(role, Privileges.NONE);
        }

        public Optional<Column> find(String column) {
            return columns.stream().filter(each -> each.name().equals(column)).findFirst();
        }
    }

    /// @param type as `format_type` writes it, with its schema
    /// @param base the type below a domain, else the same as `type`
    /// @param labels of an enum, in order
    /// @param domainChecks conditions of its domain, over VALUE
    /// @param expression its default or generation expression
    /// @param identity `a` for always, `d` for by default, else empty
    public record Column(
            String name,
            String type,
            String base,
            char category,
            List<String> labels,
            List<String> domainChecks,
            boolean notNull,
            Optional<String> expression,
            String identity,
            boolean generated,
            Optional<String> comment) {}

    /// What a role may do by grants: of columns, by verb. DELETE and TRUNCATE know no columns.
    ///
    /// @param usage of the schema; without it nothing else counts
    public record Privileges(
            boolean usage, Map<Verb, Set<String>> columns, boolean delete, boolean truncate) {
        public static final Privileges NONE = new Privileges(false, Map.of(), false, false);

        public boolean may(Verb verb) {
            return usage
                    && (verb == Verb.DELETE
                            ? delete
                            : !columns.getOrDefault(verb, Set.of()).isEmpty());
        }

        public Set<String> columns(Verb verb) {
            return usage ? columns.getOrDefault(verb, Set.of()) : Set.of();
        }
    }

    /// @param grantee a role, or `public` for everybody
    /// @param privilege `SELECT`, `TRUNCATE` and so on
    /// @param column empty for the whole relation
    public record Grant(
            String grantee, String privilege, Optional<String> column, boolean grantable) {}

    /// What a policy is FOR.
    public enum PolicyCommand {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE;

        public boolean covers(Verb verb) {
            return this == ALL || name().equals(verb.name());
        }
    }

    /// @param roles names, or `public`
    /// @param using as `pg_get_expr` writes it, with every name qualified
    /// @param check the same; where it is empty `using` stands for it in UPDATE and ALL
    public record Policy(
            long oid,
            long relation,
            String name,
            PolicyCommand command,
            boolean permissive,
            List<String> roles,
            Optional<String> using,
            Optional<String> check) {}

    /// @param targetLabel `auth.users`; the target may be no relation of these facts
    public record ForeignKey(
            String name,
            long relation,
            List<String> columns,
            long target,
            String targetLabel,
            List<String> targetColumns,
            String onDelete) {}

    /// @param source the function's body, empty where it is not text
    public record Trigger(
            long relation,
            String name,
            String function,
            String language,
            boolean before,
            boolean perRow,
            Set<Verb> events,
            boolean enabled,
            boolean securityDefiner,
            String source) {}

    /// @param arguments types as `pg_get_function_identity_arguments` writes them
    /// @param settings such as `search_path=""`
    /// @param volatility `i`, `s` or `v`
    /// @param exposed served by the data API by its own name
    /// @param callers roles that may execute it, by grants
    public record Routine(
            long oid,
            String schema,
            String name,
            String arguments,
            String returns,
            String owner,
            boolean ownerSeesEverything,
            boolean securityDefiner,
            List<String> settings,
            char volatility,
            String language,
            String source,
            boolean returnsTrigger,
            boolean exposed,
            boolean ofExtension,
            Set<String> callers,
            List<Grant> grants) {

        public String label() {
            return schema + "." + name;
        }
    }

    /// What somebody's new objects will be granted.
    ///
    /// @param maker the role whose objects they are
    /// @param schema empty for every schema
    /// @param objects `tables`, `functions` or `sequences`
    public record DefaultGrant(
            String maker,
            Optional<String> schema,
            String objects,
            String grantee,
            Set<String> privileges) {}

    /// A storage bucket. Files of a public one need no policy to be read.
    public record Bucket(
            String id, boolean open, Optional<Long> sizeLimit, List<String> allowedTypes) {}
}
