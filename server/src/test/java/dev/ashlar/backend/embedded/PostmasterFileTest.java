package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The file as servers of PostgreSQL 18 write it, and as crashes leave it.
class PostmasterFileTest {
    @Test
    void readsNumberAndState() {
        String text =
                "12526\n/data\n1795351635\n5432\n../socket\n\n  2187316        14\nready   \n";
        PostmasterFile file = PostmasterFile.parse(text).orElseThrow();
        assertThat(file.pid()).isEqualTo(12_526);
        assertThat(file.isReady()).isTrue();
    }

    @Test
    void isNotReadyBeforeItSaysSo() {
        assertThat(PostmasterFile.parse("12\n/data\n1\n5432\n\n\n1 2\nstarting\n"))
                .hasValueSatisfying(file -> assertThat(file.isReady()).isFalse());
        assertThat(PostmasterFile.parse("12\n/data\n"))
                .hasValueSatisfying(file -> assertThat(file.isReady()).isFalse());
    }

    @Test
    void readsTheNumberOfSingleUserMode() {
        assertThat(PostmasterFile.parse("-12\n/data\n").orElseThrow().pid()).isEqualTo(12);
    }

    @Test
    void isEmptyForWhatACrashLeft() {
        assertThat(PostmasterFile.parse("")).isEmpty();
        assertThat(PostmasterFile.parse("\0\0\0\0")).isEmpty();
        assertThat(PostmasterFile.parse("99999999999999999999\n")).isEmpty();
    }
}
