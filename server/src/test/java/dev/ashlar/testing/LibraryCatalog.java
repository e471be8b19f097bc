package dev.ashlar.testing;

import static dev.ashlar.testing.CatalogBuilder.rows;
import static dev.ashlar.testing.CatalogBuilder.rowsOf;
import static dev.ashlar.testing.CatalogBuilder.scalar;
import static dev.ashlar.testing.CatalogBuilder.scalars;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Routine.Volatility;
import java.util.Set;

/// A library with one of each relationship: the catalog of the tests of parsing, planning and SQL.
public final class LibraryCatalog {
    public static final Catalog CATALOG =
            new CatalogBuilder()
                    .table("author", 1, "id:bigint", "name:text", "born:integer")
                    .table(
                            "book",
                            1,
                            "id:bigint",
                            "title:text",
                            "author_id:bigint",
                            "editor_id:bigint",
                            "price:numeric",
                            "tags:text[]",
                            "data:jsonb",
                            "meta:json",
                            "pages:int4range",
                            "mood:public.mood",
                            "words:tsvector")
                    .table("isbn", 1, "id:bigint", "code:text")
                    .table("label", 1, "id:bigint", "name:text")
                    .table("book_label", 2, "book_id:bigint", "label_id:bigint")
                    .table("review", 1, "id:bigint", "book_id:bigint", "stars:integer")
                    .table("folder", 1, "id:bigint", "name:text", "parent_id:bigint")
                    .table("loan", 2, "book_id:bigint", "day:date", "who:text")
                    .table("we ird", 1, "i\"d:bigint", "co,l.umn:text")
                    .table("log", 0, "line:text")
                    .table("vault", 1, Set.of("service_role"), "id:bigint", "book_id:bigint")
                    .reference("book_author_id_fkey", "book", "author_id", "author")
                    .reference("book_editor_id_fkey", "book", "editor_id", "author")
                    .reference("review_book_id_fkey", "review", "book_id", "book")
                    .reference("vault_book_id_fkey", "vault", "book_id", "book")
                    .reference("folder_parent_id_fkey", "folder", "parent_id", "folder")
                    .uniqueReference("isbn_id_fkey", "isbn", "id", "book")
                    .reference("book_label_book_id_fkey", "book_label", "book_id", "book")
                    .reference("book_label_label_id_fkey", "book_label", "label_id", "label")
                    .junction("book_label", "book", "label")
                    .routine(
                            "add",
                            scalar("integer"),
                            Volatility.IMMUTABLE,
                            "a:integer",
                            "b:integer")
                    .routine(
                            "find_books",
                            rowsOf("book"),
                            Volatility.STABLE,
                            "term:text",
                            "most:integer ?")
                    .routine("touch", scalar("void"), Volatility.VOLATILE)
                    .routine("total", scalar("bigint"), Volatility.IMMUTABLE, "n:integer[]")
                    .routine("echo", scalar("json"), Volatility.IMMUTABLE, ":json")
                    .routine("years", scalars("integer"), Volatility.STABLE)
                    .routine(
                            "stats",
                            rows("author:text", "books:bigint"),
                            Volatility.STABLE,
                            "since:integer ?")
                    .routine("pick", scalar("text"), Volatility.STABLE, "a:integer")
                    .routine("pick", scalar("text"), Volatility.STABLE, "a:integer", "b:text")
                    .routine("same", scalar("text"), Volatility.STABLE, "a:integer")
                    .routine("same", scalar("text"), Volatility.STABLE, "a:text")
                    .build();

    private LibraryCatalog() {}
}
