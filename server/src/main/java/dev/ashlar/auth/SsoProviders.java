package dev.ashlar.auth;

import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.saml.AttributeMapping;
import dev.ashlar.auth.saml.IdpMetadata;
import dev.ashlar.auth.saml.SamlFailure;
import dev.ashlar.auth.saml.SsoProvider;
import dev.ashlar.auth.saml.SsoProvider.Domain;
import dev.ashlar.auth.saml.SsoProvider.Moments;
import dev.ashlar.auth.saml.SsoProvider.Saml;
import dev.ashlar.auth.saml.SsoProvider.Standing;
import dev.ashlar.auth.saml.SsoProviderStore;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Identity providers that admins add while the server runs.
public final class SsoProviders {
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?=.{1,253}$)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?"
                            + "(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?)*");

    private static final Pattern NAME_ID_FORMAT =
            Pattern.compile("urn:oasis:names:tc:SAML:[12]\\.[01]:nameid-format:[A-Za-z0-9]{1,50}");

    private static final int MAX_DOMAINS = 100;
    private static final int MAX_MAPPING_CHARS = 20_000;

    private final SqlDatabase database;
    private final SsoProviderStore store;
    private final SsoMetadata metadata;
    private final AuthContext context;

    SsoProviders(
            SqlDatabase database,
            SsoProviderStore store,
            SsoMetadata metadata,
            AuthContext context) {
        this.database = database;
        this.store = store;
        this.metadata = metadata;
        this.context = context;
    }

    /// What an admin sends.
    public record Wanted(
            Optional<String> type,
            Optional<String> metadataXml,
            Optional<String> metadataUrl,
            Optional<List<String>> domains,
            Optional<JsonObject> attributeMapping,
            Optional<String> nameIdFormat,
            Optional<Standing> standing) {}

    /// What an identity provider says of itself, read and as it was, and where that was fetched.
    private record Described(IdpMetadata metadata, String xml, Optional<String> url) {}

    public List<SsoProvider> list(Caller caller) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(store::all);
    }

    public SsoProvider require(Caller caller, String id) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx ->
                UuidText.find(id)
                        .flatMap(known -> store.find(tx, known))
                        .orElseThrow(() -> refused(ErrorCode.SSO_PROVIDER_NOT_FOUND)));
    }

    public SsoProvider create(Caller caller, Wanted wanted, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        if (!wanted.type().equals(Optional.of("saml"))) {
            throw invalid("Only 'saml' supported for SSO provider type");
        }
        check(wanted);
        Described described =
                described(wanted)
                        .orElseThrow(() -> invalid("metadata_xml or metadata_url is needed"));
        return database.transaction(tx -> {
            Instant now = context.now();
            SsoProvider provider = made(wanted, described, now);
            if (store.countLocked(tx) >= context.config().saml().maxProviders()) {
                throw invalid("There are as many SSO providers as auth.saml.max-providers allows");
            }
            if (!store.insert(tx, provider)) {
                throw refused(ErrorCode.SAML_IDP_ALREADY_EXISTS);
            }
            replaceDomains(tx, provider);
            record(tx, Action.SSO_PROVIDER_CREATED, provider, visitor, now);
            return provider;
        });
    }

    private static SsoProvider made(Wanted wanted, Described described, Instant now) {
        return new SsoProvider(
                UUID.randomUUID(),
                wanted.standing().orElse(Standing.ENABLED),
                new Saml(
                        UUID.randomUUID(),
                        described.metadata().entityId(),
                        described.xml(),
                        described.url(),
                        described.url().map(_ -> now),
                        wanted.attributeMapping().orElse(JsonObject.EMPTY),
                        wanted.nameIdFormat()),
                domains(wanted.domains().orElse(List.of()), now),
                new Moments(now, now));
    }

    /// What is not sent stays as it is. An identity provider cannot become another one: its people
    /// would be taken for those of the old.
    public SsoProvider update(Caller caller, String id, Wanted wanted, Visitor visitor) {
        UUID known = require(caller, id).id();
        if (wanted.type().filter(type -> !type.equals("saml")).isPresent()) {
            throw invalid("The type of an SSO provider cannot be changed");
        }
        check(wanted);
        Optional<Described> described = described(wanted);
        return database.transaction(tx -> {
            Instant now = context.now();
            SsoProvider old =
                    store.findToChange(tx, known)
                            .orElseThrow(() -> refused(ErrorCode.SSO_PROVIDER_NOT_FOUND));
            boolean another =
                    described
                            .filter(it -> !it.metadata().entityId().equals(old.saml().entityId()))
                            .isPresent();
            if (another) {
                throw refused(ErrorCode.SAML_ENTITY_ID_MISMATCH);
            }
            SsoProvider changed = changed(old, wanted, described, now);
            store.update(tx, changed);
            if (wanted.domains().isPresent()) {
                replaceDomains(tx, changed);
            }
            record(tx, Action.SSO_PROVIDER_CHANGED, changed, visitor, now);
            return changed;
        });
    }

    private static SsoProvider changed(
            SsoProvider old, Wanted wanted, Optional<Described> described, Instant now) {
        Saml saml = old.saml();
        Saml fresh =
                new Saml(
                        saml.id(),
                        saml.entityId(),
                        described.map(Described::xml).orElse(saml.metadataXml()),
                        described.map(Described::url).orElse(saml.metadataUrl()),
                        described.isPresent() ? Optional.of(now) : saml.fetchedAt(),
                        wanted.attributeMapping().orElse(saml.attributeMapping()),
                        wanted.nameIdFormat().or(saml::nameIdFormat));
        return new SsoProvider(
                old.id(),
                wanted.standing().orElse(old.standing()),
                fresh,
                wanted.domains().map(names -> domains(names, now)).orElse(old.domains()),
                new Moments(old.moments().createdAt(), now));
    }

    /// Accounts of its people stay; nobody can sign in to them any more.
    public SsoProvider delete(Caller caller, String id, Visitor visitor) {
        UUID known = require(caller, id).id();
        return database.transaction(tx -> {
            SsoProvider gone =
                    store.findToChange(tx, known)
                            .orElseThrow(() -> refused(ErrorCode.SSO_PROVIDER_NOT_FOUND));
            store.delete(tx, known);
            record(tx, Action.SSO_PROVIDER_DELETED, gone, visitor, context.now());
            return gone;
        });
    }

    private void record(
            SqlTransaction tx, Action action, SsoProvider provider, Visitor visitor, Instant now) {
        context.audit().recordOperation(tx, action, provider.name(), visitor, now);
    }

    private void replaceDomains(SqlTransaction tx, SsoProvider provider) {
        if (!store.replaceDomains(tx, provider.id(), provider.domains())) {
            throw refused(ErrorCode.SSO_DOMAIN_ALREADY_EXISTS);
        }
    }

    private static void check(Wanted wanted) {
        wanted.attributeMapping()
                .ifPresent(mapping -> {
                    if (Json.write(mapping).length() > MAX_MAPPING_CHARS) {
                        throw invalid("attribute_mapping is too large");
                    }
                    AttributeMapping.parse(mapping);
                });
        wanted.nameIdFormat()
                .filter(format -> !NAME_ID_FORMAT.matcher(format).matches())
                .ifPresent(_ -> {
                    throw invalid(
                            "name_id_format must be a format of SAML, such as"
                                    + " urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
                });
        domains(wanted.domains().orElse(List.of()), Instant.EPOCH);
    }

    private static List<Domain> domains(List<String> names, Instant now) {
        if (names.size() > MAX_DOMAINS) {
            throw invalid("An SSO provider has at most " + MAX_DOMAINS + " domains");
        }
        List<String> distinct =
                names.stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted()
                        .toList();
        if (!distinct.stream().allMatch(name -> DOMAIN.matcher(name).matches())) {
            throw invalid("domains are such as example.com");
        }
        return distinct.stream().map(name -> new Domain(UUID.randomUUID(), name, now)).toList();
    }

    /// Empty when none was sent. Nothing is fetched while a row is locked.
    private Optional<Described> described(Wanted wanted) {
        if (wanted.metadataXml().isPresent() && wanted.metadataUrl().isPresent()) {
            throw invalid("Only one of metadata_xml or metadata_url needs to be set");
        }
        Optional<String> xml =
                wanted.metadataXml().or(() -> wanted.metadataUrl().map(this::fetched));
        if (xml.isEmpty()) {
            return Optional.empty();
        }
        try {
            IdpMetadata read = IdpMetadata.parse(xml.get());
            read.requireValidAt(context.now());
            return Optional.of(new Described(read, xml.get(), wanted.metadataUrl()));
        } catch (SamlFailure e) {
            throw new ProblemException(
                    new ValidationFailed("The metadata cannot be used: " + e.getMessage()), e);
        }
    }

    private String fetched(String url) {
        try {
            return metadata.fetch(url);
        } catch (FetchFailed e) {
            throw switch (e.kind()) {
                case REFUSED_URL ->
                        new ProblemException(
                                new ValidationFailed("metadata_url: " + e.getMessage()), e);
                case UNREACHABLE, BAD_ANSWER ->
                        new ProblemException(new Refused(ErrorCode.SAML_METADATA_FETCH_FAILED), e);
            };
        }
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
