package dev.ashlar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CastTypeTest {
    @ParameterizedTest
    @CsvSource({
        "text,text,false",
        "INTEGER,int4,false",
        "double precision,float8,false",
        "timestamp with time zone,timestamptz,false",
        "bigint[],int8,true",
        "Mood,mood,false"
    })
    void knowsTheSpellingsOfSql(String text, String name, boolean array) {
        assertThat(CastType.isWellFormed(text)).isTrue();
        assertThat(CastType.of(text)).isEqualTo(new CastType(name, array));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "int4[][]", "a\"b", "text) from x", "1st", "a;b", "a'b", "a.b"})
    void refusesWhatIsNoName(String text) {
        assertThat(CastType.isWellFormed(text)).isFalse();
        assertThatThrownBy(() -> CastType.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundsTheLength() {
        assertThat(CastType.isWellFormed("a".repeat(63))).isTrue();
        assertThat(CastType.isWellFormed("a".repeat(64))).isFalse();
    }
}
