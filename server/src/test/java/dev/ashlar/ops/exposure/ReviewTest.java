package dev.ashlar.ops.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewTest {

    @Test
    void ownRowsNeedNoDeclarationWhereThereIsNone() {
        ExposureReport own =
                new ReportBuilder()
                        .table("notes", "id")
                        .can("authenticated", Verb.SELECT, Rows.OWN, "public.notes", "id")
                        .can("authenticated", Verb.DELETE, Rows.OWN, "public.notes")
                        .can("authenticated", Verb.EXECUTE, Rows.ALL, "public.plain()")
                        .can("service_role", Verb.DELETE, Rows.ALL, "public.notes")
                        .found(FindingCode.PER_ROW_CALL, Severity.LOW, "public.notes", "")
                        .build();
        assertThat(undeclared(own, Optional.empty())).isEmpty();
    }

    @Test
    void whatIsOpenMustBeDeclaredWhereNothingIs() {
        ExposureReport open =
                ReportBuilder.shop()
                        .role("editor")
                        .can("editor", Verb.UPDATE, Rows.ALL, "public.orders", "total")
                        .can("authenticated", Verb.INSERT, Rows.UNKNOWN, "public.closed")
                        .can("authenticated", Verb.EXECUTE, Rows.ALL, "public.board(integer)")
                        .build();
        assertThat(undeclared(open, Optional.empty()))
                .containsExactly(
                        "authenticated can insert rows (it could not be tried) into public.closed",
                        "editor can change rows that are not theirs of public.orders (columns total"
                                + " only)",
                        "anon can read rows that are not theirs of public.products",
                        "authenticated can read rows that are not theirs of public.products",
                        "anon can call public.board(integer)",
                        "authenticated can call public.board(integer)",
                        "anon can read rows that are not theirs of storage.buckets/avatars",
                        "medium finding security_definer_function on public.board(integer) (anon):"
                                + " It is <so>.");
    }

    @Test
    void whatIsAcceptedIsNeitherUndeclaredNorStale() {
        ExposureReport report = ReportBuilder.shop().build();
        Review review = Review.of(report, declared(report));
        assertThat(review.undeclared()).isEmpty();
        assertThat(review.stale()).isEmpty();
        assertThat(review.declared()).isTrue();
    }

    @Test
    void moreThanDeclaredIsToldWithWhatIsDeclared() {
        Optional<Declaration> before = declared(ReportBuilder.shop().build());
        ExposureReport wider =
                new ReportBuilder()
                        .table("orders", "id", "owner", "total")
                        .table("products", "id", "name")
                        .can("authenticated", Verb.SELECT, Rows.OWN, "public.orders", "id", "owner")
                        .can("authenticated", Verb.DELETE, Rows.ALL, "public.orders")
                        .can("authenticated", Verb.UPDATE, Rows.OWN, "public.orders", "id")
                        .can("anon", Verb.SELECT, Rows.ALL, "public.products", "name")
                        .found(FindingCode.RLS_DISABLED, Severity.HIGH, "public.orders", "")
                        .build();
        assertThat(undeclared(wider, before))
                .containsExactly(
                        "authenticated can read own rows of public.orders (columns id, owner only);"
                                + " declared are the columns id, total",
                        "authenticated can change own rows of public.orders (columns id only)",
                        "authenticated can delete rows that are not theirs of public.orders;"
                                + " declared are own",
                        "high finding rls_disabled on public.orders: It is <so>.");
    }

    @Test
    void lessThanDeclaredIsStale() {
        Optional<Declaration> before = declared(ReportBuilder.shop().build());
        ExposureReport narrower =
                new ReportBuilder()
                        .table("products", "id", "name")
                        .can("anon", Verb.SELECT, Rows.ALL, "public.products", "name")
                        .can(
                                "authenticated",
                                Verb.SELECT,
                                Rows.OWN,
                                "public.products",
                                "id",
                                "name")
                        .build();
        Review review = Review.of(narrower, before);
        assertThat(review.undeclared()).isEmpty();
        assertThat(review.stale())
                .contains(
                        "declared: anon can read rows that are not theirs of public.products; now"
                                + " fewer columns",
                        "declared: authenticated can read rows that are not theirs of"
                                + " public.products; now own",
                        "declared: anon can call public.board(integer); they cannot",
                        "accepted security_definer_function on public.board(integer) (anon): it is"
                                + " not found any more")
                .hasSize(7);
    }

    @Test
    void whatCouldNotBeTriedIsNotTakenForWhatIsDeclaredNarrower() {
        Optional<Declaration> own =
                declared(
                        new ReportBuilder()
                                .table("notes", "id")
                                .can("anon", Verb.SELECT, Rows.OWN, "public.notes", "id")
                                .build());
        ExposureReport unknown =
                new ReportBuilder()
                        .table("notes", "id")
                        .can("anon", Verb.SELECT, Rows.UNKNOWN, "public.notes", "id")
                        .build();
        assertThat(undeclared(unknown, own)).hasSize(1);
        assertThat(undeclared(unknown, declared(unknown))).isEmpty();
    }

    @Test
    void aChangeTellsWhatOpensAndWhatCloses() {
        ExposureReport before = ReportBuilder.shop().build();
        ExposureReport after =
                new ReportBuilder()
                        .table("orders", "id", "owner", "total")
                        .table("products", "id", "name")
                        .can("anon", Verb.SELECT, Rows.ALL, "public.orders", "id")
                        .can("anon", Verb.SELECT, Rows.ALL, "public.products", "id", "name")
                        .can("service_role", Verb.DELETE, Rows.ALL, "public.products")
                        .build();
        ExposureChange change = ExposureChange.between(before, after);
        assertThat(change.opened())
                .containsExactly(
                        "anon can read rows that are not theirs of public.orders (columns id only)");
        assertThat(change.closed())
                .contains("anon can call public.board(integer)")
                .contains("authenticated can delete own rows of public.orders")
                .hasSize(6);
        assertThat(ExposureChange.between(before, before).isEmpty()).isTrue();
    }

    private static List<String> undeclared(
            ExposureReport report, Optional<Declaration> declaration) {
        return Review.of(report, declaration).undeclared().stream()
                .map(Undeclared::message)
                .toList();
    }

    private static Optional<Declaration> declared(ExposureReport report) {
        String text = DeclarationText.of(report, Optional.empty());
        return Optional.of(DeclarationReader.read("exposure.yaml", text));
    }
}
