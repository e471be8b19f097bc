package dev.ashlar.auth.provider;

/// The tables of the provider.
public record ProviderStores(
        ClientStore clients,
        AuthorizationStore authorizations,
        CodeStore codes,
        ConsentStore consents) {

    public static ProviderStores create() {
        ClientStore clients = new ClientStore();
        return new ProviderStores(
                clients, new AuthorizationStore(), new CodeStore(), new ConsentStore(clients));
    }
}
